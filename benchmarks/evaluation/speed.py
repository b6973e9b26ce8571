"""How long reading takes, on one thread, beside the libraries in the same run.

One answer: the whole reading of a message as the product does it (every dimension, acts, opener, facts, contact, times
for a call), each of `corpus/dev` once after a warm-up; beside it the answer to the open question alone. A library is
timed inside its own process, so no pipe is counted; it reads time and money of the same texts, and nothing else. 2,000
characters of anything: each kind of text in KINDS, the middle of three readings (one where it takes over half a
second), and the worst kind. A library is ended after 10 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle
from statistics import median
from time import perf_counter

from banter.configuration import load_playbook
from banter.extraction.reader import SpacyReader
from banter.extraction.signals import read_answer
from benchmarks.evaluation.libraries import Library
from benchmarks.evaluation.readings import ROOT, Row
from benchmarks.evaluation.tables import table
from scoring.model import DIMENSIONS

_TODAY = date(2026, 11, 22)
_LENGTH = 2_000
_SLOW = 500  # milliseconds; one reading tells enough
_ENDED = 10_000  # milliseconds, as benchmarks.evaluation.libraries has it
#: Kinds of text, each repeated to 2,000 characters.
KINDS: Mapping[str, str] = {
    "digits and commas": "1,",
    "one long number": "7",
    "blanks": " ",
    "one long word": "a",
    "not not not": "not ",
    "number words": "twenty one hundred and five thousand million ",
    "amounts": "$10k-15k per month or 20 thousand euros a year, ",
    "days": "by next Friday or the 3rd of May, mid-June, Q3, in 2 to 3 weeks, ",
    "next next next": "next ",
    "brackets": "((((",
    "slashes": "1/2/",
    "questions": "what? why? how much? ",
    "emoji": "\U0001f680\U0001f44d\U0001f3fd",
    "accents piled up": "Z\u0351\u036b\u0343\u036a\u0302",
    "no Latin letter": "我们的预算是多少",
    "addresses": "a.b+c@example.com https://example.com/x?y=1&z=2 +44 20 7946 0018 ",
    "punctuation": "-.-.,;:!?'\"",
    "one word a line": "maybe\n",
}
Timed = Callable[[str], float]  # milliseconds


def sections(rows: Sequence[Row], libraries: Sequence[Library]) -> Iterator[str]:
    """Both measures, as Markdown."""
    texts = [row["text"] for row in rows]
    long = {"prose": _filled(" ".join(texts)), **{kind: _filled(text) for kind, text in KINDS.items()}}
    timed: dict[str, Timed] = {"Banter, everything": _everything(), "Banter, the answer": _answer()}
    timed |= {library.name: _theirs(library) for library in libraries}
    middles = {name: _middle(read, texts) for name, read in timed.items()}
    ours = middles["Banter, everything"]
    lines = []
    for name, read in timed.items():
        slowest, kind = max((_long(read, text), kind) for kind, text in long.items())
        shown = f"{slowest:,.1f} ms" if slowest < _ENDED else f"over {_ENDED // 1000} s"
        lines.append([name, f"{middles[name]:.2f} ms", f"{ours / middles[name]:.2f}", shown, kind])
    yield "## Speed, one thread"
    head = ["", "one answer, median", "Banter takes so many times that", "2,000 characters, worst kind", "which"]
    yield table(head, lines)


def _filled(text: str) -> str:
    return (text * (_LENGTH // len(text) + 1))[:_LENGTH]


def _everything() -> Timed:
    playbook = load_playbook(ROOT / "playbook")
    reader = SpacyReader(market=playbook.market, competitor_names=playbook.company.competitor_names)
    questions = cycle(DIMENSIONS)
    return _clocked(
        lambda text: reader.read(text, open_question=next(questions), known={}, today=_TODAY, topic_hint=None)
    )


def _answer() -> Timed:
    questions = cycle(DIMENSIONS)
    return _clocked(lambda text: read_answer(next(questions), text, today=_TODAY))


def _clocked(read: Callable[[str], object]) -> Timed:
    def timed(text: str) -> float:
        began = perf_counter()
        read(text)
        return 1000 * (perf_counter() - began)

    return timed


def _theirs(library: Library) -> Timed:
    def read(text: str) -> float:
        return sum(library.ask(text, f"{_TODAY}T12:00:00", want).ms for want in library.wants)

    return read


def _middle(read: Timed, texts: Sequence[str]) -> float:
    for text in texts[:20]:
        read(text)
    return median(read(text) for text in texts)


def _long(read: Timed, text: str) -> float:
    first = read(text)
    return first if first > _SLOW else median([first, read(text), read(text)])

"""How well the owner's answers are found in what the model never saw: `python -m benchmarks.faq_unseen`.

Four ways to leave rows of `corpus/train/faq` out of the learning: a fifth of the personas; one of the two writers; one
writer, with entries whose `asks` are another owner's (three of that writer's own questions, which are not counted); and
a fifth of the entries, as for an owner's entry on something that nobody trained. `built_on.jsonl` is only learnt from.
The weights of the choice are those that ship: `benchmarks/faq_choice.py --across` measures them across writers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from banter.configuration import load_playbook
from banter.extraction.corpus import TRAIN, read_corpus
from banter.extraction.knowledge import KnowledgeFinder
from banter.extraction.learn_questions import BUILT_ON, Lesson, lessons, taught
from banter.leads.playbook import Knowledge, Known
from benchmarks.faq import ROOT, Count, count

Row = Mapping[str, Any]
FOLDS = 5
ASKS = 3


def unseen(
    given: Sequence[Lesson], parts: Sequence[Callable[[Row], bool]], knowledge: Callable[[Sequence[Row]], Knowledge]
) -> Count:
    """Each part left out in turn, and what is found in it."""
    counts = []
    for left_out in parts:
        rest = [each for each in given if not left_out(each.row)]
        learnt_from_rest = taught(rest)._asdict()
        rows = [each.row for each in given if each.row["source"] not in BUILT_ON and left_out(each.row)]
        known = knowledge(rows)
        asked = {ask for entry in (*known.visitors, *known.customers) for ask in entry.asks}
        visitors = KnowledgeFinder(known.visitors, **learnt_from_rest)
        customers = KnowledgeFinder(known.customers, tells=True, **learnt_from_rest)
        tried = [row for row in rows if row["text"] not in asked]
        counts.append(count(tried, known, visitors.find, customers.find))
    return Count(*(sum(numbers) for numbers in zip(*(vars(each).values() for each in counts), strict=True)))


def reworded(knowledge: Knowledge, rows: Sequence[Row]) -> Knowledge:
    """The entries as another owner would ask them: by some of `rows`."""

    def entry(known: Known) -> Known:
        asks = [row["text"] for row in rows if row["key"] == known.key]
        return replace(known, asks=tuple(asks[:: max(1, len(asks) // ASKS)][:ASKS]) or known.asks)

    return replace(
        knowledge,
        visitors=tuple(entry(known) for known in knowledge.visitors),
        customers=tuple(entry(known) for known in knowledge.customers),
    )


def ways(rows: Sequence[Row]) -> Iterator[tuple[str, list[Callable[[Row], bool]]]]:
    authors = sorted({row["author"] for row in rows if row["source"] not in BUILT_ON})
    keys = sorted({row["key"] for row in rows} - {None})
    writers = sorted({row["source"] for row in rows} - {*BUILT_ON})
    yield "other personas", [lambda row, n=n: row.get("author") in authors[n::FOLDS] for n in range(FOLDS)]  # type: ignore[misc]
    yield "another writer", [lambda row, name=name: row["source"] == name for name in writers]  # type: ignore[misc]
    yield "another writer, another owner", [lambda row, name=name: row["source"] == name for name in writers]  # type: ignore[misc]
    yield "entries never trained", [lambda row, n=n: row["key"] in keys[n::FOLDS] for n in range(FOLDS)]  # type: ignore[misc]


def main() -> None:
    knowledge = load_playbook(ROOT / "playbook").knowledge
    rows = read_corpus(TRAIN / "faq")
    given = lessons(rows)
    for name, parts in ways(rows):
        owner = (lambda part: reworded(knowledge, part)) if "owner" in name else (lambda part: knowledge)
        got = unseen(given, parts, owner)
        whole = got.answerable + got.others
        found = f"right {got.right_share:6.1%} of {got.answerable}   wrong {got.wrong_share:6.1%} of {whole}"
        print(f"{name:32}{found}   of these for no entry {got.made_up}   nothing {got.nothing}", flush=True)


if __name__ == "__main__":
    main()

"""How well the owner's answers are found: `python -m benchmarks.faq [FILE]`, beside TF-IDF cosine of the wordings.

FILE holds a line `{"text": ..., "key": ...}` for each message; `key` is null where nothing in `playbook/answers.yml`
answers it. Keys of customers are looked for among the customers' entries, those of visitors among the visitors', and a
message that nothing answers among both: whatever is found for it is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from banter.configuration import load_playbook
from banter.extraction.knowledge import KnowledgeFinder
from banter.leads.playbook import Knowledge, Known

ROOT = Path(__file__).parents[1]
HELD_OUT = ROOT / "corpus" / "held_out" / "faq.jsonl"
DEV = ROOT / "corpus" / "train" / "faq" / "built_on.jsonl"
#: The most that may be wrong where a threshold for the peer is chosen.
MOST_WRONG = 0.02

Find = Callable[[str], "str | None"]


@dataclass(frozen=True)
class Count:
    """What came of the messages of a file."""

    answerable: int
    others: int
    right: int
    wrong: int  # another answer than the right one, or one where there is none
    made_up: int  # of these, the second
    nothing: int  # nothing found, although there is an answer

    @property
    def right_share(self) -> float:
        return self.right / self.answerable if self.answerable else 0.0

    @property
    def wrong_share(self) -> float:
        whole = self.answerable + self.others
        return self.wrong / whole if whole else 0.0


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def count(rows: Sequence[Mapping[str, Any]], knowledge: Knowledge, visitors: Find, customers: Find) -> Count:
    ours = {known.key for known in knowledge.customers}
    right = wrong = made_up = nothing = 0
    for row in rows:
        key, text = row["key"], row["text"]
        searched = (visitors, customers) if key is None else (customers,) if key in ours else (visitors,)
        found = next((got for find in searched if (got := find(text)) is not None), None)
        right += key is not None and found == key
        wrong += found is not None and found != key
        made_up += found is not None and key is None
        nothing += key is not None and found is None
    answerable = sum(row["key"] is not None for row in rows)
    return Count(answerable, len(rows) - answerable, right, wrong, made_up, nothing)


def by_words(entries: Sequence[Known], least: float) -> Find:
    """The peer: the entry whose wording is nearest by its words and pairs of words, where it is near enough."""
    asks = [(ask, entry.key) for entry in entries for ask in entry.asks]
    vectors = TfidfVectorizer(ngram_range=(1, 2), stop_words="english", sublinear_tf=True)
    known = vectors.fit_transform([ask for ask, _ in asks])

    def find(text: str) -> str | None:
        near = (known @ vectors.transform([text]).T).toarray().ravel()
        best = int(near.argmax())
        return asks[best][1] if near[best] >= least else None

    return find


def peer(rows: Sequence[dict[str, Any]], knowledge: Knowledge, worth: Callable[[Count], float]) -> tuple[Find, Find]:
    """The peer with the threshold that is `worth` most on `rows`."""
    steps = [(by_words(knowledge.visitors, n / 100), by_words(knowledge.customers, n / 100)) for n in range(10, 100, 3)]
    return max(steps, key=lambda finds: worth(count(rows, knowledge, *finds)))


def careful(got: Count) -> float:
    """Most right answers with no more wrong ones than `MOST_WRONG`."""
    return got.right if got.wrong_share <= MOST_WRONG else -got.wrong


def eager(got: Count) -> float:
    """Most right answers, however many are wrong."""
    return got.right


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    knowledge = load_playbook(ROOT / "playbook").knowledge
    rows = rows_of(path)
    ours = KnowledgeFinder(knowledge.visitors).find, KnowledgeFinder(knowledge.customers, tells=True).find
    print(f"{path.name}: {len(rows)} messages; {len(knowledge.visitors)} + {len(knowledge.customers)} entries")
    print(f"{'':32}{'right answer':>14}{'nothing':>10}{'wrong answer given':>20}{'of these for no entry':>23}")
    dev = rows_of(DEV)
    for name, finds in (
        ("Banter", ours),
        ("TF-IDF cosine, most found", peer(dev, knowledge, eager)),
        ("TF-IDF cosine, as careful", peer(dev, knowledge, careful)),
    ):
        got = count(rows, knowledge, *finds)
        print(
            f"{name:32}{got.right:>5} {got.right_share:>7.1%}{got.nothing:>10}{got.wrong:>12} {got.wrong_share:>7.1%}"
            f"{got.made_up:>23}"
        )
    answerable = sum(row["key"] is not None for row in rows)
    print(f"right of {answerable} that have an answer; wrong of all {len(rows)}")


if __name__ == "__main__":
    main()

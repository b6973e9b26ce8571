"""`python -m banter.extraction.learn_facts`: the model of objections, urgency and pains, from `corpus/train`.

Always the same model from the same text. `--folds N` leaves out each author in turn (in N groups) and prints how well
the left-out sentences are read by rules alone, by the model alone and by both: the figures in docs/facts.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from banter.extraction.contact import masked
from banter.extraction.facts import pressures
from banter.extraction.facts_rules import Book, Marks, make_book, mark
from banter.extraction.fitting import fit
from banter.extraction.leanings import MODEL, WEIGHTS, Leaning, leanings, signs, whole
from banter.extraction.linear import Linear, save
from banter.extraction.message import read_message
from banter.leads.facts import OBJECTIONS, URGENCIES
from banter.leads.playbook import Market

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus" / "train"
KINDS = ("objection", "urgency", "pain")
#: What the rules were written against: there they are right far more often than elsewhere, so they teach no trust.
_BUILT_ON = "built_on"
#: Of answers that were asked for something else, every so many say nothing of pains and objections.
_EVERY = 6
_BARE = 6


@dataclass(frozen=True)
class Example:
    """A labelled message. `known` are the kinds that it was labelled for; `author` is whose it is."""

    text: str
    author: str
    source: str
    labels: frozenset[str]
    known: tuple[str, ...]
    marks: Marks


def shipped_market(path: Path) -> Market:
    """The lists of the playbook that ships: what the model says of pains is said in its names."""
    lists = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    named = {kind: {name: tuple(words) for name, words in lists[kind].items()} for kind in ("industries", "pains")}
    return Market(named["industries"], named["pains"], tuple(lists["tools"]))


def examples(market: Market, corpus: Path = CORPUS) -> list[Example]:
    """Sentences labelled for these facts, and answers about time, whose labels tell the urgency."""
    book = make_book(market, ())
    found = []
    for path in sorted((corpus / "facts").glob("*.jsonl")):
        for row in _rows(path):
            author = row.get("author") or row["theme"]
            found.append(_example(row["text"], author, path.stem, _labelled(row["facts"]), KINDS, book))
    taken = {each.text.lower() for each in found}
    for path in sorted((corpus / "answers").glob("*.jsonl")):
        for number, row in enumerate(_rows(path)):
            if row["text"].lower() in taken or number % _EVERY:
                continue
            taken.add(row["text"].lower())
            if row["dimension"] == "timeline" and (level := urgency_of(row)) is not None:
                labels = frozenset({f"urgency.{level}"}) if level else frozenset()
                found.append(_example(row["text"], row["author"], "answers", labels, ("urgency", "pain"), book))
            elif row["dimension"] == "authority" or row["band"] in ("approved", "approved_amount"):
                found.append(_example(row["text"], row["author"], "answers", frozenset(), KINDS, book))
    return found


def urgency_of(row: Mapping[str, Any]) -> str | None:
    """The level that an answer about time tells: must and at once are high, a plan is medium, no date is low; empty
    where none is told, None where it cannot be known."""
    band, commitment = row["band"], row.get("commitment")
    if band in ("declined", "unclear"):
        return ""
    if len(row["text"].split()) < _BARE and band != "someday" and row.get("days_max") is not None:
        return ""  # a date and nothing else presses nobody
    if band == "someday":
        return "low"
    if band in ("within_60_days", "within_120_days") and commitment == "committed":
        return "high"
    if band == "within_60_days" and row.get("days_max") is None:
        return "high"
    return "medium" if commitment == "intending" else None


def learn(rows: Sequence[Example], market: Market) -> Linear:
    """A model that says yes or no to each label."""
    labels = [f"objection.{name}" for name in OBJECTIONS] + [f"urgency.{name}" for name in URGENCIES]
    labels += [f"pain.{name}" for name in market.pains]
    lessons = [_lesson(row) for row in rows]
    wanted = {
        label: [
            None if label.split(".")[0] not in row.known else "yes" if label in row.labels else "no" for row in rows
        ]
        for label in labels
    }
    return fit(lessons, wanted, WEIGHTS, dict.fromkeys(labels, ("yes",)))


def _lesson(row: Example) -> Mapping[str, Sequence[str]]:
    found = signs(row.marks, whole(row.marks))
    return {**found, "rules": []} if row.source == _BUILT_ON else found


def _example(
    text: str, author: str, source: str, labels: frozenset[str], known: tuple[str, ...], book: Book
) -> Example:
    return Example(text, author, source, labels, known, mark(text, read_message(masked(text)), book))


def _labelled(facts: Mapping[str, Any]) -> frozenset[str]:
    found = {f"objection.{name}" for name in facts.get("objections", ())}
    found |= {f"pain.{name}" for name in facts.get("pains", ())}
    return frozenset(found | ({f"urgency.{facts['urgency']}"} if "urgency" in facts else set()))


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as fault:
            raise ValueError(f"{path}, line {number}: not JSON ({fault}); mend this line") from fault


def left_out(rows: Sequence[Example], market: Market, folds: int) -> list[tuple[Example, dict[str, Leaning]]]:
    """Each labelled sentence with what a model says of it that has seen nothing of its author. Authors of many
    sentences are cut into parts of twenty."""
    counts: dict[str, int] = {}
    group: dict[int, str] = {}
    for i, row in enumerate(rows):
        counts[row.author] = counts.get(row.author, 0) + 1
        group[i] = f"{row.author} {(counts[row.author] - 1) // 20}"
    names = sorted(set(group.values()))
    found = []
    for fold in range(folds):
        tried = set(names[fold::folds])
        model = learn([row for i, row in enumerate(rows) if group[i] not in tried], market)
        mine = [row for i, row in enumerate(rows) if group[i] in tried and row.source not in (_BUILT_ON, "answers")]
        found += [(row, leanings(row.marks, model)) for row in mine]
    return found


def measured(pairs: Sequence[tuple[Example, dict[str, Leaning]]]) -> str:
    """Precision and recall of each kind, by rules alone, the model alone, and both."""
    ways: dict[str, Callable[[Marks, dict[str, Leaning]], set[str]]] = {
        "rules": lambda marks, _: pressures(marks, {}),
        "model": lambda _, leaning: {label for label, each in leaning.items() if each.margin > -0.3},
        "both": pressures,
    }
    lines = []
    for name, way in ways.items():
        given = [(row.labels, way(row.marks, leaning)) for row, leaning in pairs]
        for kind in KINDS:
            right = [{x for x in labels if x.startswith(kind)} for labels, _ in given]
            said = [{x for x in found if x.startswith(kind)} for _, found in given]
            good = sum(len(a & b) for a, b in zip(right, said, strict=True))
            precision, recall = good / max(1, sum(map(len, said))), good / max(1, sum(map(len, right)))
            lines.append(f"{name:6} {kind:10} precision {precision:.3f} recall {recall:.3f}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args(arguments)
    market = shipped_market(ROOT / "playbook" / "market.yml")
    rows = examples(market)
    if options.folds:
        sys.stdout.write(measured(left_out(rows, market, options.folds)) + "\n")
        return 0
    save(learn(rows, market), MODEL)
    sys.stdout.write(f"facts: learnt from {len(rows)} messages\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

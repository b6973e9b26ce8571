"""How well soft facts are read: `python -m benchmarks.facts_report [FILE] [--part held|built] [--wrong]`, JSON Lines.

Each row has `text`, `held` (its whole theme was kept back while the rules were written) and `facts`: every fact that
the text holds. A fact that is found and not labelled counts against precision, one that is labelled and not found
against recall.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from banter.configuration import load_playbook
from banter.extraction.contact import find_contact
from banter.extraction.facts import FactFinder
from banter.leads.facts import Facts

ROOT = Path(__file__).resolve().parents[1]
#: What the rules were built on, and what was kept back: the second is reported by number, and never opened.
BUILT_ON = ROOT / "corpus" / "train" / "facts" / "built_on.jsonl"
HELD_OUT = ROOT / "corpus" / "held_out" / "facts.jsonl"
FACTS = (
    *("title", "seniority", "function", "company", "size", "size class", "industry", "country", "state", "town"),
    *("tool", "competitor", "objection", "urgency", "pain", "measure", "e-mail", "typing error"),
)


class Figures(NamedTuple):
    """How often a fact was found and right, found and wrong, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def rows_of(path: Path | None = None, *, part: str = "held") -> list[dict[str, Any]]:
    """The rows of one part (held, built or all) of `path`, without one of the two files of the corpus."""
    files = [path] if path else [BUILT_ON, HELD_OUT]
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if part == "all" or row["held"] == (part == "held")]


def figures(rows: Iterable[Mapping[str, Any]]) -> dict[str, Figures]:
    """Figures for each of FACTS, and for all of them together."""
    counts = {fact: [0, 0, 0] for fact in FACTS}
    for row in rows:
        right, given = labelled(row["facts"]), found(row["text"])
        for fact, _ in right & given:
            counts[fact][0] += 1
        for fact, _ in given - right:
            counts[fact][1] += 1
        for fact, _ in right - given:
            counts[fact][2] += 1
    total = [sum(count[i] for count in counts.values()) for i in range(3)]
    return {**{fact: Figures(*count) for fact, count in counts.items()}, "all": Figures(*total)}


def labelled(facts: Mapping[str, Any]) -> set[tuple[str, object]]:
    """A row's labels as (fact, value)."""
    single = {"seniority": "seniority", "function": "function", "industry": "industry", "country": "country"}
    single |= {"size_class": "size class", "area": "state", "city": "town", "urgency": "urgency", "email": "e-mail"}
    pairs: set[tuple[str, object]] = {(single[name], value) for name, value in facts.items() if name in single}
    pairs |= {(name, facts[name].lower()) for name in ("title", "company") if name in facts}
    pairs |= {("typing error", facts["meant"])} if "meant" in facts else set()
    pairs |= {("size", tuple(size)) for size in facts.get("sizes", ())}
    pairs |= {("tool", name.lower()) for name in facts.get("tools", ())}
    pairs |= {("competitor", (name.lower(), use)) for name, use in facts.get("competitors", {}).items()}
    pairs |= {("objection", name) for name in facts.get("objections", ())}
    pairs |= {("pain", name) for name in facts.get("pains", ())}
    pairs |= {("measure", tuple(measure)) for measure in facts.get("measures", ())}
    return pairs


def found(text: str) -> set[tuple[str, object]]:
    """What is read in `text`, as (fact, value)."""
    contact = find_contact(text, asked=True, region="GB")
    return as_pairs(_finder().find(text, contact))


def as_pairs(facts: Facts) -> set[tuple[str, object]]:
    pairs: set[tuple[str, object | None]] = set()
    if facts.role:
        pairs |= {("title", facts.role.title.lower()), ("seniority", facts.role.seniority)}
        pairs |= {("function", facts.role.function)}
    if facts.company:
        pairs |= {("company", facts.company.name.lower())}
    for size in facts.sizes:
        pairs |= {("size", (size.unit, size.least, size.most))} if size.least or size.most else set()
        pairs |= {("size class", size.size_class)}
    if facts.place and facts.place.source == "said":
        pairs |= {("country", facts.place.country), ("state", facts.place.area), ("town", facts.place.city)}
    pairs |= {("industry", facts.industry.name)} if facts.industry else set()
    pairs |= {("tool", tool.name.lower()) for tool in facts.tools}
    pairs |= {("competitor", (rival.name.lower(), rival.use)) for rival in facts.competitors}
    pairs |= {("objection", objection.name) for objection in facts.objections}
    pairs |= {("urgency", facts.urgency.name)} if facts.urgency else set()
    for pain in facts.pains:
        pairs |= {("pain", pain.name)}
        pairs |= {("measure", (m.number, m.unit, m.per)) for m in pain.measures}
    pairs |= {("e-mail", facts.mail.kind), ("typing error", facts.mail.meant)} if facts.mail else set()
    return {(fact, value) for fact, value in pairs if value is not None}


def _finder() -> FactFinder:
    if not _FINDERS:
        playbook = load_playbook(ROOT / "playbook")
        _FINDERS.append(FactFinder(playbook.market, playbook.company.competitor_names))
    return _FINDERS[0]


_FINDERS: list[FactFinder] = []


def table(results: Mapping[str, Figures]) -> str:
    """The figures as a Markdown table."""
    lines = ["| fact | precision | recall | right | wrong | missed |", "| --- | --- | --- | --- | --- | --- |"]
    for fact, figure in results.items():
        shares = f"{100 * figure.precision:.0f}% | {100 * figure.recall:.0f}%"
        lines.append(f"| {fact} | {shares} | {figure.right} | {figure.wrong} | {figure.missed} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--part", choices=("all", "built", "held"), default="held")
    parser.add_argument("--wrong", action="store_true", help="list what was read differently (of the built part)")
    arguments = parser.parse_args()
    rows = rows_of(arguments.file, part=arguments.part)
    print(f"{len(rows)} sentences ({arguments.part})")
    print(table(figures(rows)))
    if arguments.wrong:
        for row in rows:
            right, given = labelled(row["facts"]), found(row["text"])
            if row["held"] is False and right != given:
                print(f"{row['id']}: {row['text']}")
                print("    missed", sorted(map(str, right - given)), "  wrong", sorted(map(str, given - right)))


if __name__ == "__main__":
    main()

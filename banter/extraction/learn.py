"""`python -m banter.extraction.learn`: the models of answers, acts, openers, questions and facts.

Always the same models from the same text. `--folds` leaves out each author in turn (in N groups), learns from the rest
and prints how well the left-out ones are read: the figure to go by while changing signs or rules.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from banter.extraction.by_rules import Manner, read_by_rules
from banter.extraction.corpus import BUILT_ON, TRAIN, evidence_spans, fingerprint, read_corpus
from banter.extraction.fitting import fit
from banter.extraction.learn_acts import learn_acts, measured_acts
from banter.extraction.learn_facts import main as learn_facts
from banter.extraction.learn_openers import learn_openers, measured_openers
from banter.extraction.learn_questions import learn_questions, measured_questions
from banter.extraction.linear import MODELS, Linear, joined, save
from banter.extraction.marking import GROUPS, token_signs
from banter.extraction.signals import Seen, judge, see
from banter.extraction.signs import RULES_IN_TIMELINE, WEIGHTS, Signs, with_band
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, SPECIFICITIES, Answer, Dimension

_ANY_DAY = date(2026, 3, 2)
#: For each dimension, the answers to other questions that say nothing about it.
_STRANGERS: Mapping[Dimension, frozenset[tuple[str, str]]] = {
    "budget": frozenset([("timeline", band) for band in BANDS["timeline"]] + [("need", "specific")]),
    "authority": frozenset([("timeline", band) for band in BANDS["timeline"]] + [("budget", "amount")])
    | {("need", "specific"), ("need", "quantified")},
    "need": frozenset([("budget", "amount"), ("authority", "final"), ("authority", "influence")])
    | {("timeline", "within_60_days"), ("timeline", "within_year")},
    "timeline": frozenset(
        [("budget", "amount"), ("authority", "final"), ("authority", "shared"), ("need", "specific")]
    ),
}
_EVERY = 12
#: Which corpus the models that ship were learnt from.
LEARNT_FROM = MODELS / "learnt_from.txt"
_PARTS = (*DIMENSIONS, "acts", "openers", "questions", "facts")
#: The examples of the label page are settled: each counts this often on top.
_RULINGS_COUNT = 3


@dataclass(frozen=True)
class Example:
    """One labelled answer, with what the models see of it."""

    row: Mapping[str, Any]
    seen: Seen


def example(row: Mapping[str, Any]) -> Example:
    """A row of the corpus, ready to learn from. KeyError or ValueError where a field is missing or wrong."""
    today = date.fromisoformat(row["today"]) if "today" in row else _ANY_DAY
    return Example(row, see(row["dimension"], row["text"], today, row.get("question", ""), Manner()))


def strangers(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answers to other questions, which say nothing on this one: `unclear`. Every so many of the plain ones."""
    found = []
    for dimension, kinds in _STRANGERS.items():
        fit_for_it = [
            row
            for row in rows
            if row["source"] not in BUILT_ON
            and (row["dimension"], row["band"]) in kinds
            and row.get("specificity") == "precise"
            and read_by_rules(dimension, row["text"], _ANY_DAY, False, "", Manner()).band == "unclear"
        ]
        questions = sorted({row["question"] for row in rows if row["dimension"] == dimension and "question" in row})
        for i, row in enumerate(fit_for_it[::_EVERY]):
            found.append(
                {
                    **{name: row[name] for name in ("id", "author", "text", "today", "source")},
                    "dimension": dimension,
                    "question": questions[i % len(questions)],
                    "band": "unclear",
                    "specificity": "vague",
                    "commitment": "tentative",
                    "stranger": True,
                }
            )
    return found


def _lesson(each: Example) -> Signs:
    """The signs to learn from."""
    return {**each.seen.signs, "rules": []} if each.row["source"] in BUILT_ON else each.seen.signs


def labels_model(dimension: Dimension, examples: Sequence[Example]) -> Linear:
    """Bands, and specificity and commitment given the band."""
    weights = {**WEIGHTS, "rules": RULES_IN_TIMELINE} if dimension == "timeline" else WEIGHTS
    bands = [each.row["band"] for each in examples]
    first = fit(
        [_lesson(each) for each in examples],
        {"band": bands},
        weights,
        {"band": (*BANDS[dimension], "declined", "unclear")},
    )
    second = fit(
        [with_band(_lesson(each), each.row["band"]) for each in examples],
        {name: [each.row.get(name) for each in examples] for name in ("specificity", "commitment")},
        weights,
        {"specificity": SPECIFICITIES, "commitment": COMMITMENTS},
    )
    return joined(first, second)


def evidence_model(dimension: Dimension, examples: Sequence[Example]) -> Linear:
    """Whether a word is part of what the band rests on."""
    rows: list[Signs] = []
    wanted: list[str | None] = []
    for each in examples:
        spans = evidence_spans(each.row)
        if spans:
            dates = [(span.start, span.end) for span in each.seen.dates]
            rows += token_signs(dimension, each.row["band"], each.seen.message, dates)
            inside = [any(a < t.end and t.start < b for a, b in spans) for t in each.seen.message.tokens]
            wanted += ["yes" if yes else "no" for yes in inside]
    return fit(rows, {"evidence": wanted}, GROUPS, {"evidence": ("yes",)})


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", "--dimension", choices=_PARTS, action="append")
    options = parser.parse_args(arguments)
    wanted = options.only or _PARTS
    rows = read_corpus(TRAIN / "answers")
    _learn_answers(rows, [name for name in DIMENSIONS if name in wanted], options.folds)
    if "acts" in wanted:  # after the answers, by whose models it reads
        acts = read_corpus(TRAIN / "acts")
        line = measured_acts(rows, acts, options.folds) if options.folds else learn_acts(rows, acts)
        sys.stdout.write(line + "\n")
    if "openers" in wanted:
        openers = read_corpus(TRAIN / "openers")
        line = measured_openers(openers, options.folds) if options.folds else learn_openers(openers)
        sys.stdout.write(line + "\n")
    if "questions" in wanted:
        questions = read_corpus(TRAIN / "faq")
        line = measured_questions(questions, options.folds) if options.folds else learn_questions(questions)
        sys.stdout.write(line + "\n")
    if "facts" in wanted:
        learn_facts(["--folds", str(options.folds)] if options.folds else [])
    if not options.folds and not options.only:
        LEARNT_FROM.write_text(fingerprint() + "\n", encoding="utf-8")
    return 0


def _learn_answers(rows: Sequence[Mapping[str, Any]], dimensions: Sequence[Dimension], folds: int) -> None:
    if not dimensions:
        return
    rulings = [row for row in rows if row["source"] == "rulings"]
    examples = [example(row) for row in [*rows, *strangers(rows), *rulings * _RULINGS_COUNT]]
    for dimension in dimensions:
        chosen = [each for each in examples if each.row["dimension"] == dimension]
        if folds:
            sys.stdout.write(measured(dimension, chosen, folds) + "\n")
            continue
        save(labels_model(dimension, chosen), dimension)
        save(evidence_model(dimension, chosen), f"{dimension}_evidence")
        sys.stdout.write(f"{dimension}: learnt from {len(chosen)} answers\n")


def measured(dimension: Dimension, examples: Sequence[Example], folds: int) -> str:
    """How well answers of authors are read whose answers were left out of the learning."""
    authors = sorted({each.row["author"] for each in examples if each.row["source"] not in BUILT_ON})
    pairs: list[tuple[Mapping[str, Any], Answer]] = []
    for fold in range(folds):
        left_out = set(authors[fold::folds])
        rest = [each for each in examples if each.row["author"] not in left_out]
        model, marker = labels_model(dimension, rest), evidence_model(dimension, rest)
        tried = (each for each in examples if each.row["author"] in left_out and "stranger" not in each.row)
        pairs += [(each.row, judge(each.seen, model, marker)) for each in tried]
    shares = [
        f"{name} {sum(row[name] == getattr(answer, name) for row, answer in pairs) / len(pairs):.3f}"
        for name in ("band", "specificity", "commitment")
    ]
    said = [(row, answer) for row, answer in pairs if row.get("evidence") and answer.evidence]
    touched = sum(
        any(e.start < b and a < e.end for e in answer.evidence for a, b in evidence_spans(row)) for row, answer in said
    )
    return f"{dimension}: {len(pairs)} answers, {', '.join(shares)}, evidence touched {touched / max(1, len(said)):.3f}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

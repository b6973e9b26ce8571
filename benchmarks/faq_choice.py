"""Learns how the signs of a right answer are weighed: `python -m benchmarks.faq_choice`, half an hour.

Writes `banter/extraction/data/knowledge_choice.json` from `corpus/train/faq`. What a model says of the rows that it was
learnt from is worth nothing here, so each row is judged by models that never saw its writer; once with every entry on a
question that these models know ("usual"), and once with a fifth of the entries left out of their learning, as for
entries of the owner's own trade. Both together make "mixed". `--across` learns from one writer, counts what is found
for the other, and writes nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from scipy.optimize import minimize

from banter.configuration import load_playbook
from banter.extraction.corpus import TRAIN, read_corpus
from banter.extraction.knowledge import KnowledgeFinder
from banter.extraction.knowledge_choice import ENTRY, NONE, STORED
from banter.extraction.learn_questions import BUILT_ON, Lesson, lessons, taught
from benchmarks.faq import ROOT

Row = Mapping[str, Any]
FOLDS = 5
#: How much large weights cost, and which share of the rows with entries left out counts: most entries are on usual
#: questions at most owners.
_SMALL = {"usual": 3e-4, "mixed": 3e-4}
_EVERY = 1
#: A message of several parts has its answer in one, which is chosen by the weights found so far, so often.
_ROUNDS = 3


class Case(NamedTuple):
    """A message, each of its parts (entries x ENTRY, NONE), and which entry is right; -1 for none."""

    row: Row
    parts: list[tuple[np.ndarray, np.ndarray]]
    right: int
    keys: tuple[str, ...]


class Sight(NamedTuple):
    """Finders whose models have not seen some rows."""

    visitors: KnowledgeFinder
    customers: KnowledgeFinder


def sight(given: Sequence[Lesson], unseen: Sequence[bool]) -> Sight:
    knowledge = load_playbook(ROOT / "playbook").knowledge
    rest = [each for each, left_out in zip(given, unseen, strict=True) if not left_out]
    learnt_from_rest = taught(rest)._asdict()
    return Sight(
        KnowledgeFinder(knowledge.visitors, **learnt_from_rest),
        KnowledgeFinder(knowledge.customers, tells=True, **learnt_from_rest),
    )


def cases(row: Row, by: Sight) -> list[Case]:
    """A row for visitors or for customers; one that nothing answers for both."""
    found = []
    for finder in by:
        if row["key"] is None or row["key"] in finder.keys:
            parts = [(fits.of_entries(), fits.of_none()) for _, fits in finder.fits(row["text"])]
            right = -1 if row["key"] is None else finder.keys.index(row["key"])
            found.append(Case(row, parts, right, finder.keys))
    return found


def gathered(rows: Sequence[Row]) -> tuple[list[Case], list[Case]]:
    """Every row by models that saw neither its writer nor, in the second list, its entry."""
    given = lessons(rows)
    writers = sorted({row["source"] for row in rows} - {*BUILT_ON})
    keys = sorted({row["key"] for row in rows} - {None})
    usual, own = [], []
    for writer in writers:
        of_writer = [each.row["source"] == writer for each in given]
        whole = sight(given, of_writer)
        without = [
            sight(given, [w or each.row["key"] in keys[n::FOLDS] for w, each in zip(of_writer, given, strict=True)])
            for n in range(FOLDS)
        ]
        for each in given:
            if each.row["source"] == writer:
                usual += cases(each.row, whole)
                at = crc32(each.row["text"].encode()) if each.row["key"] is None else keys.index(each.row["key"])
                own += cases(each.row, without[at % FOLDS])
        print(f"{writer}: {len(usual)} + {len(own)} judged", flush=True)
    return usual, own


def weighed(given: Sequence[Case], small: float) -> np.ndarray:
    """The weights, of ENTRY and then of NONE, by which the right choices are likeliest."""
    edge = len(ENTRY)
    weights = np.zeros(edge + len(NONE))
    weights[[ENTRY.index("usual meaning"), ENTRY.index("usual words"), ENTRY.index("own near")]] = 3.0
    weights[edge] = 4.0

    def logs(part: tuple[np.ndarray, np.ndarray], by: np.ndarray) -> np.ndarray:
        scores = np.append(part[0] @ by[:edge], part[1] @ by[edge:])
        scores = scores - scores.max()
        return np.asarray(scores - np.log(np.exp(scores).sum()))

    for _ in range(_ROUNDS):
        chosen = [(part, -1) for case in given if case.right < 0 for part in case.parts]
        for case in given:
            if case.right >= 0 and case.parts:
                chosen.append((max(case.parts, key=lambda part: logs(part, weights)[case.right]), case.right))

        def cost(by: np.ndarray, chosen: list[tuple[Any, int]] = chosen) -> tuple[float, np.ndarray]:
            total, slope = 0.0, np.zeros_like(by)
            for part, right in chosen:
                found = logs(part, by)
                total -= found[right]
                shares = np.exp(found)
                shares[right] -= 1
                slope[:edge] += part[0].T @ shares[:-1]
                slope[edge:] += part[1] * shares[-1]
            return total / len(chosen) + small * float(by @ by), slope / len(chosen) + 2 * small * by

        weights = minimize(cost, weights, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return weights


def learnt(usual: Sequence[Case], own: Sequence[Case]) -> dict[str, np.ndarray]:
    """By manner, the weights."""
    return {
        "usual": weighed(usual, _SMALL["usual"]),
        "mixed": weighed([*usual, *own[::_EVERY]], _SMALL["mixed"]),
    }


def table(found: Mapping[str, np.ndarray]) -> dict[str, dict[str, float]]:
    names = (*ENTRY, *NONE)
    return {how: {name: round(float(w), 3) for name, w in zip(names, ws, strict=True)} for how, ws in found.items()}


def across(usual: Sequence[Case], own: Sequence[Case]) -> None:
    """What the weights of one writer find for the other, by the least chance of usual entries and of others."""
    of = {name: [case for case in own if case.row["source"] == name] for name in {case.row["source"] for case in own}}
    counts: dict[tuple[str, float, float], list[int]] = {}
    for writer in of:
        rest = [[case for case in each if case.row["source"] != writer] for each in (usual, own)]
        weights = learnt(*rest)
        mine = [case for case in usual if case.row["source"] == writer]
        for name, how, tried in (
            ("usual", "usual", mine),
            ("usual, mixed", "mixed", mine),
            ("own", "mixed", of[writer]),
        ):
            for least in (0.7, 0.75, 0.8, 0.83, 0.86, 0.9):
                for least_own in (0.9, 0.93, 0.95) if how == "mixed" else (0.9,):
                    got = counts.setdefault((name, least, least_own), [0, 0, 0, 0])
                    for at, value in enumerate(counted(tried, weights[how], least, least_own)):
                        got[at] += value
    for (name, *least), (right, answerable, wrong, whole) in sorted(counts.items()):
        print(
            f"{name:14}{least}  right {right / answerable:6.1%} of {answerable}   wrong {wrong / whole:6.1%} of {whole}"
        )


def counted(tried: Sequence[Case], weights: np.ndarray, least: float, least_own: float) -> tuple[int, int, int, int]:
    edge, usual_at = len(ENTRY), ENTRY.index("usual at_all")
    found: dict[str, tuple[str | None, str | None]] = {}
    for case in tried:  # visitors come first, and what is found for them counts first
        best: tuple[float, str | None] = (0.0, None)
        for entries, none in case.parts:
            scores = np.append(entries @ weights[:edge], none @ weights[edge:])
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            at = int(shares[:-1].argmax())
            if shares[at] >= (least if entries[at, usual_at] else least_own) and shares[at] > best[0]:
                best = (float(shares[at]), case.keys[at])
        key = case.row["key"]
        before = found.get(case.row["text"], (key, None))[1]
        found[case.row["text"]] = (key, before or best[1])
    right = sum(key is not None and key == got for key, got in found.values())
    wrong = sum(got is not None and key != got for key, got in found.values())
    return right, sum(key is not None for key, _ in found.values()), wrong, len(found)


def main() -> None:
    usual, own = gathered(read_corpus(TRAIN / "faq"))
    if "--across" in sys.argv:
        across(usual, own)
        return
    STORED.write_text(json.dumps(table(learnt(usual, own)), indent=1) + "\n", encoding="utf-8")
    print(f"{STORED}: learnt from {len(usual)} + {len(own)} judgements")


if __name__ == "__main__":
    main()

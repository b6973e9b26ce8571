"""`python -m banter.extraction.learn_opting_out`: the model of who wants no more messages, anew (half a minute).

From `corpus/train_optout`, `corpus/dev/optout.jsonl` and what visitors of a chat write (`corpus/train`).
`--folds 5` says instead how well the fifths of `dev/optout.jsonl` that were left out are read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from banter.extraction.corpus import TRAIN
from banter.extraction.fitting import fit
from banter.extraction.linear import Linear, save
from banter.extraction.opting_out import MODEL, WEIGHTS, signs, words_of

CORPUS = TRAIN.parent
WRITTEN = CORPUS / "train_optout"
DEV = CORPUS / "dev" / "optout.jsonl"
#: Of the many answers of a chat so many are enough; those about opting out count for several of them.
_ANSWERS, TIMES = 8_000, 2
_MARGINS = (-0.4, -0.3, -0.2, -0.1, 0.0, 0.1)
Lesson = tuple[dict[str, list[str]], bool]


def lessons(rows: Iterable[tuple[str, bool]]) -> list[Lesson]:
    return [(signs(words_of(text)), stop) for text, stop in rows]


def of_texts(*files: Path) -> list[tuple[str, bool]]:
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines if line.strip()]
    return [(row["text"], row["stop"]) for row in rows]


def of_a_chat() -> list[tuple[str, bool]]:
    """All messages labelled as a stop, and of the others every so many."""
    found: dict[str, bool] = {}
    for file in sorted(TRAIN.rglob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row.get("text"):
                found.setdefault(row["text"], "stop" in (row.get("acts") or ()))
    others = [text for text, stop in found.items() if not stop]
    step = max(1, len(others) // _ANSWERS)
    return [*((text, True) for text, stop in found.items() if stop), *((text, False) for text in others[::step])]


def model(learnt: Sequence[Lesson]) -> Linear:
    answers = ["yes" if stop else "no" for _, stop in learnt]
    return fit([seen for seen, _ in learnt], {"stop": answers}, WEIGHTS, {"stop": ("yes", "no")})


def given() -> tuple[list[Lesson], list[Lesson]]:
    """What is learnt from beside the messages to develop with, and those."""
    written = of_texts(*sorted(WRITTEN.glob("*.jsonl")))
    return lessons([*of_a_chat(), *written * TIMES]), lessons(of_texts(DEV))


def anew() -> Linear:
    """The model that ships."""
    base, dev = given()
    return model([*base, *dev * TIMES])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    folds = parser.parse_args().folds
    if not folds:
        save(anew(), MODEL)
        return
    base, dev = given()
    margins = []
    for fold in range(folds):
        left_in = [lesson for n, lesson in enumerate(dev) if n % folds != fold]
        learnt = model([*base, *left_in * TIMES])
        margins += [(learnt.margin("stop", "yes", seen), stop) for seen, stop in dev[fold::folds]]
    for least in _MARGINS:
        found, false = (
            [margin > least for margin, stop in margins if stop],
            [margin > least for margin, stop in margins if not stop],
        )
        print(f"above {least:4}: found {sum(found) / len(found):.1%}, false {sum(false) / len(false):.1%}")  # noqa: T201


if __name__ == "__main__":
    main()

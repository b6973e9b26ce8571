"""The models that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from banter.extraction.corpus import BUILT_ON, TRAIN, fingerprint, read_corpus
from banter.extraction.fitting import fit
from banter.extraction.learn import LEARNT_FROM, evidence_model, example, labels_model
from banter.extraction.linear import load, save

_FEW = 150


def test_the_models_that_ship_were_learnt_from_the_corpus_that_ships() -> None:
    """Else somebody changed the corpus: run `make learn`."""
    assert LEARNT_FROM.read_text(encoding="utf-8").strip() == fingerprint()


def test_the_same_answers_teach_the_same_model() -> None:
    rows = [
        row for row in read_corpus(TRAIN / "answers") if row["dimension"] == "need" and row["source"] not in BUILT_ON
    ]
    examples = [example(row) for row in rows[:_FEW]]
    for learn in (labels_model, evidence_model):
        first, second = learn("need", examples), learn("need", examples)
        assert (first.weights == second.weights).all()
        assert (first.bias == second.bias).all()


def test_a_model_is_read_as_it_was_saved(tmp_path: Path) -> None:
    signs = [{"words": ["red", "round"]}, {"words": ["green", "long"]}] * 5
    model = fit(signs, {"kind": ["apple", "bean"] * 5}, {"words": 1.0}, {"kind": ("apple", "bean")})
    save(model, "fruit", tmp_path)
    again = load("fruit", tmp_path)
    assert again.chances("kind", signs[0]) == pytest.approx(model.chances("kind", signs[0]))
    assert again.best("kind", signs[0]) == "apple"
    assert again.best("kind", signs[1]) == "bean"

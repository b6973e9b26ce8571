"""Among which questions a question lies."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from banter.extraction import knowledge_among
from banter.extraction.knowledge_meaning import HEAD
from banter.extraction.linear import load


def _ring(angles: list[float]) -> np.ndarray:
    return np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)


def test_what_lies_among_messages_that_only_sound_like_a_question_is_not_taken_for_it() -> None:
    inner, outer = [0.0, 0.2, -0.2], [1.0, 1.2, -1.0, -1.2]  # no line has all of the second on one side
    among = knowledge_among.learnt(_ring([*inner, *outer]), ["trial"] * 3 + ["none"] * 4)
    assert among.labels == ("none", "trial")
    for angle, wanted in ((0.1, "trial"), (-0.1, "trial"), (1.1, "none"), (-1.1, "none")):
        assert among.labels[int(among.margins(_ring([angle])[0]).argmax())] == wanted


def test_what_is_far_from_everything_lies_among_nothing() -> None:
    among = knowledge_among.learnt(_ring([0.0, 0.1]), ["trial", "none"])
    assert float(np.abs(among.margins(_ring([np.pi])[0])).max()) < 0.1


def test_it_is_read_as_it_was_saved(tmp_path: Path) -> None:
    among = knowledge_among.learnt(_ring([0.0, 0.3, 2.0]), ["a", "b", "none"])
    knowledge_among.save(among, tmp_path)
    with np.load(tmp_path / "among.npz") as stored:
        assert [str(label) for label in stored["labels"]] == ["a", "b", "none"]
        assert np.abs(stored["points"].astype(float) * stored["scale"] - among.points).max() < 0.01


def test_it_knows_the_same_questions_as_the_model_of_meanings() -> None:
    assert knowledge_among.shipped().labels == load("questions").heads[HEAD]

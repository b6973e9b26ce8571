"""Leads and rubrics by the thousand, for the tests of what always holds."""

from __future__ import annotations

from hypothesis import strategies as st

from scoring.model import (
    BANDS,
    COMMITMENTS,
    CRITERIA,
    DIMENSIONS,
    NOT_SAID,
    SPECIFICITIES,
    Answer,
    Dimension,
    Evidence,
    Framework,
)
from scoring.rubric import Rubric, rubric_from

SAID = (
    "my signature",
    "we have 15k approved",
    "\u00e9t\u00e9 \U0001f600",
    " ",
    "no",
    "six days a month, and live by June",
)


def _answer(dimension: Dimension, band: str, specificity: str, commitment: str, text: str, cut: int) -> Answer:
    """`cut` 0 is an answer without evidence, else the evidence is the first `cut` characters."""
    evidence = (Evidence(text[:cut], 0, len(text[:cut]), "said"),) if cut else ()
    return Answer(dimension, band, specificity, commitment, text, evidence)


def answers(dimension: Dimension) -> st.SearchStrategy[Answer]:
    """Any answer on `dimension`, declined and unclear ones too; its evidence stands in its text."""
    return st.builds(
        _answer,
        st.just(dimension),
        st.sampled_from((*BANDS[dimension], *NOT_SAID)),
        st.sampled_from(SPECIFICITIES),
        st.sampled_from(COMMITMENTS),
        st.sampled_from(SAID),
        st.integers(0, 8),
    )


def leads() -> st.SearchStrategy[dict[Dimension, Answer]]:
    """What a visitor has said so far, on none to all four of the dimensions."""
    return st.fixed_dictionaries({}, optional={dimension: answers(dimension) for dimension in DIMENSIONS})


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Any rubric that the checks let through."""
    frameworks: tuple[Framework, ...] = ("bant", "champ")
    framework = draw(st.sampled_from(frameworks))
    bands = sum(len(bands) for bands in BANDS.values())
    figures = iter(draw(st.lists(st.integers(0, 60), min_size=bands, max_size=bands)))
    points = {
        name: {band: next(figures) for band in BANDS[dimension]} for dimension, name in CRITERIA[framework].items()
    }
    points[CRITERIA[framework]["need"]]["quantified"] = 60  # so that there is room for two thresholds
    most = sum(max(bands.values()) for bands in points.values())
    qualified = draw(st.integers(1, most))
    warm = draw(st.integers(0, qualified - 1))
    version = draw(st.integers(1, 99))
    return rubric_from(
        framework, {"version": version, "points": points, "thresholds": {"qualified": qualified, "warm": warm}}
    )


@st.composite
def written_rubrics(draw: st.DrawFn, *, in_order: bool = False) -> Rubric:
    """Any rubric as somebody might write it, one that is refused too; `in_order`: a better answer is worth no less."""
    frameworks: tuple[Framework, ...] = ("bant", "champ")
    points = {}
    for dimension in DIMENSIONS:
        bands = BANDS[dimension]
        step = draw(st.sampled_from((1, 1, 5, 10)))
        figures = [figure * step for figure in draw(st.lists(st.integers(0, 9), min_size=5, max_size=5))][: len(bands)]
        points[dimension] = dict(zip(bands, sorted(figures, reverse=True) if in_order else figures, strict=True))
    most = sum(max(bands.values()) for bands in points.values())
    qualified, warm = draw(st.integers(0, most + 20)), draw(st.integers(0, most + 20))
    if in_order and warm > qualified:
        qualified, warm = warm, qualified
    return Rubric(draw(st.sampled_from(frameworks)), draw(st.integers(1, 99)), points, qualified, warm)

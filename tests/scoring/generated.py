"""Leads and rubrics by the thousand, for the tests of what always holds."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from scoring.fit import Profile
from scoring.known import EVENTS, FIGURES, SIGNS, TRAITS, Event, Fact, Known
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
from scoring.profile import profile_from
from scoring.rubric import Rubric, rubric_from

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)

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


NAMES = ("legal", "software", "gb", "owner", "excel", "free", "billing")
_POINTS = st.integers(-20, 30)
_UP = st.integers(0, 30)
_PERCENT = st.integers(0, 100)


def facts() -> st.SearchStrategy[Fact]:
    figures = st.builds(
        lambda least, more: Fact((), least, least + more, ("about that many",)),
        st.integers(0, 900),
        st.integers(0, 200),
    )
    named = st.builds(
        lambda name, source: Fact((name,), words=(name.title(),), source=source),
        st.sampled_from((*NAMES, "tobacco")),
        st.sampled_from(("said", "phone")),
    )
    return st.one_of(figures, named)


def knowns() -> st.SearchStrategy[Known]:
    """Any facts, true to their kind or not, and any events, before `now` and after it."""
    events = st.lists(
        st.builds(
            lambda kind, days: Event(kind, NOW - timedelta(days=days), "https://acorn.example/"),
            st.sampled_from(EVENTS),
            st.integers(-2, 400),
        ),
        max_size=6,
    )
    about = st.dictionaries(st.sampled_from((*TRAITS, *SIGNS)), st.lists(facts(), max_size=2).map(tuple), max_size=6)
    return st.builds(lambda facts, events: Known(facts, tuple(events), NOW), about, events)


def _wanted(about: str) -> st.SearchStrategy[object]:
    if about in ("size", "budget_range"):
        return st.sampled_from(["10-50", "100+", "under 20", "5 to 900"])
    return st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)


def conditions() -> st.SearchStrategy[dict[str, object]]:
    one = st.sampled_from((*TRAITS, *SIGNS)).flatmap(lambda about: _wanted(about).map(lambda wanted: {about: wanted}))
    return st.one_of(
        one.map(lambda w: {"when": w}), one.map(lambda w: {"unless": w}), one.map(lambda w: {"when": w, "unless": w})
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile that the checks let through; sometimes none."""
    data: dict[str, object] = {}
    for about in draw(st.lists(st.sampled_from(TRAITS), unique=True, max_size=5)):
        trait: dict[str, object] = {"weight": draw(st.integers(1, 40)), "fits": draw(_wanted(about))}
        if draw(st.booleans()):
            trait["disqualifies"] = "5000+" if about in FIGURES else ["tobacco", "us"]
        data[about] = trait
    return profile_from(data)


@st.composite
def whole_rubrics(draw: st.DrawFn) -> Rubric:
    """Any rubric with any of its optional parts."""
    plain = draw(rubrics())
    names = CRITERIA[plain.framework]
    data: dict[str, object] = {
        "version": plain.version,
        "points": {names[d]: dict(plain.points[d]) for d in DIMENSIONS},
        "thresholds": {"qualified": plain.qualified, "warm": plain.warm},
    }
    part = st.booleans()
    if draw(part):
        given = st.dictionaries(st.sampled_from((*SPECIFICITIES, *COMMITMENTS)), _POINTS, max_size=4)
        data["signals"] = draw(st.dictionaries(st.sampled_from(list(names.values())), given, max_size=4))
    if draw(part):
        worth = st.one_of(
            st.integers(0, 30), st.builds(lambda each, more: {"each": each, "most": each + more}, _UP, _UP)
        )
        data["behaviour"] = {"points": draw(st.dictionaries(st.sampled_from(EVENTS), worth, max_size=5))}
        if draw(part):
            data["behaviour"]["half_life"] = draw(st.integers(1, 60))  # type: ignore[index]
    if draw(part):
        data["caps"] = draw(st.dictionaries(st.sampled_from(("signals", "behaviour", "negatives")), _UP))
    for section, more in (("negatives", {"points": -7}), ("disqualifiers", {"reason": "They are not for us."})):
        if draw(part):
            rules = draw(st.lists(conditions(), max_size=2))
            data[section] = {f"rule_{n}": {**rule, **more} for n, rule in enumerate(rules)}
    if draw(part):
        data["fit"] = {"adds": draw(_UP)}
    if draw(part):
        rules = draw(st.lists(conditions(), max_size=2))
        limits = {"qualified": plain.qualified, "warm": draw(st.integers(0, plain.qualified - 1))}
        data["deals"] = {f"deal_{n}": {**rule, **limits} for n, rule in enumerate(rules)}
    if draw(part):
        fit, intent = sorted(draw(st.tuples(_PERCENT, _PERCENT))), sorted(draw(st.tuples(_PERCENT, _PERCENT)))
        data["handoff"] = {
            "strong_fit": fit[1],
            "moderate_fit": fit[0],
            "strong_intent": intent[1],
            "moderate_intent": intent[0],
            "enough": draw(st.lists(st.sampled_from(list(names.values())), unique=True, max_size=2)),
        }
    if draw(part):
        data["border"] = draw(st.integers(0, 15))
    return rubric_from(plain.framework, data)

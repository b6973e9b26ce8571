"""Each defect that was planted is found where it is, and nothing beside it; what is sound passes, however unusual."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError

from scoring.change import BY_POINTS
from scoring.lint import lint
from scoring.model import BANDS, CRITERIA, DIMENSIONS, Framework
from scoring.rubric import Rubric, RubricError, as_written, rubric_from
from tests.scoring.drawn import a_profile, a_rubric
from tests.scoring.generated import written_rubrics
from tests.scoring.lint.rubrics import PLANTED, REFUSED, SOUND, VOCABULARY, data, defect, profile_of
from tests.scoring.lint.shown import routes, scored, shown
from tests.scoring.test_always import PRESETS, SHIPPED

PLAYBOOK = YAML(typ="safe", pure=True).load(PRESETS.parents[1] / "playbook" / "rubric.yml")
some = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))  # each scores 750 leads
REFUSALS = r"duplicate key|whole number|unknown band|below qualified"
JUDGED = [path for path in PLANTED if defect(path)[0] != REFUSED]


def by_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", JUDGED, ids=by_name)
def test_a_planted_defect_is_found_where_it_is_and_nothing_else(path: Path) -> None:
    code, places = defect(path)
    rubric = as_written("bant", data(path))
    found = lint(rubric, profile_of(path), VOCABULARY)
    assert [(finding.code, finding.key) for finding in found] == [(code, place) for place in places]
    for finding in found:
        shown(finding, rubric, profile_of(path))


def test_a_name_that_no_lead_has_is_mended_by_the_nearest_that_one_has() -> None:
    names = {path.stem: lint(as_written("bant", data(path)), profile_of(path), VOCABULARY)[0] for path in JUDGED
             if defect(path)[0] == "unknown_name"}  # fmt: skip
    assert {stem.partition("-")[2]: finding.message for stem, finding in names.items()} == {
        "a_country_in_words": "'germany' is no name that a lead can have: did you mean de?",
        "a_slip_of_the_finger": "'leagl' is no name that a lead can have: did you mean legal?",
        "a_word_for_it": "'solicitors' is no name that a lead can have: did you mean legal?",
        "families_of_titles_have_no_plural": "'owners' is no name that a lead can have: did you mean owner?",
        "no_kind_of_mail": "'gmail' is no name that a lead can have: use one of business, free, disposable",
    }


@pytest.mark.parametrize("path", [p for p in PLANTED if p not in JUDGED], ids=by_name)
def test_what_no_rubric_can_be_made_of_is_refused(path: Path) -> None:
    with pytest.raises((RubricError, DuplicateKeyError), match=REFUSALS):
        rubric_from("bant", data(path))


@pytest.mark.parametrize("path", SOUND, ids=by_name)
def test_a_sound_rubric_passes_however_unusual(path: Path) -> None:
    assert lint(rubric_from("bant", data(path)), profile_of(path), VOCABULARY) == ()


@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.yml")), ids=by_name)
def test_the_presets_pass(path: Path) -> None:
    written = YAML(typ="safe", pure=True).load(path)
    assert lint(rubric_from("champ" if "money" in written["points"] else "bant", written)) == ()


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_playbook_that_ships_passes(name: Framework) -> None:
    assert lint(rubric_from(name, PLAYBOOK[name])) == ()


@some
@given(written_rubrics())
def test_every_finding_is_shown_by_its_leads(rubric: Rubric) -> None:
    for finding in lint(rubric):
        shown(finding, rubric)


def test_every_finding_on_sixty_rubrics_with_all_their_parts_is_shown_by_its_leads() -> None:
    _all_shown(Random(7), 60)


@pytest.mark.exhaustive
def test_every_finding_on_a_thousand_rubrics_with_all_their_parts_is_shown_by_its_leads() -> None:
    _all_shown(Random(70), 1_000)


def _all_shown(lots: Random, many: int) -> None:
    for number in range(many):
        rubric, profile = a_rubric(lots, in_order=number % 2 == 0), a_profile(lots)
        for finding in lint(rubric, profile):
            shown(finding, rubric, profile)


@some
@given(written_rubrics())
def test_a_rubric_is_refused_just_where_the_linter_has_a_fault(rubric: Rubric) -> None:
    points = {CRITERIA[rubric.framework][dimension]: bands for dimension, bands in rubric.points.items()}
    thresholds = {"qualified": rubric.qualified, "warm": rubric.warm}
    faults = [finding for finding in lint(rubric) if finding.severity == "fault"]
    written = {"version": rubric.version, "points": points, "thresholds": thresholds}
    if faults:
        with pytest.raises(RubricError) as refused:
            rubric_from(rubric.framework, written)
        assert refused.value.key in [finding.key for finding in faults]
    else:
        assert rubric_from(rubric.framework, written) == rubric


@some
@given(written_rubrics(in_order=True))
def test_a_rubric_without_findings_keeps_every_promise(rubric: Rubric) -> None:
    assume(not lint(rubric))
    assert routes(rubric) == set(BY_POINTS)
    for dimension in DIMENSIONS:
        points = rubric.points[dimension]
        assert list(points.values()) == sorted(points.values(), reverse=True)
        for band in BANDS[dimension]:
            assert scored(rubric, {dimension: band})[0] >= scored(rubric, {})[0]
    best = {dimension: BANDS[dimension][0] for dimension in DIMENSIONS}
    poorest = {dimension: BANDS[dimension][-1] for dimension in DIMENSIONS}
    assert scored(rubric, best)[1] == "book"
    assert scored(rubric, poorest)[1] != "book"
    assert scored(rubric, {})[1] == "nurture_cold"


@some
@given(written_rubrics())
def test_a_better_answer_that_lowers_a_total_is_always_found(rubric: Rubric) -> None:
    out_of_order = {
        dimension
        for dimension, points in rubric.points.items()
        if list(points.values()) != sorted(points.values(), reverse=True)
    }
    found = [finding for finding in lint(rubric) if finding.code == "better_worth_less"]
    criteria = {name: dimension for dimension, name in CRITERIA[rubric.framework].items()}
    assert {criteria[finding.key[1]] for finding in found} == out_of_order

"""A rubric is checked when it is built, and an error names the key and the mend."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scoring.rubric import RubricError, rubric_from

GOOD: dict[str, Any] = {
    "version": 1,
    "points": {
        "budget": {"approved_amount": 30, "approved": 22, "amount": 16, "exploring": 10, "none": 0},
        "authority": {"final": 25, "shared": 20, "influence": 15, "none": 5},
        "need": {"quantified": 25, "specific": 18, "general": 8, "curious": 2},
        "timeline": {"within_60_days": 20, "within_120_days": 12, "within_year": 6, "someday": 3},
    },
    "thresholds": {"qualified": 75, "warm": 40},
}


def changed(*path: str, to: Any) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    place = data
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return data


def test_the_good_one_is_built() -> None:
    rubric = rubric_from("bant", GOOD)
    assert rubric.name == "bant@1"
    assert rubric.most == 100


@pytest.mark.parametrize(
    ("path", "to", "key", "says"),
    [
        (("version",), None, (), "'version' is missing"),
        (("version",), 0, ("version",), "1 or more"),
        (("version",), True, ("version",), "whole number"),
        (("extra",), 1, ("extra",), "unknown key"),
        (("points", "budget", "aproved"), 5, ("points", "budget", "aproved"), "unknown band"),
        (("points", "budget", "none"), None, ("points", "budget"), "'none' is missing"),
        (("points", "need", "curious"), -1, ("points", "need", "curious"), "0 or more"),
        (("points", "need", "curious"), 2.5, ("points", "need", "curious"), "whole number"),
        (("points", "need", "curious"), "2", ("points", "need", "curious"), "whole number"),
        (("points", "need"), [1, 2], ("points", "need"), "names with values"),
        (("points", "money"), {}, ("points", "money"), "unknown criterion"),
        (("thresholds", "hot"), 90, ("thresholds", "hot"), "unknown threshold"),
        (("thresholds", "warm"), 75, ("thresholds", "warm"), "below qualified"),
        (("thresholds", "qualified"), 101, ("thresholds", "qualified"), "never be reached"),
        (("thresholds",), None, (), "'thresholds' is missing"),
    ],
)
def test_a_faulty_one_is_refused_with_the_key_and_the_mend(
    path: tuple[str, ...], to: Any, key: tuple[str, ...], says: str
) -> None:
    with pytest.raises(RubricError, match=says) as caught:
        rubric_from("bant", changed(*path, to=to))
    assert caught.value.key == key


def test_the_criteria_of_the_other_framework_are_refused() -> None:
    with pytest.raises(RubricError, match="champ has challenges, authority, money, prioritization"):
        rubric_from("champ", GOOD)

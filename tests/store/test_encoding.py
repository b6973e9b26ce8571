from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal, Union

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banter.leads.model import Lead
from banter.store.encoding import lead_from_json, lead_to_json
from banter.store.types import to_json
from scoring.model import Answer, Money, Timing
from tests.store.values import NOW, lead

TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8)


def generated(kind: Any) -> st.SearchStrategy[Any]:
    """Anything of this type, every field filled."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXT,
        int: st.integers(-(2**40), 2**40),
        bool: st.booleans(),
        float: st.floats(allow_nan=False, allow_infinity=False),
        date: st.dates(),
        type(None): st.none(),
        datetime: st.datetimes(
            min_value=datetime(1, 1, 2),
            max_value=datetime(9999, 12, 30),
            timezones=st.sampled_from([timezone.utc, timezone(timedelta(hours=5, minutes=45))]),
        ),
    }
    if kind in simple:
        return simple[kind]
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(generated, inner))
    if origin is tuple:
        return st.lists(generated(inner[0]), max_size=2).map(tuple)
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return st.dictionaries(generated(inner[0]), generated(inner[1]), max_size=2)
    assert is_dataclass(kind), kind
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{f.name: generated(hints[f.name]) for f in fields(kind)})


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(generated(Lead))
def test_any_lead_comes_back_as_it_was(given_lead: Lead) -> None:
    assert lead_from_json(json.loads(to_json(lead_to_json(given_lead)))) == given_lead


@pytest.mark.parametrize("value", [Money(15000.0, None, "USD", "year"), Timing(30, date(2026, 12, 21)), None])
def test_money_and_time_are_told_apart(value: Money | Timing | None) -> None:
    answer = Answer("budget", "amount", "precise", "intending", "15k", value=value)
    back = lead_from_json(lead_to_json(lead(answers={"budget": answer})))
    assert back.answers["budget"].value == value
    assert type(back.answers["budget"].value) is type(value)


def test_what_a_newer_version_wrote_besides_is_passed_over() -> None:
    data = lead_to_json(lead())
    data["mood"] = "sunny"
    data["contact"]["fax"] = "1"
    assert lead_from_json(data) == lead()


def test_what_an_older_version_did_not_write_takes_its_default() -> None:
    data = lead_to_json(lead())
    del data["slot_declined"], data["contact"]["company"]
    assert lead_from_json(data) == lead()


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        lead_to_json(lead(created_at=NOW.replace(tzinfo=None)))


def test_a_number_that_json_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="Not storable as JSON"):
        to_json({"min": float("nan")})


def test_a_typed_backslash_u0000_is_text_and_no_nul() -> None:
    assert json.loads(to_json({"text": "\\u0000"})) == {"text": "\\u0000"}
    with pytest.raises(ValueError, match=r"NUL \(U\+0000, at character 2\)"):
        to_json({"deep": [{"text": "ab\0"}]})

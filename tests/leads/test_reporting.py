"""Events that programs tell are taken whole or not at all, and what is wrong is named."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.leads.behaviour import KINDS, MOST_AT_ONCE, OWN, OWNERS
from banter.leads.reporting import Wrong, reported

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
PAGE = "https://acorn.example/pricing"


def told(**changes: object) -> dict[str, object]:
    return {"id": "1", "kind": "page", "page": PAGE, **changes}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_tells_what_a_page_can_know(kind: str) -> None:
    (seen,) = reported([told(kind=kind, ago=60)], NOW, by_owner=False)
    assert (seen.kind, seen.page, seen.at, seen.key) == (kind, PAGE, NOW - timedelta(seconds=60), "1")


@pytest.mark.parametrize("kind", OWNERS)
def test_what_only_the_owners_systems_know_no_page_can_tell(kind: str) -> None:
    with pytest.raises(Wrong) as wrong:
        reported([told(), told(id="2", kind=kind)], NOW, by_owner=False)
    assert (wrong.value.where, wrong.value.owners) == ("events[1].kind", True)
    (seen,) = reported([{"id": "2", "kind": kind, "name": "Export"}], NOW, by_owner=True)
    assert (seen.kind, seen.page, seen.name) == (kind, "", "Export")


def test_a_browser_cannot_take_the_owners_ids_beforehand() -> None:
    (owners,) = reported([told()], NOW, by_owner=True)
    (theirs,) = reported([told()], NOW, by_owner=False)
    assert owners.key != theirs.key
    assert OWN in owners.key
    with pytest.raises(Wrong):
        reported([told(id=owners.key)], NOW, by_owner=False)


def test_rubrics_say_demo_request_and_so_may_programs() -> None:
    assert [seen.kind for seen in reported([told(kind="demo_request")], NOW, by_owner=False)] == ["demo"]


def test_the_owners_systems_say_when_by_the_clock() -> None:
    def at(text: str) -> datetime:
        return reported([{"id": "1", "kind": "trial_started", "at": text}], NOW, by_owner=True)[0].at

    assert at("2026-11-20T09:00:00Z") == datetime(2026, 11, 20, 9, tzinfo=timezone.utc)
    assert at("2026-11-20T09:00:00+02:00") == datetime(2026, 11, 20, 7, tzinfo=timezone.utc)
    assert at("2026-11-22T12:03:00Z") == NOW  # a clock that is a little ahead
    assert reported([told(at="2020-01-01T00:00:00Z")], NOW, by_owner=False)[0].at == NOW


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"id": ""}, "id"),
        ({"id": "a b"}, "id"),
        ({"id": "x" * 65}, "id"),
        ({"id": 5}, "id"),
        ({"kind": "hot_lead"}, "kind"),
        ({"kind": "pricing_page"}, "kind"),
        ({"kind": "return"}, "kind"),
        ({"kind": ["page"]}, "kind"),
        ({"page": None}, "page"),
        ({"page": "javascript:alert(1)"}, "page"),
        ({"page": "https://acorn.example/" + "x" * 500}, "page"),
        ({"ago": -1}, "ago"),
        ({"ago": 1e12}, "ago"),
        ({"ago": float("nan")}, "ago"),
        ({"ago": True}, "ago"),
        ({"ago": "60"}, "ago"),
        ({"kind": "feature_used", "name": ""}, "name"),
        ({"kind": "feature_used", "name": "x" * 101}, "name"),
        ({"kind": "feature_used", "name": "a\x00b"}, "name"),
        ({"kind": "feature_used", "page": "no address"}, "page"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2027-01-01T00:00:00Z"}, "at"),
        ({"at": 5}, "at"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(wrong: dict[str, object], where: str) -> None:
    with pytest.raises(Wrong) as found:
        reported([told(), {**told(id="2"), **wrong}], NOW, by_owner=True)
    assert found.value.where == f"events[1].{where}"


@pytest.mark.parametrize("events", [[], [told(id=str(n)) for n in range(MOST_AT_ONCE + 1)]])
def test_there_are_some_and_not_too_many(events: list[object]) -> None:
    with pytest.raises(Wrong) as found:
        reported(events, NOW, by_owner=False)
    assert found.value.where == "events"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = ("id", "kind", "page", "ago", "at", "name", "referrer", "campaign")


@given(st.lists(_JSON | st.fixed_dictionaries(dict.fromkeys(_FIELDS, _JSON)), max_size=4), st.booleans())
def test_anything_at_all_is_taken_or_named(anything: list[object], by_owner: bool) -> None:
    with suppress(Wrong):
        reported(anything, NOW, by_owner=by_owner)

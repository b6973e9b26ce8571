"""Where the playbook wants consent first, nothing is stored without it, and what was agreed to is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from banter.leads.consent import key_of
from banter.leads.playbook import Widget
from tests.channels.house import NOON, House, a_house

WIDGET = Widget(consent=True, consent_text={"en": "May we keep it?", "de": "Dürfen wir es speichern?"})
ENGLISH, GERMAN = (version for _, version, _ in WIDGET.wordings())


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[House]:
    house = a_house(tmp_path, widget=WIDGET)
    with house.client:
        yield house
    house.store.close()


def kept(house: House, conversation: str) -> list[tuple[str, str, str]]:
    with house.store.begin(readonly=True) as tx:
        lines = tx.consents.of(key_of("web", conversation, house.settings.secret))
    assert all(
        (line.address, line.at, line.kind, line.channel) == (conversation, NOON, "kept", "web") for line in lines
    )
    return [(line.words, line.source, line.address or "") for line in lines]


@pytest.mark.parametrize("body", [{}, {"consent": None}, {"consent": "of-another-day"}, {"consent": ""}])
def test_without_consent_nothing_begins_and_nothing_is_stored(asking: House, body: dict[str, str | None]) -> None:
    seen = [{"id": "1", "kind": "visit", "page": "https://acorn.example/", "ago": 0}]
    answer = asking.client.post("/api/conversations", json={**body, "seen": seen})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "consent_required"
    with asking.store.begin(readonly=True) as tx:
        for table in ("conversations", "inbox", "behaviour", "consents", "leads"):
            assert tx.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0


def test_who_agreed_to_what_is_recorded_in_the_words_they_saw(asking: House) -> None:
    conversation, _ = asking.begin(consent=GERMAN)
    assert kept(asking, conversation) == [("Dürfen wir es speichern?", f"widget, text {GERMAN}", conversation)]


def test_the_words_are_ours_whatever_is_sent(asking: House) -> None:
    conversation, _ = asking.begin(consent=ENGLISH, words="anything else", consent_text="no")
    assert kept(asking, conversation)[0][0] == "May we keep it?"


def test_where_it_is_not_wanted_it_is_recorded_all_the_same_and_never_asked_for(tmp_path: Path) -> None:
    house = a_house(tmp_path, widget=Widget(consent_text=WIDGET.consent_text))
    with house.client:
        given, _ = house.begin(consent=ENGLISH)
        none, _ = house.begin()
        unknown, _ = house.begin(consent="of-another-day")
        assert [len(kept(house, one)) for one in (given, none, unknown)] == [1, 0, 0]
    house.store.close()

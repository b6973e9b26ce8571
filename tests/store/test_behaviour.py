"""What visitors looked at: kept once by its key, in order, and never more than there is room for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from banter.leads.behaviour import MOST, Seen
from banter.store.conversations import Conversation
from banter.store.database import SqlStore

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
PAGE = "https://acorn.example/preise-für-alle"


def seen(key: str, minutes_ago: int = 0) -> Seen:
    at = NOON - timedelta(minutes=minutes_ago)
    return Seen(key, "visit", PAGE, at, "https://news.example/", {"utm_source": "bücher"})


def begin(store: SqlStore, conversation: str) -> None:
    with store.begin() as tx:
        tx.conversations.create(Conversation(conversation, "web", "en", "UTC", None, None, NOON))


def test_it_comes_back_as_it_was_oldest_first(store: SqlStore) -> None:
    begin(store, "c_1")
    with store.begin() as tx:
        tx.behaviour.add("c_1", [seen("later"), seen("sooner", 5)])
        tx.behaviour.add("c_1", [seen("later", 30)])  # told again: it stays as it is
    with store.begin(readonly=True) as tx:
        assert tx.behaviour.of_conversation("c_1") == [seen("sooner", 5), seen("later")]
        assert tx.behaviour.of_conversation("c_2") == []


def test_there_is_an_end_to_it(store: SqlStore) -> None:
    begin(store, "c_1")
    with store.begin() as tx:
        for turn in range(5):
            tx.behaviour.add("c_1", [seen(f"{turn}-{n}") for n in range(50)])
    with store.begin(readonly=True) as tx:
        kept = tx.behaviour.of_conversation("c_1")
    assert len(kept) == MOST
    assert kept[0].key == "0-0"

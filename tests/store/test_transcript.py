from __future__ import annotations

from banter.leads.model import Message
from banter.leads.ports import Store
from banter.store.database import SqlStore
from tests.store.values import NOW, conversation, message


def test_a_transcript_keeps_its_order_whatever_the_clock_says(any_store: Store) -> None:
    lines = [message(f"m_{n}", text) for n, text in enumerate(["one", "two", "<b>three</b>", "four 🙂"])]
    with any_store.begin() as tx:
        for line in lines:
            tx.transcript.add(line)
        tx.transcript.add(message("m_9", conversation="c_2"))
        assert list(tx.transcript.of_conversation("c_1")) == lines
        assert len(tx.transcript.of_conversation("c_3")) == 0


def test_buttons_come_back(any_store: Store) -> None:
    line = Message("m_1", "c_1", "bot", "Which?", NOW, (("Tomorrow 10:00", "1"), ("None", "0")))
    with any_store.begin() as tx:
        tx.transcript.add(line)
        assert list(tx.transcript.of_conversation("c_1")) == [line]


def test_only_what_came_after_a_message(any_store: Store) -> None:
    with any_store.begin() as tx:
        for name in "abc":
            tx.transcript.add(message(name))
        tx.transcript.add(message("z", conversation="c_2"))

        def after(name: str) -> list[str]:
            return [line.id for line in tx.transcript.of_conversation("c_1", after=name)]

        assert after("a") == ["b", "c"]
        assert after("c") == []
        assert after("unknown") == after("z") == ["a", "b", "c"]


def test_the_answers_to_one_message_are_found_again(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.transcript.add(message("m_1", "hi", "visitor"), inbox=7)
        tx.transcript.add(message("m_2", "Hello"), inbox=7)
        tx.transcript.add(message("m_3", "What brings you here?"), inbox=7)
        tx.transcript.add(message("m_4", "Else"), inbox=8)
        assert [line.id for line in tx.transcript.of_inbox(7)] == ["m_2", "m_3"]
        assert [line.id for line in tx.transcript.of_inbox(7, sender="visitor")] == ["m_1"]
        assert tx.transcript.of_inbox(9) == []


def test_conversations_and_trackers_come_back(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.conversations.create(conversation())
        assert tx.trackers.load("c_1") is None
        tx.trackers.save("c_1", {"events": []})
        tx.trackers.save("c_1", {"events": [{"text": 'quote " and 🙂'}], "slots": {"x": None, "f": 0.1}})
    with store.begin() as tx:
        assert tx.conversations.get("c_1") == tx.conversations.lock("c_1") == conversation()
        assert tx.conversations.get("c_2") is tx.conversations.lock("c_2") is None
        assert tx.trackers.load("c_1") == {
            "events": [{"text": 'quote " and 🙂'}],
            "slots": {"x": None, "f": 0.1},
        }

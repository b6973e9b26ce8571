"""Where a conversation is reached."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from banter.store.database import SqlStore
from tests.store.values import conversation

NUMBER = "+15550100"


def test_whoever_writes_from_a_number_again_goes_on_in_their_conversation(store: SqlStore) -> None:
    by_sms = replace(conversation("c_sms"), channel="sms", address=NUMBER)
    with store.begin() as tx:
        assert tx.conversations.begin_at(by_sms) == by_sms
        assert tx.conversations.begin_at(replace(by_sms, id="c_other")) == by_sms
        assert tx.conversations.at("sms", NUMBER) == by_sms
        assert tx.conversations.at("slack", NUMBER) is None
        assert tx.conversations.at("sms", "+15550101") is None


def test_two_first_messages_at_once_begin_one_conversation(store: SqlStore) -> None:
    def begin(number: int) -> str:
        with store.begin() as tx:
            return tx.conversations.begin_at(replace(conversation(f"c_{number}"), channel="sms", address=NUMBER)).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(begin, range(8)))) == 1


def test_conversations_of_the_web_have_no_address_and_are_as_many_as_begin(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.conversations.create(conversation("c_1"))
        tx.conversations.create(conversation("c_2"))
        with pytest.raises(ValueError, match="without an address"):
            tx.conversations.begin_at(conversation("c_3"))

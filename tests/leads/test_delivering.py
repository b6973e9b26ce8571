"""What a channel is sent that fetches nothing itself."""

from __future__ import annotations

from datetime import datetime, timezone

from banter.leads.delivering import delivery, sent_as
from banter.leads.model import Message

SAID = Message("m_1", "c_1", "bot", "When?", datetime(2026, 11, 22, tzinfo=timezone.utc), (("Today, 9:00", "today"),))


def test_a_text_message_goes_to_the_number_once_whoever_asks_again() -> None:
    out = delivery(SAID, "sms", "+15550100")
    assert out is not None
    assert (out.key, out.kind, out.payload["to"], out.payload["text"]) == ("sms:m_1", "sms", "+15550100", "When?")
    assert out.payload["buttons"] == [["Today, 9:00", "today"]]
    assert out == delivery(SAID, "sms", "+15550100")


def test_what_the_bot_says_by_itself_is_marked_so_that_it_waits_for_the_morning() -> None:
    prompted, by_itself = delivery(SAID, "sms", "+15550100"), delivery(SAID, "sms", "+15550100", prompted=False)
    assert prompted is not None
    assert by_itself is not None
    assert (prompted.payload["prompted"], by_itself.payload["prompted"]) == (True, False)


def test_a_web_page_fetches_its_messages_and_nobody_is_written_to_without_an_address() -> None:
    assert delivery(SAID, "web", None) is None
    assert delivery(SAID, "sms", None) is None


def test_what_is_said_at_once_is_one_text_message_and_several_lines_elsewhere() -> None:
    thanks = Message("m_0", "c_1", "bot", "Thanks.", SAID.at)
    (together,) = sent_as([thanks, SAID], "sms")
    assert (together.id, together.text, together.buttons) == ("m_1", "Thanks.\nWhen?", SAID.buttons)
    assert list(sent_as([thanks, SAID], "slack")) == [thanks, SAID]
    assert list(sent_as([], "sms")) == []

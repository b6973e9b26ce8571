"""A press on a button of ours does what it says once, whoever presses it again, at once or late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from banter.channels.slack_signature import signed
from banter.leads.model import Disposition, Message, OutboxItem, Slot
from banter.services import OutboxAlerts
from banter.slack.as_text import as_text
from banter.slack.outgoing import after_turn
from banter.store.conversations import Conversation
from tests.channels.house import NOON
from tests.channels.slacking import ALERTS, REP, SECRET, TEAM, TEST, SlackHouse
from tests.slack.leads import NEED, a_lead, rules, saying

FORM = "application/x-www-form-urlencoded"
THREAD = f"{TEAM}/{TEST}/1795348800.000100"


def changes(slack: SlackHouse, key: str) -> list[OutboxItem]:
    return [item for item in slack.outbox() if item.payload.get("of") == key]


def asked(slack: SlackHouse) -> str:
    """A test conversation in which the bot offers two times; the id of that message."""
    slack.event("hello", ts="1795348800.000100")
    slack.settle()
    with slack.store.begin() as tx:
        begun = tx.conversations.at("slack", THREAD)
        assert begun is not None
        lead = tx.leads.of_conversation(begun.id)
        assert lead is not None
        tx.leads.save(replace(a_lead(test=True), id=lead.id, conversation=begun.id))
        tx.transcript.add(Message("m_0", begun.id, "visitor", NEED, NOON))
        tx.transcript.add(Message("m_1", begun.id, "bot", "When suits you?", NOON))
        buttons = [["Tomorrow, 9:00", "tomorrow at 9"], ["None of these", "none"]]
        said = {"to": THREAD, "text": "When suits you?", "buttons": buttons, "conversation": begun.id, "answers": True}
        tx.outbox.put("slack:m_1", "slack", said, due_at=NOON, lead=lead.id)
    return "m_1"


def told(slack: SlackHouse) -> str:
    """An alert of a hot lead; its id."""
    with slack.store.begin() as tx:
        tx.leads.save(a_lead())
        OutboxAlerts(tx, rules(), "https://chat.example").tell(a_lead(), "hot", slack.clock[0])
    return "l_1"


def test_a_visitors_button_is_a_message_and_is_gone_then(slack: SlackHouse) -> None:
    message = asked(slack)
    slack.press("say:0", f"{message}:0")
    assert slack.inbox()[-1] == ("message", "tomorrow at 9")
    [change] = changes(slack, "slack:m_1")
    shown = as_text(change.payload["blocks"])
    assert "[Tomorrow, 9:00]" not in shown
    assert f"@{REP} chose Tomorrow, 9:00" in shown
    assert "[What was understood]" in shown


def test_two_presses_in_a_hurry_are_one_and_a_thousand_repeats_none(slack: SlackHouse) -> None:
    message = asked(slack)
    before = len(slack.inbox())
    body = slack.press_body("say:0", f"{message}:0")
    headers = signed(SECRET, body, slack.clock[0])
    for _ in range(1_000):
        assert slack.post("/slack/interactivity", body, kind=FORM, headers=headers).status_code == 200
    slack.press("say:1", f"{message}:1")
    assert len(slack.inbox()) == before + 1
    assert len(changes(slack, "slack:m_1")) == 1


@pytest.mark.parametrize("value", ["", "m_1", "m_1:", "m_1:7", "m_1:-1", "m_1:²", "m_9:0", "l_1:0"])
def test_a_value_that_is_none_of_ours_does_nothing(slack: SlackHouse, value: str) -> None:
    asked(slack)
    before = len(slack.inbox())
    assert slack.press("say:0", value).status_code == 200
    assert slack.press("understood", value + "x").status_code == 200
    assert len(slack.inbox()) == before
    assert changes(slack, "slack:m_1") == []


def test_what_was_understood_stands_under_the_answer_and_the_buttons_stay(slack: SlackHouse) -> None:
    message = asked(slack)
    slack.press("understood", message)
    slack.press("understood", message)
    [change] = changes(slack, "slack:m_1")
    shown = as_text(change.payload["blocks"])
    assert "What was understood of “We lose ten hours a week re-typing invoices”" in shown
    assert "Need: a problem, with a measure of it" in shown
    assert "[Tomorrow, 9:00]  [None of these]" in shown
    slack.press("say:0", f"{message}:0")
    later = as_text(changes(slack, "slack:m_1")[-1].payload["blocks"])
    assert "Need: a problem" in later
    assert f"@{REP} chose" in later
    assert slack.woken


def test_a_hot_lead_is_told_to_the_teams_channel_with_what_a_rep_needs(slack: SlackHouse) -> None:
    told(slack)
    [alert] = [item for item in slack.outbox() if item.kind == "slack"]
    assert (alert.payload["to"], alert.lead) == (ALERTS, "l_1")
    shown = as_text(alert.payload["blocks"])
    assert "Qualified lead: 75 points" in shown
    assert "Robin · robin@acorn.example" in shown
    assert "• Budget: “we have $15K allocated” (30)" in shown
    assert "Call: no time chosen yet" in shown
    assert "To open with\nYou mentioned “We lose ten hours a week re-typing invoices”. What have" in shown
    assert "[Accept]  [Reject because … ▾ No budget" in shown
    assert "[Call back later]  [Open]" in shown
    assert shown.count("• ") == 3
    told(slack)
    assert len([item for item in slack.outbox() if item.kind == "slack"]) == 1


def test_who_accepts_is_shown_with_how_long_it_took_and_who_comes_second_is_told_so(slack: SlackHouse) -> None:
    lead = told(slack)
    slack.clock[0] += timedelta(seconds=42)
    slack.press("accept", lead, user="U1")
    [change] = changes(slack, "slack:alert:hot:l_1")
    shown = as_text(change.payload["blocks"])
    assert "Accepted by @U1 after 42 s" in shown
    assert "[Accept]" not in shown
    assert "[Open]" in shown
    slack.clock[0] += timedelta(minutes=3)
    slack.press("reject", f"{lead}:no_budget", user="U2")
    slack.press("accept", lead, user="U1")
    second, again = [item for item in slack.outbox() if "user" in item.payload]
    assert second.payload["user"] == "U2"
    assert second.payload["text"] == "<@U1> was first, 42 s after the alert: accepted. Nothing was changed."
    assert again.payload["text"] == "You did this already: accepted. Nothing was changed."
    assert len(changes(slack, "slack:alert:hot:l_1")) == 1
    with slack.store.begin(readonly=True) as tx:
        standing = tx.dispositions.of_lead(lead)
    assert standing == Disposition(lead, "accepted", "U1", NOON + timedelta(seconds=42), None, "robin")


def test_a_repeat_of_the_press_itself_says_nothing(slack: SlackHouse) -> None:
    lead = told(slack)
    for _ in range(5):
        slack.press("accept", lead, id="1.same")
    assert [item for item in slack.outbox() if "user" in item.payload] == []


def test_a_rejection_keeps_its_reason_and_takes_none_that_is_not_on_the_list(slack: SlackHouse) -> None:
    lead = told(slack)
    option: dict[str, Any] = {"type": "static_select"}
    slack.press("reject", "", **option, selected_option={"value": f"{lead}:because"})
    with slack.store.begin(readonly=True) as tx:
        assert tx.dispositions.of_lead(lead) is None
    slack.press("reject", "", **option, selected_option={"value": f"{lead}:poor_fit"})
    with slack.store.begin(readonly=True) as tx:
        assert tx.dispositions.of_lead(lead).reason == "poor_fit"  # type: ignore[union-attr]
    [change] = changes(slack, "slack:alert:hot:l_1")
    assert f"Rejected by @{REP} after 0 s: Not our kind of customer" in as_text(change.payload["blocks"])


def test_who_calls_back_later_can_still_be_overtaken(slack: SlackHouse) -> None:
    lead = told(slack)
    slack.press("later", lead, user="U1")
    slack.press("later", lead, user="U2")
    assert "[Accept]" in as_text(changes(slack, "slack:alert:hot:l_1")[-1].payload["blocks"])
    slack.press("accept", lead, user="U2")
    assert "Accepted by @U2" in as_text(changes(slack, "slack:alert:hot:l_1")[-1].payload["blocks"])
    assert [item.payload["user"] for item in slack.outbox() if "user" in item.payload] == ["U2"]


def test_a_lead_that_is_not_there_any_more_is_said_to_be_gone(slack: SlackHouse) -> None:
    slack.press("accept", "l_9")
    [item] = slack.outbox()
    assert "not there any more" in item.payload["text"]


def test_the_alert_shows_the_call_once_it_is_booked(slack: SlackHouse) -> None:
    told(slack)
    with slack.store.begin() as tx:
        slot = _slot()
        held = tx.calendar.hold("l_1", slot, buffer_minutes=10, until=NOON + timedelta(days=9), now=NOON)
        tx.calendar.confirm(held.id)
        conversation = _web_conversation()
        for _ in range(2):
            after_turn(tx, rules(), "https://chat.example", conversation, a_lead(), NOON)
    [change] = changes(slack, "slack:alert:hot:l_1")
    assert "Call: Tue 24 Nov 2026, 10:00 GMT with Ana" in as_text(change.payload["blocks"])


def test_a_time_that_was_only_held_and_given_back_is_no_cancelled_call(slack: SlackHouse) -> None:
    told(slack)
    with slack.store.begin() as tx:
        held = tx.calendar.hold("l_1", _slot(), buffer_minutes=10, until=NOON + timedelta(days=9), now=NOON)
        tx.calendar.cancel(held.id)
        after_turn(tx, rules(), "https://chat.example", _web_conversation(), a_lead(), NOON)
    assert changes(slack, "slack:alert:hot:l_1") == []


def test_the_alert_of_who_has_corrected_themselves_says_that_they_are_not_qualified_any_more(slack: SlackHouse) -> None:
    told(slack)
    with slack.store.begin() as tx:
        for lead in (saying("budget", band="none"), a_lead()):
            after_turn(tx, rules(), "https://chat.example", _web_conversation(), lead, NOON)
    first, second = changes(slack, "slack:alert:hot:l_1")
    assert first.payload["text"] == "Not qualified any more: 45 points"
    assert second.payload["text"] == "Qualified lead: 75 points"


def test_a_test_lead_is_told_to_nobody(slack: SlackHouse) -> None:
    with slack.store.begin() as tx:
        for kind in ("hot", "person", "callback", "support", "contact", "erase", "stopped"):
            OutboxAlerts(tx, rules(), "https://chat.example").tell(a_lead(test=True), kind, NOON)
    assert slack.outbox() == []


@pytest.mark.parametrize("kind", ["hot", "person", "callback", "support", "contact", "erase", "stopped"])
def test_each_kind_of_alert_has_its_words(slack: SlackHouse, kind: str) -> None:
    with slack.store.begin() as tx:
        OutboxAlerts(tx, rules(), "https://chat.example").tell(a_lead(aside="waiting"), kind, NOON)
    [alert] = [item for item in slack.outbox() if item.kind == "slack"]
    assert "waiting in the chat" in as_text(alert.payload["blocks"])
    assert alert.payload["text"]


def test_the_score_card_comes_once_when_a_test_conversation_is_through(slack: SlackHouse) -> None:
    asked(slack)
    with slack.store.begin() as tx:
        conversation = tx.conversations.at("slack", THREAD)
        assert conversation is not None
        lead = replace(a_lead(test=True), conversation=conversation.id)
        after_turn(tx, rules(), "", conversation, lead, NOON)
        for _ in range(2):
            after_turn(tx, rules(), "", conversation, replace(lead, status="booked"), NOON)
    [card] = [item for item in slack.outbox() if item.key.startswith("slack:card:")]
    assert card.payload["to"] == THREAD
    assert "What would have changed it" in as_text(card.payload["blocks"])


def _slot() -> Slot:
    begins = datetime(2026, 11, 24, 10, tzinfo=timezone.utc)
    return Slot(begins, begins + timedelta(minutes=30), "ana")


def _web_conversation() -> Conversation:
    return Conversation("c_1", "web", "en", "Europe/London", None, None, NOON)

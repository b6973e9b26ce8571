"""Whatever a lead has said, by whatever rubric: the card, the alert and what was understood can be written, and fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from banter.leads.model import STATUSES, Booking, Disposition
from banter.leads.qualify import qualify
from banter.leads.reading import Contact
from banter.slack.alert import alert_blocks, duration
from banter.slack.as_text import as_text
from banter.slack.card import card_blocks, understood_blocks
from banter.slack.words import WORDS
from scoring.model import Answer, Dimension
from scoring.rubric import Rubric
from tests.explaining.examples import explained_by
from tests.scoring.generated import leads, rubrics
from tests.slack.leads import NOW, a_lead, rules
from tests.worker.test_slack import within_the_documented_limits

TEXTS = st.one_of(st.text(max_size=50), st.sampled_from(["<!channel>", "x" * 2_000, "&" * 2_000, "word " * 400]))
hundreds = settings(max_examples=200, deadline=None)


def fits(blocks: list[dict[str, object]]) -> None:
    within_the_documented_limits({"text": "x", "blocks": blocks})
    assert as_text(blocks)


@hundreds
@given(leads(), rubrics(), TEXTS, st.sampled_from(STATUSES), st.sampled_from([None, "student", "territory"]))
def test_the_card_and_what_was_understood_can_always_be_written(
    answers: dict[Dimension, Answer], rubric: Rubric, text: str, status: str, disqualified: str | None
) -> None:
    answers = {dimension: replace(answer, text=text, evidence=()) for dimension, answer in answers.items()}
    playbook = rules()
    playbook = replace(
        playbook,
        rubrics={rubric.framework: rubric},
        conversation=replace(playbook.conversation, framework=rubric.framework),
    )
    lead = qualify(replace(a_lead(), answers=answers, status=status, disqualifier=disqualified), playbook)
    made = explained_by(lead, playbook)
    fits(card_blocks(made))
    fits(understood_blocks(lead, made, text))


@hundreds
@given(
    leads(),
    TEXTS,
    st.sampled_from(["hot", "person", "contact", "support", "callback", "erase"]),
    st.sampled_from([None, "held", "confirmed", "cancelled"]),
    st.sampled_from([None, "accepted", "rejected", "later"]),
    st.sampled_from([None, "unknown", *WORDS.reasons]),
)
def test_an_alert_can_always_be_written(
    answers: dict[Dimension, Answer], text: str, kind: str, booked: str | None, done: str | None, reason: str | None
) -> None:
    answers = {dimension: replace(answer, text=text) for dimension, answer in answers.items()}
    lead = replace(a_lead(answers=answers), contact=Contact(name=text, email=text, company=text))
    booking = Booking("b", "l_1", "gone", NOW, NOW, booked, "key") if booked else None
    disposition = Disposition("l_1", done, text, NOW + timedelta(seconds=5), reason, text) if done else None
    blocks = alert_blocks(
        lead,
        kind,
        rules(),
        booking=booking,
        disposition=disposition,
        told_at=NOW,
        now=NOW,
        url="https://chat.example/leads/l_1",
    )
    fits(blocks)
    assert "<!channel>" not in str(blocks)


@given(st.timedeltas())
def test_a_duration_can_always_be_said(time: timedelta) -> None:
    assert duration(time).partition(" ")[0].isdigit()


def test_durations_are_said_as_people_compare_them() -> None:
    spans = [timedelta(seconds=s) for s in (-3, 0, 42, 119, 120, 3_599, 7_199, 7_260, 48 * 3_600)]
    assert [duration(span) for span in spans] == [
        "0 s", "0 s", "42 s", "119 s", "2 min", "59 min", "119 min", "2 h 1 min", "2 days",
    ]  # fmt: skip

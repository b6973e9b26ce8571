"""Every example and ruling of docs/labels.md, read as an answer to its question."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.signals import read_answer
from scoring.model import Money, Timing

TODAY = date(2026, 11, 21)

EXAMPLES = [
    ("budget", "we have $15K allocated for H2", "approved_amount", "precise", "committed"),
    ("budget", "our CFO approved the request last month", "approved", "precise", "committed"),
    ("budget", "we were thinking around 10k a year", "amount", "precise", "intending"),
    ("budget", "haven't budgeted yet, but want to see options", "exploring", "some", "tentative"),
    ("budget", "no budget this year", "none", "precise", "negative"),
    ("budget", "I'd rather not share that", "declined", "vague", "negative"),
    ("budget", "allocated, but how much is private", "approved", "some", "committed"),
    ("budget", "20k, waiting for approval", "amount", "precise", "tentative"),
    ("budget", "call it 12k", "amount", "precise", "intending"),
    ("budget", "I reckon 8 grand", "amount", "precise", "intending"),
    ("budget", "maybe 8k", "amount", "precise", "tentative"),
    ("budget", "8k I guess", "amount", "precise", "tentative"),
    ("budget", "five figures", "amount", "some", "intending"),
    ("budget", "no budget", "none", "some", "negative"),
    ("budget", "it's not that we don't have budget", "exploring", "some", "tentative"),
    ("budget", "20k, sorry, 30k", "amount", "precise", "intending"),
    ("budget", "what does it cost? it depends on that", "exploring", "vague", "tentative"),
    ("budget", "a competitor of yours quoted us 20k", "unclear", "vague", "tentative"),
    ("budget", "our turnover is 3 million", "unclear", "vague", "tentative"),
    ("authority", "I'm the Finance Director, I have final approval", "final", "precise", "committed"),
    ("authority", "my co-founder and I decide together", "shared", "precise", "intending"),
    ("authority", "I report to the CFO who made this decision", "shared", "precise", "committed"),
    ("authority", "I'll recommend one and the VP signs", "influence", "precise", "intending"),
    ("authority", "I'd have to discuss with my manager and probably the CTO", "none", "precise", "tentative"),
    ("authority", "me", "final", "some", "committed"),
    ("authority", "they", "none", "some", "negative"),
    ("authority", "above my pay grade", "none", "some", "negative"),
    ("authority", "my boss", "none", "precise", "negative"),
    ("authority", "Karen", "none", "precise", "negative"),
    ("authority", "if it were up to me", "none", "some", "negative"),
    ("authority", "my wife holds the purse strings", "none", "precise", "negative"),
    ("authority", "CEO signs off anything over 5k", "none", "precise", "negative"),
    ("authority", "I run finance here, my signature", "final", "precise", "committed"),
    ("authority", "it has been delegated to me for good, I sign", "final", "precise", "committed"),
    ("need", "manual data entry eats 30 hours a week", "quantified", "precise", "intending"),
    (
        "need",
        "month-end close keeps failing because the spreadsheets don't reconcile",
        "specific",
        "precise",
        "intending",
    ),
    ("need", "we want to be more efficient", "general", "vague", "intending"),
    ("need", "not really sure, just looking at what's out there", "curious", "vague", "tentative"),
    ("need", "half our invoices are late", "quantified", "precise", "intending"),
    ("need", "every third order is wrong", "quantified", "precise", "intending"),
    (
        "need",
        "month end close takes my team 6 days and we still find errors afterwards",
        "quantified",
        "precise",
        "intending",
    ),
    ("need", "the audit is on 15 January and without clean books we are fined", "quantified", "precise", "committed"),
    ("need", "at my old company the invoices were always late", "unclear", "vague", "tentative"),
    ("need", "no problems, everything works", "curious", "vague", "negative"),
    ("timeline", "live by month-end", "within_60_days", "precise", "intending"),
    ("timeline", "in the next 3 to 4 months", "within_120_days", "precise", "intending"),
    ("timeline", "by the end of next summer", "within_year", "precise", "intending"),
    ("timeline", "sometime next year when we get around to it", "someday", "some", "tentative"),
    ("timeline", "no rush", "someday", "vague", "tentative"),
    ("timeline", "asap", "within_60_days", "some", "intending"),
    ("timeline", "yesterday", "within_60_days", "some", "intending"),
    ("timeline", "no plans", "someday", "some", "negative"),
    (
        "timeline",
        "must be live before our audit on the 15th of next month",
        "within_60_days",
        "precise",
        "committed",
    ),
    ("timeline", "hopefully in January", "within_120_days", "precise", "tentative"),
]


@pytest.mark.parametrize(("dimension", "text", "band", "specificity", "commitment"), EXAMPLES)
def test_the_examples_of_the_label_page_are_read_as_it_says(
    dimension: str, text: str, band: str, specificity: str, commitment: str
) -> None:
    answer = read_answer(dimension, text, today=TODAY)  # type: ignore[arg-type]
    assert (answer.band, answer.specificity, answer.commitment) == (band, specificity, commitment)


@pytest.mark.parametrize("dimension", ["budget", "authority", "need", "timeline"])
@pytest.mark.parametrize("text", ["skip", "pass", "nice try", "I'd rather not say", "none of your business"])
def test_a_refusal_is_declined_in_every_dimension(dimension: str, text: str) -> None:
    answer = read_answer(dimension, text, today=TODAY)  # type: ignore[arg-type]
    assert (answer.band, answer.specificity, answer.commitment) == ("declined", "vague", "negative")


@pytest.mark.parametrize("dimension", ["budget", "authority", "need", "timeline"])
@pytest.mark.parametrize("text", ["what do you mean by that?", "how much is it?", "", "   ", "👍"])
def test_a_question_back_or_nothing_at_all_is_unclear_without_evidence(dimension: str, text: str) -> None:
    answer = read_answer(dimension, text, today=TODAY)  # type: ignore[arg-type]
    assert (answer.band, answer.specificity, answer.commitment) == ("unclear", "vague", "tentative")
    assert answer.evidence == ()
    assert answer.value is None


UNASKED = [
    (
        "CFO here, 15k approved, live by 31 January",
        {"budget": "approved_amount", "authority": "final", "timeline": "within_120_days"},
    ),
    ("month end close takes my team 6 days and we still find errors afterwards", {"need": "quantified"}),
    ("how much is it?", {}),
    ("what do you mean by that?", {}),
    ("yeah the board signed off 20k for this", {"budget": "approved_amount"}),
    ("I run finance here, my signature", {"authority": "final"}),
    ("must be live before our audit on the 15th of next month", {"timeline": "within_60_days"}),
    ("tomorrow afternoon works", {}),
    ("hey there, saw your ad", {}),
    ("I'd like a demo please", {}),
    ("me", {}),
    ("yes", {}),
    ("30", {}),
]


@pytest.mark.parametrize(("text", "said"), UNASKED)
def test_unasked_only_explicit_words_count(text: str, said: dict[str, str]) -> None:
    found = {}
    for dimension in ("budget", "authority", "need", "timeline"):
        answer = read_answer(dimension, text, today=TODAY, asked=False)  # type: ignore[arg-type]
        if answer.said:
            found[dimension] = answer.band
    assert found == said


def test_values_say_amount_currency_period_and_day() -> None:
    assert read_answer("budget", "€2,000 a month", today=TODAY).value == Money(2000, 2000, "EUR", "month")
    assert read_answer("budget", "under 10k", today=TODAY).value == Money(None, 10000)
    assert read_answer("budget", "15k", today=TODAY, currency="CHF").value == Money(15000, 15000, "CHF")
    assert read_answer("timeline", "in 6 weeks", today=TODAY).value == Timing(42, date(2027, 1, 2))
    assert read_answer("timeline", "asap", today=TODAY).value == Timing(None)

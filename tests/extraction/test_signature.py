"""What stands under a mail that was pasted in is nobody's question and nobody's answer."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.reader import SpacyReader
from banter.extraction.signature import without_signature

BODY = "Hi, reconciling our bank accounts takes us 25 hours every month."
CARD = """Dana Reyes
Accounts Manager | Blue Harbour Ltd
Tel +44 20 7946 0321 | dana.reyes@example.com
Office hours Monday to Friday 9:00-17:00
Please stop and think before you print this e-mail. Unsubscribe: https://example.com/u
"""
READER = SpacyReader(day_first=True, currency="GBP", region="GB")


@pytest.mark.parametrize(
    "farewell",
    [
        "Best regards,",
        "Kind regards",
        "best wishes",
        "Regards,",
        "Yours sincerely,",
        "Mit freundlichen Grüßen",
        "--",
        "-- ",
        "Thanks,",
        "Many thanks",
        "Cheers,",
        "Best,",
        "Thanks in advance!",
        "BR",
    ],
)
def test_a_signature_is_left_out(farewell: str) -> None:
    assert without_signature(f"{BODY}\n\n{farewell}\n{CARD}").strip() == BODY


@pytest.mark.parametrize("last", ["Sent from my iPhone", "Sent from Outlook for Android", "Sent via webmail"])
def test_the_line_of_a_phone_is_left_out(last: str) -> None:
    assert without_signature(f"{BODY}\n\n{last}") == BODY


@pytest.mark.parametrize("farewell", ["Best regards,", "--", "Thanks,", "Kind regards", "Sincerely,"])
def test_of_a_pasted_mail_only_the_words_above_the_signature_count(farewell: str) -> None:
    text = f"{BODY}\n\n{farewell}\n{CARD}"
    reading = READER.read(text, open_question="need", known={}, today=date(2026, 11, 22), topic_hint=None)
    assert reading.topics == ()
    assert reading.found == ()
    assert "stop" not in reading.acts
    assert {name: answer.band for name, answer in reading.answers.items()} == {"need": "quantified"}
    assert reading.answers["need"].text == BODY
    assert reading.contact.email == "dana.reyes@example.com"
    assert reading.contact.phone == "+442079460321"


def test_a_postscript_counts() -> None:
    text = f"{BODY}\n\nBest regards,\n{CARD}PS: what does it cost?"
    reading = READER.read(text, open_question="need", known={}, today=date(2026, 11, 22), topic_hint=None)
    assert reading.topics == ("price",)
    assert len(without_signature(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "Thanks,\nand what does it cost?",
        "best regards to your team, we need it by May",
        "Thanks\nour close takes 6 days",
        "10k -- approved",
        "cheers",
        "the best is yet to come",
        "as regards the budget, 20k is approved",
        "with regards to the price: is it per user?",
        "Best regards",
        "our contract was sent from my boss to legal in March and still isn't signed, can you believe it",
        "",
        "\n\n--\n",
    ],
)
def test_what_only_resembles_a_signature_is_read(text: str) -> None:
    assert without_signature(text) == text

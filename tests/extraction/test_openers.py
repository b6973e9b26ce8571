"""The first message of a conversation, sorted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from banter.extraction.openers import read_opener

DATA = Path(__file__).parents[2] / "corpus" / "train" / "openers" / "first.jsonl"
ROWS = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hi, what does it cost?", "sales"),
        ("hey there, saw your ad", "other"),
        ("your demo form gives an error, I want to book one", "sales"),
        ("my trial ends tomorrow and I'd like to pay", "sales"),
        ("we are a customer, what does an upgrade cost?", "sales"),
        ("the invoice you sent is wrong", "support"),
        ("cancel my subscription", "support"),
        ("I'm a student, how much is it?", "research"),
        ("journalist here, writing an article about chatbots", "research"),
        ("does it work with QuickBooks?", "research"),
        ("we offer SEO services, what do you pay per lead?", "other"),
        ("are you hiring?", "other"),
        ("we paid twice, please give one back", "support"),
        ("you told us the bug would be fixed", "support"),
        ("I teach a class on digital business and would like to use you as an example", "research"),
        ("hey got told u sort out web leads for roofers, whats the damage", "sales"),
        ("how old are you", "other"),
        ("", "other"),
        ("🙂", "other"),
    ],
)
def test_openers_at_the_borders(text, intent):
    assert read_opener(text) == intent


def test_openers_written_by_others_stay_right():
    assert sum(read_opener(row["text"]) == row["intent"] for row in ROWS) / len(ROWS) >= 0.95

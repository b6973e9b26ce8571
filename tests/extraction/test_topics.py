"""What a visitor asks."""

from __future__ import annotations

import pytest

from banter.extraction.disqualify import find_disqualifier
from banter.extraction.topics import parts, rules, topic_of


def topics(text, **names):
    return [topic for part in parts(text) if (topic := topic_of(part, **names))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how much is it?", ["price"]),
        ("what's the damage", ["price"]),
        ("pricing?", ["price"]),
        ("are you a bot / real person / AI?", ["bot"]),
        ("why do you ask", ["why"]),
        ("why do you need that", ["why"]),
        ("what do you mean by that?", ["meaning"]),
        ("like what?", ["meaning"]),
        ("not sure I understand", ["meaning"]),
        ("what do you do with my data", ["privacy"]),
        ("gdpr?", ["privacy"]),
        ("how does it work", ["how_it_works"]),
        ("who are you guys", ["company"]),
        ("how do you compare to Drift", ["competitors"]),
        ("when are you open", ["hours"]),
        ("can I talk to a human", ["person"]),
        ("call me", ["person"]),
        ("do you integrate with QuickBooks?", ["unknown"]),
        ("What does it cost? And is my data safe?", ["price", "privacy"]),
        ("maybe 10k?", []),
        ("end of month?", []),
        ("next spring?", []),
        ("who else? just me", []),
        ("what we need is a faster close", []),
        ("when we close the month it breaks", []),
    ],
)
def test_questions_are_named(text, found):
    assert topics(text) == found


def test_parts_stand_where_they_say_in_the_message():
    text = "yeah the board signed off 20k, what does it cost though? Why do you ask?"
    cut = parts(text)
    assert [text[part.start : part.end] for part in cut] == [part.text for part in cut]
    assert len(cut) == 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm a student", "student"),
        ("this is for my thesis", "student"),
        ("are you hiring?", "job_seeker"),
        ("we offer SEO services and would like to work with you", "vendor"),
        ("I work for a competitor", "competitor"),
        ("we sell to students", None),
        ("our vendor failed us", None),
        ("our students need a booking system", None),
        ("we're losing deals to a competitor", None),
        ("we're hiring 10 people next year", None),
        ("I run a recruitment agency and we need lead qualification", None),
    ],
)
def test_only_what_is_said_of_oneself_disqualifies(text, kind):
    assert find_disqualifier(text) == kind


@pytest.mark.parametrize("name", ["topics", "topics_forms", "acts", "openers", "disqualifiers", "chat"])
def test_every_phrase_can_be_read(name):
    assert all(
        rule.phrase.search(" ⟨ ⟩ ") is None or name == "openers" for rule in rules(f"{name}.jsonl") if rule.needs
    )

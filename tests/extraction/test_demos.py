"""Who asks to be shown the product, and who only speaks of a demo."""

from __future__ import annotations

import pytest

from banter.extraction.requests import asks_for_demo


@pytest.mark.parametrize(
    "text",
    [
        "Can I get a demo?",
        "could we see a demo please",
        "I'd like a demo",
        "I would like to book a demo for my team",
        "we want a live demo",
        "interested in a demo",
        "demo please",
        "Hi, do you offer a demo?",
        "do you do demos",
        "is there a demo?",
        "how do I book a demo?",
        "Can you show us the product?",
        "could somebody walk me through it?",
        "show me what it can do",
        "I'd love to see it in action",
        "We lose ten hours a week. Can you give us a quick demo next week?",
        "please set up a 30 minute demo",
        "A product tour would be great",
        "I want to request a demonstration",
        "would it be possible to get a walkthrough?",
    ],
)
def test_a_demo_is_asked_for(text: str) -> None:
    assert asks_for_demo(text)


@pytest.mark.parametrize(
    "text",
    [
        "I don't want a demo",
        "no demo needed, just the price",
        "we saw a demo of another tool last month",
        "I need to demo this to my boss first",
        "we had a demo from Xero",
        "after the demo we were not convinced",
        "not ready for a demo",
        "can you show me the price?",
        "my boss wants to see the numbers",
        "how long is the demo?",
        "do you have a demo video?",
        "we never got a demo",
        "the demo account is empty",
        "I don't see how it works",
        "show me the door",
        "we want to see it through this year",
        "hello",
        "",
    ],
)
def test_a_demo_is_only_spoken_of(text: str) -> None:
    assert not asks_for_demo(text)

"""Whom and what an answer mentions, as the bot says it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.extraction.mentions import find_mentions


@pytest.mark.parametrize(
    ("text", "approver"),
    [
        ("our CFO approved the request last month", "your CFO"),
        ("yes, the board has signed it off", "the board"),
        ("Karen okayed it", "Karen"),
        ("the request was approved by our managing director", "your managing director"),
        ("our chief financial officer has approved a budget", "your chief financial officer"),
        ("finance signed off", "finance"),
        ("my boss gave the green light", "your boss"),
        ("it's approved", None),
        ("Approved already", None),
        ("approved, my sister in law works there", None),
        ("my manager and the CTO have both approved it", "your manager and the CTO"),
    ],
)
def test_who_released_the_money_is_named_as_the_visitor_did(text: str, approver: str | None) -> None:
    assert find_mentions(text).approver == approver


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("I'd have to discuss with my manager", "your manager"),
        ("Karen decides", "Karen"),
        ("I'll recommend one and the VP signs", "the VP"),
        ("the practice manager has to agree", "the practice manager"),
        ("my two partners", "your two partners"),
        ("my manager and probably the CTO", None),
        ("someone else decides", None),
        ("above my pay grade", None),
        ("I'm the owner", None),
    ],
)
def test_the_one_other_person_is_named_as_the_visitor_did(text: str, person: str | None) -> None:
    assert find_mentions(text).person == person


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("after the audit", "after the audit"),
        ("we're waiting, once the new ERP is in and we can breathe", "once the new ERP is in"),
        ("when our contract with Sage runs out", "when our contract with Sage runs out"),
        ("sometime after we move offices but no date yet", "after we move offices"),
        ("when we get around to it", None),
        ("once we're ready", None),
        ("as soon as possible", None),
        ("no rush", None),
        ("after https://example.com/x", None),
    ],
)
def test_what_they_wait_for_is_said_back_in_their_words(text: str, event: str | None) -> None:
    assert find_mentions(text).event == event


@given(st.text(max_size=300) | st.text('after once my CFO approved the board {}<>/:"\n', max_size=300))
def test_what_is_said_back_is_short_and_holds_no_signs(text: str) -> None:
    found = find_mentions(text)
    for words in (found.person, found.approver, found.event):
        assert words is None or (len(words) <= 70 and not set(words) & set('{}<>/:"\n\t@'))


@pytest.mark.parametrize(
    "text",
    [
        "we had about 15k in mind but it isn't signed off",
        "we could do 15k, no sign-off so far",
        "15k, nothing official",
        "it's 15k, not agreed with anybody yet",
        "15k if my boss likes it",
        "15k, that's just my own estimate",
    ],
)
def test_money_that_nobody_has_agreed_to_is_known_as_such(text: str) -> None:
    assert find_mentions(text).unapproved


@pytest.mark.parametrize("text", ["about 15k", "15k approved", "15k, my boss said yes", "the 15k was agreed in May"])
def test_a_figure_alone_or_agreed_waits_for_nobody(text: str) -> None:
    assert not find_mentions(text).unapproved

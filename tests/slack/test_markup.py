"""Slack's markup is read as what was typed, and what was typed is shown as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.slack.blocks import MOST_TEXT, cut
from banter.slack.markup import escaped, linked, plain, shortened


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hello", "hello"),
        ("<@U0BOT> hello", "hello"),
        ("ask <@U1|robin> please", "ask @robin please"),
        ("see <https://acorn.example/a?b=1&amp;c=2|our page>", "see our page"),
        ("see <https://acorn.example/a?b=1&amp;c=2>", "see https://acorn.example/a?b=1&c=2"),
        ("<mailto:a@acorn.example|a@acorn.example>", "a@acorn.example"),
        ("<tel:+15550100|+1 555 0100>", "+1 555 0100"),
        ("in <#C1|general> and <#C2>", "in #general and"),
        ("<!here> <!subteam^S1|@sales> <!date^1392734382^{date}|18 Feb>", "@here @sales 18 Feb"),
        ("*15k* _approved_ ~not~ `now`", "15k approved not now"),
        ("*_both_*", "both"),
        ("2*3*4 and snake_case_name and a * b * c", "2*3*4 and snake_case_name and a * b * c"),
        ("R&amp;D &lt; 5 &amp;lt; 6", "R&D < 5 &lt; 6"),
        ("&gt; quoted\nnot", "quoted\nnot"),
        ("a\x00b", "ab"),
        ("half \ud800 a character", "half a character"),
        ("/restart", "/restart"),
    ],
)
def test_what_slack_sends_is_read_as_what_was_typed(typed: str, read: str) -> None:
    assert plain(typed) == read


@pytest.mark.parametrize(
    "part", ["*a ", "*", "_*", "<", "<a|", "`a", "~a~*", "&amp;", "http://", "http://.", "<http://a|", "*a* ", "\n>"]
)
def test_no_text_takes_long(part: str) -> None:
    naughty = part * (12_000 // len(part))
    plain(naughty)
    linked(naughty)
    shortened(naughty, 200)
    cut(escaped(naughty), MOST_TEXT)


@given(st.text())
def test_whatever_is_written_is_shown_as_it_is(text: str) -> None:
    shown = escaped(text)
    assert "<" not in shown
    assert ">" not in shown
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
    linked(text)
    plain(text)


@given(st.text(alphabet="ab &\n;", max_size=12_000).map(escaped))
def test_a_long_text_is_cut_into_parts_that_fit_and_nothing_is_lost(text: str) -> None:
    parts = cut(text, MOST_TEXT)
    assert all(len(part) <= MOST_TEXT for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(), st.integers(2, 80))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most

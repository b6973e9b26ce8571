"""What the widget tells of pages is measured, and what is wrong is left out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.leads.behaviour import LONGEST, MOST_AT_ONCE, Demo, Seen, behaviour, demos, sightings, web_address
from banter.leads.model import Asked
from tests.leads.visitor import Visitor

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
SHOP = "https://acorn.example"


def told(**changes: object) -> dict[str, object]:
    return {"id": "1", "kind": "page", "page": f"{SHOP}/pricing", "ago": 60, **changes}


def test_a_visit_says_where_it_came_from() -> None:
    (seen,) = sightings(
        [
            told(
                kind="visit",
                referrer="https://news.example/story?id=5#top",
                campaign="utm_source=news%20letter&utm_medium=mail&token=secret",
            )
        ],
        NOW,
    )
    campaign = {"utm_source": "news letter", "utm_medium": "mail"}
    page, at = f"{SHOP}/pricing", NOW - timedelta(seconds=60)
    assert seen == Seen("1", "visit", page, at, "https://news.example/story", campaign)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://acorn.example/a?mail=pat@example.com#x", "https://acorn.example/a"),
        ("http://pat:secret@acorn.example:8080/", "http://acorn.example:8080/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        ("//acorn.example/", None),
        ("https://", None),
        ("https://acorn.example:port/", None),
        ("https://acorn.example/a b", None),
        ("https://acorn.example/\n", None),
        ("https://[::1", None),
        ("https://acorn.example/" + "x" * LONGEST, None),
        ("null/pricing", None),
        (5, None),
        (None, None),
    ],
)
def test_only_web_addresses_are_kept_without_login_query_and_fragment(text: object, kept: str | None) -> None:
    assert web_address(text) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "hot_lead"},
        {"kind": ["page"]},
        {"id": ""},
        {"id": "x" * 65},
        {"id": 5},
        {"id": "a b"},
        {"page": "javascript:alert(1)"},
        {"page": None},
    ],
)
def test_what_is_wrong_is_left_out_and_the_rest_kept(wrong: dict[str, object]) -> None:
    assert [seen.key for seen in sightings([told(**wrong), told(id="2"), "text", None, 5], NOW)] == ["2"]


@pytest.mark.parametrize("ago", [-5, 1e12, "60", None, True, float("inf"), float("nan")])
def test_a_time_that_cannot_be_is_now(ago: object) -> None:
    assert [seen.at for seen in sightings([told(ago=ago)], NOW)] == [NOW]


def test_no_more_than_fifty_at_once() -> None:
    assert len(sightings([told(id=str(n)) for n in range(500)], NOW)) == MOST_AT_ONCE


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(_JSON | st.fixed_dictionaries(dict.fromkeys(("id", "kind", "page", "ago", "referrer", "campaign"), _JSON)))
)
def test_anything_at_all_breaks_nothing(anything: list[object]) -> None:
    sightings(anything, NOW)


def test_it_is_told_in_order_each_page_once_and_prices_are_marked() -> None:
    seen = sightings(
        [
            told(id="1", kind="visit", page=f"{SHOP}/", ago=900, campaign="utm_source=old"),
            told(id="2", page=f"{SHOP}/pricing/teams", ago=800),
            told(id="3", page=f"{SHOP}/", ago=700),
            told(id="4", kind="download", page=f"{SHOP}/guide.pdf", ago=600),
            told(id="5", kind="visit", page=f"{SHOP}/blog", ago=60, referrer="https://news.example/"),
        ],
        NOW,
    )
    found = behaviour(seen, ["/pricing*"])
    assert found is not None
    assert found.visits == 2
    assert [(page, prices) for page, _, prices in found.pages] == [
        (f"{SHOP}/pricing/teams", True),
        (f"{SHOP}/", False),
        (f"{SHOP}/blog", False),
    ]
    assert [file for file, _ in found.downloads] == [f"{SHOP}/guide.pdf"]
    assert (found.referrer, found.campaign) == ("https://news.example/", {"utm_source": "old"})
    assert found.priced
    assert behaviour([], ["/pricing*"]) is None


def test_a_demo_is_asked_for_on_a_page_by_a_page_or_in_words_and_each_counts_once() -> None:
    seen = sightings(
        [
            told(id="1", kind="visit", page=f"{SHOP}/", ago=900),
            told(id="2", kind="demo", page=f"{SHOP}/", ago=800),
            told(id="3", kind="demo", page=f"{SHOP}/", ago=700),
            told(id="4", page=f"{SHOP}/demo/thanks", ago=600),
            told(id="5", kind="download", page=f"{SHOP}/demo/thanks.pdf", ago=500),
        ],
        NOW,
    )
    asked = Asked(NOW - timedelta(seconds=300), "can I see a demo?")
    found = demos(seen, ["/demo/*"], asked)
    assert [(demo.page, demo.words) for demo in found] == [
        (f"{SHOP}/", None),
        (f"{SHOP}/demo/thanks", None),
        (None, "can I see a demo?"),
    ]
    assert found[0].at == NOW - timedelta(seconds=800)
    assert [demo.page for demo in demos(seen, [], None)] == [f"{SHOP}/"]
    whole = behaviour(seen, [], ["/demo/*"], asked)
    assert whole is not None
    assert whole.demos == found
    assert [page for page, _, _ in whole.pages] == [f"{SHOP}/", f"{SHOP}/demo/thanks"]


def test_the_first_time_that_a_demo_is_asked_for_in_words_is_kept() -> None:
    visitor = Visitor().says("need=specific")
    assert visitor.lead.demo is None
    visitor.says("show-us")
    first = visitor.lead.demo
    assert first == Asked(visitor.now, "show-us")
    visitor.now += timedelta(hours=1)
    visitor.says("budget=none", "show-us", "no")
    assert visitor.lead.demo == first


def test_a_demo_asked_for_in_words_alone_is_known_too() -> None:
    found = behaviour([], ["/pricing*"], (), Asked(NOW, "show me"))
    assert found is not None
    assert (found.visits, found.pages, found.demos) == (0, (), (Demo(NOW, words="show me"),))

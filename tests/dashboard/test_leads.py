"""The list of leads and the page of one: what is said about whom, and nothing that runs."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from banter.leads.behaviour import Seen
from banter.leads.facts import Facts, Labelled
from banter.leads.known import events_of
from banter.leads.model import Asked, Message
from banter.leads.requalifying import noticed
from banter.nurture.enrol import unsubscribe
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from banter.store.errors import StoreUnavailable
from scoring.behaviour import Behaviour, Worth
from scoring.fit import Profile, Trait
from scoring.model import NOT_SAID
from scoring.parts import Parts
from scoring.wanted import Wanted
from tests.dashboard.examples import (
    ALL,
    BOOKED,
    COLD,
    HOSTILE,
    NOW,
    QUIET,
    RULES,
    TALKING,
    WARM,
    Clock,
    app,
    lead,
    log_in,
    settings,
)


def words(page: str) -> str:
    """What a reader reads: no tags, single spaces."""
    shown = re.sub(r"<title>.*?</title>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


def rows(page: str) -> list[str]:
    return [words(row) for row in re.findall(r'<tr role="row">.*?</tr>', page, flags=re.DOTALL)[1:]]


def section(page: str, name: str) -> str:
    """The part of the page under the heading with this id."""
    return re.split(r'<section [^>]*aria-labelledby="', page.partition(f'aria-labelledby="{name}"')[2])[0]


def test_the_newest_lead_stands_first_and_test_leads_nowhere(full: object, team: TestClient) -> None:
    page = team.get("/leads").text
    listed = re.findall(r'href="/leads/(l_\w+)"', page)
    assert listed == [made.id for made in sorted(ALL, key=lambda made: made.created_at, reverse=True)]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Pat Example", ["today, 08:10", "Example Bakery", "100 of 100", "Book", "Booked", "Call tomorrow, 14:00"]),
        ("Sam Sample", ["43 of 100", "Warm nurture", "In nurture", "Next mail Sun 6 Dec, 07:10"]),
        ("quite.a.long", ["5 of 100", "Cold nurture", "Next mail Sat 5 Dec, 07:10"]),
        ("Kim", ["Hand-over", "Handed over", "Wants to talk to a person"]),
        ("+442079460123", ["Support", "A customer who needs help"]),
    ],
)
def test_a_row_says_who_how_many_points_where_to_and_what_is_next(
    full: object, team: TestClient, who: str, said: list[str]
) -> None:
    (row,) = [row for row in rows(team.get("/leads").text) if who in row]
    assert [part for part in said if part not in row] == []


def test_a_row_without_an_address_says_so_and_who_is_still_there(full: object, team: TestClient) -> None:
    first, *_, last = rows(team.get("/leads").text)
    assert "No address yet" in first
    assert "Still talking about the budget" in first
    assert "so far" in first
    assert "No answer about what they need since Thu 19 Nov, 05:14" in last
    assert TALKING.route is not None
    assert QUIET.route is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "closed"}, "Nothing more"),
        ({"status": "handed_over"}, "Write to them: no time was agreed"),
        ({"status": "booked"}, "The call was cancelled: write to them"),
        ({"status": "nurture"}, "All mails are through"),
        ({"status": "open", "updated_at": NOW - timedelta(days=2)}, "Went quiet"),
    ],
)
def test_what_is_next_is_said_for_every_end(store: SqlStore, team: TestClient, change: dict, said: str) -> None:
    with store.begin() as tx:
        tx.leads.save(replace(lead("one", 60), **change))
    assert said in rows(team.get("/leads").text)[0]


def test_a_call_that_is_over_is_in_the_past(full: object, team: TestClient, clock: Clock) -> None:
    clock.time = NOW + timedelta(days=1, hours=6)
    log_in(team)
    (row,) = [row for row in rows(team.get("/leads").text) if "Pat Example" in row]
    assert "Call was today, 14:00" in row


def test_who_asked_for_no_more_mails_is_shown_so(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        unsubscribe(tx, WARM.id, NOW)
    (row,) = [row for row in rows(team.get("/leads").text) if "Sam Sample" in row]
    assert "Asked for no more mails" in row
    mails = words(section(team.get("/leads/l_warm").text, "mails"))
    assert "Asked for no more mails on Mon 23 Nov 2026, 09:10 GMT" in mails
    assert "Still there? Sun 6 Dec, 07:10 · Taken back" in mails


@pytest.mark.parametrize("route", ["book", "nurture_warm", "nurture_cold", "handover", "support", "disqualified"])
def test_the_list_can_be_narrowed_to_a_route(full: object, team: TestClient, route: str) -> None:
    page = team.get(f"/leads?route={route}").text
    expected = {made.id for made in ALL if made.route is not None and made.route.name == route}
    assert set(re.findall(r'href="/leads/(l_\w+)"', page)) == expected != set()


def test_the_list_can_be_narrowed_to_a_day_of_the_companys_calendar(full: object, team: TestClient) -> None:
    page = team.get("/leads?since=2026-11-22").text
    assert len(rows(page)) == 4
    assert "since=2026-11-22" in page, "the links to the routes keep the day"
    both = team.get("/leads?since=2026-11-22&route=book").text
    assert [row for row in rows(both) if "Pat Example" in row] == rows(both)


@pytest.mark.parametrize("query", ["route=nonsense", "since=x", "since=0001-01-01", "page=x", "page=-1", "page=0"])
def test_a_filter_that_cannot_be_read_filters_nothing(full: object, team: TestClient, query: str) -> None:
    assert len(rows(team.get(f"/leads?{query}").text)) == len(ALL)


def test_a_page_that_is_not_there_says_so(full: object, team: TestClient) -> None:
    assert "There are no leads on this page" in words(team.get("/leads?page=999999999").text)


def test_many_leads_come_in_pages(store: SqlStore, team: TestClient) -> None:
    with store.begin() as tx:
        for number in range(60):
            tx.leads.save(lead(f"n{number:02}", number))
    seen: list[str] = []
    address: str | None = "/leads?since=2026-11-01"
    pages = 0
    while address is not None:
        page = team.get(address).text
        seen += re.findall(r'href="/leads/(l_\w+)"', page)
        pages += 1
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        address = html.unescape(onward.group(1)) if onward else None
        assert ('rel="prev"' in page) is (pages > 1)
    assert pages == 3
    assert seen == [f"l_n{number:02}" for number in range(60)]


def test_an_empty_list_says_what_to_do(team: TestClient) -> None:
    page = team.get("/leads").text
    assert "No leads yet" in page
    assert 'href="/">the page with the chat' in page
    assert "No lead fits “Book”" in words(team.get("/leads?route=book").text)


def test_every_point_is_shown_with_its_rule_in_words_and_the_visitors_words(full: object, team: TestClient) -> None:
    card = words(section(team.get("/leads/l_booked").text, "score"))
    for part in (
        "100 of 100 points",
        "40 warm",
        "75 qualified",
        "Need A problem, with a measure of it month end close · 6 days · errors afterwards",
        "need.quantified 25 of 25",
        "Budget Approved, with an amount the board signed off · 25k",
        "Read as 25,000 GBP a year. Precise, committed. budget.approved_amount 30 of 30",
        "Authority Has the final say I run finance · my signature",
        "Timeline Needed within 60 days before our audit on the 15th of next month",
        "Read as by 15 Dec 2026.",
        "Total 100 of 100",
        "Rubric bant@1",
    ):
        assert part in card


@pytest.mark.parametrize("made", ALL, ids=lambda made: made.id)
def test_the_lines_add_up_to_the_total(full: object, team: TestClient, made: Any) -> None:
    card = section(team.get(f"/leads/{made.id}").text, "score")
    points = [int(p) for p in re.findall(r'class="num">(?:<b>|<span class="soft">)(\d+)', card)]
    *lines, total = points
    assert len(lines) == 4
    assert sum(lines) == total == made.score.total


def test_what_is_missing_is_shown_as_missing(full: object, team: TestClient) -> None:
    warm = words(section(team.get("/leads/l_warm").text, "score"))
    assert "Timeline Not told, so it adds nothing I'd rather not say 0 of 20" in warm
    assert "Authority Not clear, so it adds nothing" in words(section(team.get("/leads/l_cold").text, "score"))
    talking = words(section(team.get("/leads/l_talking").text, "score"))
    assert "Budget No answer yet, so it adds nothing 0 of 30" in talking
    assert "Authority Not asked, so it adds nothing 0 of 25" in talking
    assert COLD.answers["authority"].band in NOT_SAID


def test_the_route_is_shown_with_every_reason_and_none_twice(full: object, team: TestClient) -> None:
    for made in ALL:
        assert made.route is not None
        page = team.get(f"/leads/{made.id}").text
        why, score = words(section(page, "why")), words(section(page, "score"))
        decided = [reason for reason in made.route.reasons if reason in why]
        assert decided == list(made.route.reasons[: len(decided)]) != []
        # The others are the lines of the score, which stands beside, each with its criterion, points and words.
        lines = [reason.partition(":")[0] for reason in made.route.reasons[len(decided) :]]
        assert [name for name in lines if name not in score] == []
        assert len(lines) in (0, 4)
        assert ("this may change" in why) is not made.route.final


def test_the_call_is_shown_on_both_clocks(full: SqlStore, team: TestClient) -> None:
    page = team.get("/leads/l_booked").text
    call = section(page, "call")
    assert "Tue 24 Nov 2026, 14:00 GMT to 14:30" in words(call)
    assert "Tue 24 Nov 2026, 09:00 EST (America/New York)" in words(call)
    assert "Ana Example" in words(call)
    assert "Confirmed" in words(call)
    assert '<time datetime="2026-11-24T14:00:00Z">' in call
    with full.begin(readonly=True) as tx:
        booking = tx.calendar.of_lead("l_booked")
    assert booking is not None
    assert f'href="/booking/{booking.key}"' in call


def test_the_mails_to_come_are_shown_with_their_dates(full: object, team: TestClient) -> None:
    mails = words(section(team.get("/leads/l_warm").text, "mails"))
    assert "Thank you, Sam Sun 22 Nov, 07:10 · Would be sent" in mails
    assert "Still there? Sun 6 Dec, 07:10 · Waiting" in mails


def test_the_alerts_about_a_lead_are_shown(full: object, team: TestClient) -> None:
    alerts = words(section(team.get("/leads/l_booked").text, "alerts"))
    assert "A qualified lead Mon 23 Nov, 08:10 · Would be sent · hello@example.com" in alerts


def test_the_visitors_words_are_marked_where_they_were_said(full: object, team: TestClient) -> None:
    talk = section(team.get("/leads/l_booked").text, "transcript")
    lines = re.findall(r'<li class="(\w+)" id="said-(\d+)">(.*?)</li>', talk, flags=re.DOTALL)
    marks = {
        int(number): re.findall(r'<mark><span class="sr">(.*?)</span>(.*?)<span class="tag"', line)
        for _, number, line in lines
        if "<mark>" in line
    }
    assert marks == {
        2: [("Need: ", "month end close"), ("Need: ", "6 days"), ("Need: ", "errors afterwards")],
        6: [("Budget: ", "the board signed off")],
        8: [("Authority: ", "I run finance"), ("Authority: ", "my signature")],
        9: [("Budget: ", "25k")],
        11: [("Timeline: ", "before our audit on the 15th of next month")],
    }
    assert [who for who, _, _ in lines][:2] == ["bot", "visitor"]
    assert "Offered: Tue 24 Nov, 09:00 , Tue 24 Nov, 09:45" in words(talk)
    assert 'href="#said-6"' in section(team.get("/leads/l_booked").text, "score")


def test_nothing_that_a_visitor_wrote_is_taken_for_html(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        tx.transcript.add(Message("m_x", "c_hostile", "bot", HOSTILE, NOW, ((HOSTILE, HOSTILE),)))
        tx.outbox.put("x", "invitation", {"to": HOSTILE, "subject": HOSTILE, "body": HOSTILE}, due_at=NOW, lead=HOSTILE)
    for path in ("/leads", "/leads/l_hostile", "/outbox", f"/login?next={HOSTILE}", f"/leads/{HOSTILE}"):
        page = team.get(path, follow_redirects=True).text
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>fails" not in page
        assert re.findall(r"<style|\sstyle=|\son\w+=\"", page) == []
    assert '<mark><span class="sr">Need: </span>our close &amp; &lt;b&gt;fails&lt;/b&gt;<span' in (
        team.get("/leads/l_hostile").text
    )


@pytest.mark.parametrize("lead_id", ["l_unknown", "x" * 3000, "%00", "l_%F0%9F%98%80", "%ff", "..%2f", "%20"])
def test_an_unknown_lead_is_a_page_that_says_so(full: object, team: TestClient, lead_id: str) -> None:
    answer = team.get(f"/leads/{lead_id}")
    assert answer.status_code == 404
    if "%2f" not in lead_id:
        assert "No such lead" in answer.text


def test_a_lead_without_anything_has_a_page(store: SqlStore, team: TestClient) -> None:
    with store.begin() as tx:
        tx.leads.save(replace(lead("new", 1), score=None, route=None, asked=(), timezone="Nowhere/Atall"))
    page = words(team.get("/leads/l_new").text)
    for part in ("0 of 100 points", "Not asked", "Nothing has been decided yet", "Nothing was said yet", "None yet"):
        assert part in page


def test_a_score_of_older_points_keeps_them_and_says_so(full: SqlStore, team: TestClient) -> None:
    assert BOOKED.score is not None
    with full.begin() as tx:
        tx.leads.save(replace(BOOKED, score=replace(BOOKED.score, rubric="bant@0")))
    card = words(section(team.get("/leads/l_booked").text, "score"))
    (listed,) = [row for row in rows(team.get("/leads").text) if "Pat Example" in row]
    assert " 100 Book" in listed, "in the list, too, not of how many points there are today"
    assert "need.quantified 25 Budget" in card, "nobody knows any more of how many"
    assert "The points have changed since" in card


def test_a_lead_scored_by_champ_keeps_the_names_of_champ(store: SqlStore, tmp_path: Path) -> None:
    champ = replace(RULES.rubric, framework="champ")
    rules = replace(RULES, rubrics={"bant": RULES.rubric, "champ": champ})
    assert BOOKED.score is not None
    with store.begin() as tx:
        tx.leads.save(replace(BOOKED, score=replace(BOOKED.score, rubric="champ@1")))
    with TestClient(app(store, settings(tmp_path), rules=rules)) as client:
        log_in(client)
        card = words(section(client.get("/leads/l_booked").text, "score"))
    places = [card.index(name) for name in ("Challenges", "Authority", "Money", "Prioritization")]
    assert places == sorted(places)


def test_a_database_that_is_away_is_said_and_not_logged_as_a_fault(
    team: TestClient, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> None:
        raise StoreUnavailable("The database does not serve.")

    monkeypatch.setattr(store, "begin", away)
    answer = team.get("/leads")
    assert answer.status_code == 503
    assert "does not answer right now" in answer.text
    assert answer.headers["retry-after"] == "2"


def test_the_style_sheet_is_there_and_needs_no_inline_help(stranger: TestClient) -> None:
    answer = stranger.get("/leads/banter.css")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css")
    assert "url(" not in answer.text
    assert "@import" not in answer.text


def test_who_asked_for_a_demo_is_marked_with_where_and_in_which_words(full: SqlStore, team: TestClient) -> None:
    assert "demo" not in words(team.get("/leads/l_warm").text).lower()
    with full.begin() as tx:
        warm = tx.leads.get("l_warm")
        assert warm is not None
        tx.leads.save(replace(warm, demo=Asked(NOW, f"show me {HOSTILE}")))
    alone = team.get("/leads/l_warm").text
    assert "What they asked for Asked for a demo Mon 23 Nov, 09:10 , in the conversation:" in words(alone)
    assert "<script" not in alone
    with full.begin() as tx:
        tx.conversations.create(Conversation(warm.conversation, "web", "en", "Europe/London", None, None, NOW))
        tx.behaviour.add(warm.conversation, [Seen("1", "demo", "https://acorn.example/pricing", NOW)])
    page = words(team.get("/leads/l_warm").text)
    assert "Asked for a demo Mon 23 Nov, 09:10 , on https://acorn.example/pricing" in page


def test_a_cold_lead_who_fits_and_is_back_can_be_found_and_what_they_did_is_shown(
    store: SqlStore, tmp_path: Path
) -> None:
    counting = replace(
        RULES,
        rubrics={
            name: replace(rubric, parts=Parts(behaviour=Behaviour({"return": Worth(2, 2)})))
            for name, rubric in RULES.rubrics.items()
        },
        profile=Profile((Trait("industry", 10, Wanted(("legal",))),)),
    )
    heard, back = NOW - timedelta(days=3), NOW - timedelta(hours=1)
    known = replace(COLD, heard_at=heard, status="nurture", facts=Facts(industry=Labelled("legal")))
    page = "https://acorn.example/pricing"
    seen = (
        Seen("1", "visit", page, heard),
        Seen("2", "visit", page, back),
        Seen("owner/3", "trial_started", "", back, name="Team"),
    )
    with store.begin() as tx:
        for made in (known, WARM):
            tx.conversations.create(Conversation(made.conversation, "web", "en", "UTC", None, None, heard))
        tx.behaviour.add(known.conversation, seen)
        tx.leads.save(noticed(known, events_of(seen, counting.channels.widget, known), counting, back))
        tx.leads.save(WARM)
    with TestClient(app(store, settings(tmp_path), rules=counting), follow_redirects=False) as client:
        log_in(client)
        (row,) = rows(client.get("/leads?flag=requalify").text)
        assert "Back, and fits" in row
        assert len(rows(client.get("/leads").text)) == 2
        shown = words(client.get(f"/leads/{known.id}").text)
    assert "Back on your website" in shown
    assert "Began a trial: Team" in shown
    assert "and by your own systems" in shown

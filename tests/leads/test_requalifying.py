"""What visitors do when the conversation is over: points by it, who is asked again, and what does not follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from banter.leads.behaviour import Seen
from banter.leads.facts import Facts, Labelled
from banter.leads.known import events_of
from banter.leads.model import Asked, Joined, OptOut
from banter.leads.playbook import Playbook
from banter.leads.requalifying import flags_of, is_back_cold, noticed
from scoring.behaviour import Behaviour, Worth
from scoring.fit import Profile, Trait
from scoring.wanted import Wanted
from tests.leads.absent import QUALIFIED, Absent
from tests.leads.test_known import with_parts

HOME, PRICES = "https://a.example/", "https://a.example/pricing"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COLD = "need=specific budget=none authority=influence timeline=someday"  # 18 + 0 + 15 + 3
WORTH = {"visit": Worth(1, 1), "return": Worth(2, 4), "pricing_page": Worth(40, 40), "download": Worth(10, 10)}


def counting(fits: str = "legal", half_life: int | None = None) -> Playbook:
    made = with_parts(behaviour=Behaviour(WORTH, half_life))
    return replace(made, profile=Profile((Trait("industry", 100, Wanted((fits,))),)))


class Browsing(Absent):
    """Looks at pages, too; the widget tells of it at once."""

    def __init__(self, playbook: Playbook | None = None) -> None:
        super().__init__(playbook or counting())
        self.seen: list[Seen] = []
        self.lead = replace(self.lead, facts=Facts(industry=Labelled("legal")))

    def looks_at(self, page: str = HOME, kind: str = "visit") -> Browsing:
        self.seen.append(Seen(str(len(self.seen)), kind, page, self.now))  # type: ignore[arg-type]
        events = events_of(self.seen, self.playbook.channels.widget, self.lead)
        self.lead = noticed(self.lead, events, self.playbook, self.now)
        return self

    @property
    def total(self) -> int:
        assert self.lead.score is not None
        assert sum(line.points for line in self.lead.score.lines) == self.lead.score.total
        return self.lead.score.total

    @property
    def route(self) -> str:
        assert self.lead.route is not None
        return self.lead.route.name


def cold(playbook: Playbook | None = None) -> Browsing:
    visitor = Browsing(playbook).looks_at()
    visitor.says(COLD, "#nonsense", "pat@example.com")
    assert (visitor.lead.status, visitor.route) == ("nurture", "nurture_cold")
    return visitor


def test_a_cold_lead_who_fits_and_is_back_is_flagged() -> None:
    visitor = cold()
    assert not is_back_cold(visitor.lead)
    visitor.waits(DAY)
    visitor.looks_at()
    assert "requalify" in flags_of(visitor.lead)


def test_another_page_a_minute_after_the_last_word_is_no_return() -> None:
    visitor = cold()
    visitor.waits(timedelta(minutes=1))
    visitor.looks_at()
    assert not is_back_cold(visitor.lead)


def test_a_poor_fit_is_left_in_peace() -> None:
    visitor = cold(counting(fits="logistics"))
    visitor.waits(DAY)
    assert not is_back_cold(visitor.looks_at().lead)


def test_who_had_been_there_before_they_talked_is_not_back() -> None:
    visitor = Browsing().looks_at()
    visitor.waits(DAY)
    visitor.looks_at().says(COLD)
    assert "requalify" not in flags_of(visitor.lead)


def test_who_has_no_more_to_do_with_us_or_has_a_person_is_not_flagged() -> None:
    visitor = cold()
    visitor.waits(DAY)
    back = visitor.looks_at().lead
    others = (
        replace(back, opted_out=OptOut(visitor.now, "stop")),
        replace(back, disqualifier="student"),
        replace(back, aside="joined"),
        replace(back, status="handed_over"),
        replace(back, status="booked"),
    )
    assert [is_back_cold(lead) for lead in (back, *others)] == [True, *[False] * len(others)]


def test_who_is_back_is_asked_again_what_may_have_changed_and_not_what_keeps() -> None:
    visitor = cold()
    visitor.waits(DAY)
    assert visitor.looks_at().opens() == ["utter_anew"]
    assert visitor.asked[-1] == ("budget", "first")
    assert set(visitor.lead.answers) == {"need", "authority"}
    assert visitor.services.nurturing.stopped == 0  # looking is not replying
    visitor.says("budget=approved_amount")
    assert not is_back_cold(visitor.lead)
    assert visitor.asked[-1][0] == "timeline"
    visitor.says("timeline=within_60_days")
    assert visitor.lead.awaiting == "slot"  # 18 + 30 + 15 + 20, and 3 for the visits


def test_what_was_not_clear_is_asked_again_too() -> None:
    visitor = cold()
    unclear = replace(visitor.lead.answers["need"], band="unclear")
    visitor.lead = replace(visitor.lead, answers={**visitor.lead.answers, "need": unclear})
    visitor.waits(DAY)
    visitor.looks_at().opens()
    assert visitor.asked[-1][0] == "need"


def test_who_writes_instead_is_heard_and_asked_on() -> None:
    visitor = cold()
    visitor.waits(DAY)
    visitor.looks_at().says("budget=approved_amount")
    assert visitor.lead.status == "open"
    assert visitor.asked[-1][0] == "timeline"


def test_nobody_is_asked_again_within_the_hour_nor_without_having_been_back() -> None:
    visitor = cold()
    visitor.waits(HOUR)
    assert visitor.looks_at().opens() == []
    stayed_away = cold()
    stayed_away.waits(DAY)
    assert stayed_away.opens() == ["utter_welcome_back_nurture"]


def test_what_they_did_changes_points_and_route_and_nothing_else() -> None:
    visitor = cold()
    before = visitor.lead
    visitor.waits(DAY)
    visitor.looks_at(PRICES, "page")
    assert (visitor.total, visitor.route) == (77, "book")  # 36 + 1 + 40
    after = visitor.lead
    assert (
        replace(after, score=before.score, route=before.route, events=before.events, seen_at=before.seen_at) == before
    )
    assert after.changed_at == visitor.now
    assert visitor.services.nurturing.enrolled == ["nurture_cold"]


@pytest.mark.parametrize("opens", [True, False])
def test_who_qualifies_by_what_they_did_is_offered_times_the_next_time(opens: bool) -> None:
    visitor = cold()
    visitor.waits(DAY)
    visitor.looks_at(PRICES, "page")
    if opens:
        assert visitor.opens() == ["utter_welcome_back"]
    else:
        visitor.says("!price")
    assert visitor.lead.awaiting == "slot"
    assert visitor.lead.offered
    assert visitor.lead.status == "open"


def test_a_lead_that_belongs_with_the_team_is_not_taken_away_by_points_that_fade() -> None:
    visitor = Browsing(counting(half_life=1)).looks_at(PRICES, "page")
    visitor.says("need=specific budget=approved authority=shared timeline=someday")  # 18 + 22 + 20 + 3, and 40
    visitor.says("#refusal", "when:any", "pat@example.com")
    assert (visitor.lead.status, visitor.route) == ("booked", "book")
    total = visitor.total
    visitor.waits(20 * DAY)
    visitor.looks_at("https://a.example/guide.pdf", "download")
    assert (visitor.total, visitor.route) == (total, "book")
    assert any(event.kind == "download" for event in visitor.lead.events)


def test_what_they_did_outlasts_a_new_beginning() -> None:
    visitor = Browsing().looks_at(PRICES, "page").says(QUALIFIED)
    known = {"demo": Asked(visitor.now, "show me"), "joined": (Joined("l_2", "c_2", "sms", visitor.now, "sms"),)}
    visitor.lead = replace(visitor.lead, status="closed", awaiting=None, **known)  # type: ignore[arg-type]
    visitor.waits(40 * DAY)
    visitor.says("budget=none")
    assert visitor.lead.score is not None
    assert {"demo": visitor.lead.demo, "joined": visitor.lead.joined} == known
    assert "behaviour.pricing_page" in [line.rule for line in visitor.lead.score.lines]


def test_a_visitor_who_was_not_scored_yet_is_not_scored_by_a_look() -> None:
    visitor = Browsing()
    visitor.lead = replace(visitor.lead, score=None, route=None)
    assert visitor.looks_at().lead.score is None
    assert "visit" in [event.kind for event in visitor.lead.events]


def booked() -> Browsing:
    visitor = Browsing(counting(half_life=1)).looks_at(PRICES, "page")
    visitor.says("need=specific budget=approved authority=shared timeline=someday", "#refusal", "when:any")
    visitor.says("pat@example.com")
    assert (visitor.lead.status, visitor.route) == ("booked", "book")
    return visitor


def test_who_belongs_with_the_team_stays_there_when_they_write_after_their_points_have_faded() -> None:
    visitor = booked()
    total = visitor.total
    visitor.waits(20 * DAY)
    visitor.says("!price")
    assert (visitor.route, visitor.total) == ("book", total)
    visitor.opens()
    assert (visitor.route, visitor.total) == ("book", total)


def test_who_takes_back_what_they_said_is_scored_again() -> None:
    visitor = booked()
    visitor.waits(20 * DAY)
    visitor.says("~ budget=none timeline=someday")
    assert visitor.total < 75


def test_a_page_does_not_score_who_is_done_by_a_newer_rubric() -> None:
    visitor = cold()
    before = visitor.lead.score
    rubric = replace(visitor.playbook.rubric, version=2, qualified=30, warm=10)
    visitor.playbook = replace(visitor.playbook, rubrics={**visitor.playbook.rubrics, "bant": rubric})
    visitor.waits(DAY)
    visitor.looks_at("https://a.example/about", "page")
    assert (visitor.lead.score, visitor.route) == (before, "nurture_cold")
    visitor.looks_at()
    assert is_back_cold(visitor.lead), "they are back all the same"

"""What a lead's facts and visits are to the scoring, and what a rubric with all its parts does to a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from banter.leads.behaviour import Seen
from banter.leads.facts import Facts, Labelled, Mail, Pain, Place, Product, Role, Size
from banter.leads.known import events_of, known_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook, Widget
from banter.leads.qualify import qualify
from scoring.model import Answer, Evidence, Money
from scoring.parts import Disqualifier, Parts
from scoring.wanted import Wanted, When
from tests.leads.visitor import NOW, PLAYBOOK, Visitor

EVERYTHING = ("need=quantified", "budget=amount", "authority=final", "timeline=within_year")  # 25 + 16 + 25 + 6 = 72


def a_lead(**changes: object) -> Lead:
    return replace(Lead("l_1", "c_1", "web", "UTC", NOW, NOW), **changes)  # type: ignore[arg-type]


def with_parts(**parts: object) -> Playbook:
    rubrics = {name: replace(r, parts=Parts(**parts)) for name, r in PLAYBOOK.rubrics.items()}  # type: ignore[arg-type]
    return replace(PLAYBOOK, rubrics=rubrics)


def test_each_fact_goes_by_all_its_names_with_its_words_and_source() -> None:
    said = (Evidence("our law firm", 0, 12, "industry"),)
    facts = Facts(
        role=Role("CFO", "executive", "finance"),
        sizes=(Size("trucks", 4, 4), Size("employees", 40, 50, "small")),
        industry=Labelled("legal", said),
        place=Place("GB", city="Leeds", source="phone"),
        tools=(Product("Excel", "using"),),
        competitors=(Product("Rival", "comparing"),),
        pains=(Pain("billing"), Pain(None)),
        mail=Mail("gmail.com", "free"),
    )
    known = known_of(a_lead(facts=facts), PLAYBOOK)
    names = {about: [fact.names for fact in there] for about, there in known.facts.items()}
    assert names == {
        "industry": [("legal",)],
        "size": [()],
        "region": [("gb", "leeds")],
        "title": [("cfo", "executive", "finance", "executive finance")],
        "current_tool": [("excel",)],
        "use_case": [("billing",)],
        "mail": [("free",)],
        "competitor": [("rival",)],
    }
    assert known.about("industry")[0].words == ("our law firm",)
    assert known.about("region")[0].source == "phone"
    assert (known.about("size")[0].least, known.about("size")[0].most) == (40, 50)


def test_a_budget_is_compared_as_a_years_money_in_the_companys_currency() -> None:
    def budget(value: Money) -> list[tuple[float | None, float | None]]:
        answers = {"budget": Answer("budget", "amount", "precise", "intending", "2k a month", (), value)}
        known = known_of(a_lead(answers=answers), PLAYBOOK)
        return [(fact.least, fact.most) for fact in known.about("budget_range")]

    assert budget(Money(2000, 2000, None, "month")) == [(24000, 24000)]
    assert budget(Money(None, 5000)) == [(None, 5000)]
    other = "CHF" if PLAYBOOK.company.currency != "CHF" else "USD"
    assert budget(Money(2000, 2000, other)) == []


def test_what_was_seen_becomes_events_and_a_second_visit_a_return() -> None:
    home, prices = "https://a.example/", "https://a.example/pricing"
    seen = [
        Seen("1", "visit", home, NOW),
        Seen("2", "page", prices, NOW + timedelta(minutes=1)),
        Seen("3", "download", "https://a.example/guide.pdf", NOW + timedelta(minutes=2)),
        Seen("4", "visit", home, NOW + timedelta(days=1)),
    ]
    events = events_of(seen, Widget(), a_lead())
    assert [(event.kind, event.what) for event in events if event.kind != "page"] == [
        ("visit", home),
        ("pricing_page", prices),
        ("download", "https://a.example/guide.pdf"),
        ("return", home),
    ]


def test_as_it_ships_facts_and_visits_change_no_point() -> None:
    told = a_lead(
        facts=Facts(industry=Labelled("legal")), events=events_of([Seen("1", "visit", "x", NOW)], Widget(), a_lead())
    )
    plain, more = qualify(a_lead(), PLAYBOOK).score, qualify(told, PLAYBOOK).score
    assert plain is not None
    assert more is not None
    assert (plain.total, plain.lines) == (more.total, more.lines)


def test_a_lead_on_the_border_is_asked_how_to_be_reached_and_left_to_a_person() -> None:
    visitor = Visitor(playbook=with_parts(border=5)).says(*EVERYTHING)
    assert visitor.asked[-1][0] == "contact"
    assert not {"utter_not_yet_warm", "utter_not_yet_cold", "utter_qualified"} & set(visitor.last)
    visitor.says("kim@example.com")
    assert visitor.last[-1] == "utter_someone_will_write"
    assert (visitor.lead.status, visitor.services.alerts.told) == ("handed_over", ["person"])


def test_whom_the_rubric_rules_out_is_let_go_at_the_end_and_gets_no_mail() -> None:
    small = Disqualifier("small", When({"size": Wanted((), None, 9)}), "Too small for us.")
    visitor = Visitor(playbook=with_parts(disqualifiers=(small,))).says("people:3")
    visitor.says(*EVERYTHING)
    assert visitor.lead.route is not None
    assert (visitor.lead.route.name, visitor.lead.route.reasons) == ("disqualified", ("Too small for us.",))
    assert (visitor.lead.status, visitor.last[-1], visitor.services.nurturing.enrolled) == (
        "closed",
        "utter_let_go",
        [],
    )

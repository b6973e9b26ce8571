"""Soft facts over a conversation: merged, corrected, and never in the way of the questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from banter.extraction.mail_signs import industry_of
from banter.extraction.reader import SpacyReader
from banter.leads.facts import (
    Facts,
    Labelled,
    Mail,
    Measure,
    Named,
    Pain,
    Place,
    Product,
    Role,
    Size,
    dated,
    merge_facts,
    without_evidence,
)
from banter.leads.known import known_of
from banter.leads.telling import figure, summary, told
from tests.leads.visitor import PLAYBOOK, Visitor

READER = SpacyReader(
    day_first=True,
    currency="GBP",
    competitor_names=PLAYBOOK.company.competitor_names,
    region="GB",
    market=PLAYBOOK.market,
)
QUALIFIED = (
    "month end close takes my team 6 days and we still find errors",
    "yes, the board signed off 20k",
    "I'm the CFO, I sign",
    "by the end of next month",
)


def visitor() -> Visitor:
    return Visitor(reader=READER)


def test_the_last_word_wins_item_by_item() -> None:
    known = Facts(role=Role("clerk", "staff", None), sizes=(Size("trucks", 3, 3), Size("employees", 10, 10, "small")))
    new = Facts(sizes=(Size("trucks", 4, 4),), company=Named("Acme"))
    merged = merge_facts(known, new)
    assert merged.role == known.role
    assert merged.company == Named("Acme")
    assert set(merged.sizes) == {Size("trucks", 4, 4), Size("employees", 10, 10, "small")}


def test_what_is_denied_goes_and_leaves_no_trace() -> None:
    known = Facts(tools=(Product("HubSpot", "using"), Product("Excel", "using")), objections=(Labelled("price"),))
    merged = merge_facts(known, Facts(denied=("tool:HubSpot", "objection:price")))
    assert merged == Facts(tools=(Product("Excel", "using"),))


def test_a_corrected_list_is_replaced() -> None:
    known = Facts(tools=(Product("HubSpot", "using"),))
    assert merge_facts(known, Facts(tools=(Product("Zoho", "using"),), corrects=("tools",))).tools == (
        Product("Zoho", "using"),
    )


def test_what_was_said_beats_what_was_guessed() -> None:
    said = Facts(place=Place("IE", None, "Dublin"))
    assert merge_facts(said, Facts(place=Place("DE", source="phone"))) == said
    assert merge_facts(Facts(place=Place("DE", source="phone")), said).place == said.place
    assert merge_facts(said, Facts(place=Place("IE"))).place == said.place
    assert merge_facts(said, Facts(place=Place("FR", None, "Lyon"))).place == Place("FR", None, "Lyon")


def test_nothing_new_changes_nothing() -> None:
    known = Facts(industry=Labelled("legal"), mail=Mail("gmail.com", "free"))
    assert merge_facts(known, Facts()) is known
    assert merge_facts(merge_facts(Facts(), known), known) == known


def test_facts_gather_over_a_conversation_and_a_correction_replaces() -> None:
    talk = visitor().says(
        "hi, I'm the ops manager at Harper & Sons, we're a roofing company in Leeds with 12 vans",
        "we miss calls all day, maybe 10 leads a week",
        "we use HubSpot, but it's too expensive",
        "sorry, we have 14 vans, and it's not HubSpot, we use Pipedrive",
    )
    facts = without_evidence(talk.lead.facts)
    assert facts.role == Role("ops manager", "manager", "operations")
    assert facts.company == Named("Harper & Sons")
    assert facts.industry == Labelled("home services")
    assert facts.place == Place("GB", "England", "Leeds")
    assert facts.sizes == (Size("vans", 14, 14),)
    assert facts.tools == (Product("Pipedrive", "using"),)
    assert facts.objections == (Labelled("price"),)
    assert [pain.name for pain in facts.pains] == ["missed leads"]
    assert facts.pains[0].measures == (Measure(10, None, "leads", "week"),)
    assert (facts.denied, facts.corrects) == ((), ())


def test_facts_ask_no_question_and_change_no_answer() -> None:
    chatty = "I'm the CFO of a mid-sized law firm in Leeds, we use Excel, it's urgent, and I sign"
    plain, more = visitor().says(*QUALIFIED), visitor().says(QUALIFIED[0], QUALIFIED[1], chatty, QUALIFIED[3])
    assert more.asked == plain.asked
    assert {d: a.band for d, a in more.lead.answers.items()} == {d: a.band for d, a in plain.lead.answers.items()}
    assert more.lead.score is not None
    assert plain.lead.score is not None
    assert more.lead.score.total == plain.lead.score.total


@pytest.mark.parametrize("address", ["pat@gmail.com", "pat@mailinator.com"])
def test_a_free_or_disposable_address_is_taken_and_remarked(address: str) -> None:
    talk = visitor().says(*QUALIFIED, "the first one", address)
    assert talk.lead.status == "booked"
    assert "utter_did_you_mean" not in talk.said
    assert summary(talk.lead.facts)["E-mail"].endswith("address")


@pytest.mark.parametrize(
    ("reply", "address"),
    [
        ("yes", "pat@gmail.com"),
        ("oops, yes sorry", "pat@gmail.com"),
        ("gmail.com of course", "pat@gmail.com"),
        ("no", "pat@gmial.com"),
        ("no, it's right as it is", "pat@gmial.com"),
        ("pat.doe@example.com", "pat.doe@example.com"),
        ("pat@gmial.com", "pat@gmial.com"),
    ],
)
def test_a_mistyped_address_is_asked_about_once_and_the_answer_counts(reply: str, address: str) -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@gmial.com")
    assert talk.last == ["utter_did_you_mean"]
    assert talk.asked[-1] == ("contact", "check")
    questions = talk.questions
    talk.says(reply)
    assert talk.lead.contact.email == address
    assert talk.lead.status == "booked"
    assert talk.said.count("utter_did_you_mean") == 1
    assert talk.questions == questions
    assert talk.lead.facts.mail is not None
    assert talk.lead.facts.mail.meant is None


def test_a_mistyped_address_given_early_is_asked_about_where_addresses_are() -> None:
    talk = visitor().says("hello, I'm Pat, pat@gmial.com")
    assert "utter_did_you_mean" not in talk.said
    talk.says(*QUALIFIED, "the first one")
    assert talk.last[-1] == "utter_did_you_mean"
    talk.says("yes")
    assert (talk.lead.contact.email, talk.lead.status) == ("pat@gmail.com", "booked")


def test_a_question_of_theirs_does_not_settle_the_address() -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@gmial.com", "how much is it?")
    assert talk.asked[-1] == ("contact", "check")
    talk.says("yes")
    assert talk.lead.contact.email == "pat@gmail.com"


def test_who_never_says_whether_it_is_right_is_booked_with_what_was_typed() -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@gmial.com", "hm", "well", "hm")
    assert (talk.lead.contact.email, talk.lead.status) == ("pat@gmial.com", "booked")


@pytest.mark.parametrize("reply", ["I'd rather not say", "skip that, please", "gotta go, bye"])
def test_who_will_not_say_whether_it_is_right_keeps_the_call_and_what_was_typed(reply: str) -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@gmial.com", reply)
    assert (talk.lead.contact.email, talk.lead.status) == ("pat@gmial.com", "booked")
    assert talk.last[-1] == "utter_booked"


def test_who_would_only_get_mails_and_will_not_say_gets_none() -> None:
    talk = visitor().says(QUALIFIED[0], "no money for it at all", "I have no say in it", QUALIFIED[3], "pat@gmial.com")
    assert talk.asked[-1] == ("contact", "check")
    talk.says("I'd rather not say")
    assert (talk.lead.status, talk.last) == ("closed", ["utter_let_go"])
    assert talk.services.nurturing.enrolled == []


def test_a_correction_of_an_answer_does_not_settle_the_address() -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@gmial.com")
    talk.says("sorry, about who decides: my co-founder and I decide that together")
    assert talk.lead.answers["authority"].band == "shared"
    assert (talk.lead.contact.email, talk.asked[-1]) == ("pat@gmial.com", ("contact", "check"))


def test_half_an_address_that_can_be_mended_needs_only_a_yes() -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@example,com")
    assert talk.last == ["utter_did_you_mean"]
    talk.says("yes")
    assert (talk.lead.contact.email, talk.lead.status) == ("pat@example.com", "booked")


def test_a_no_to_an_address_that_cannot_be_asks_for_another() -> None:
    talk = visitor().says(*QUALIFIED, "the first one", "pat@example,com", "no")
    assert talk.lead.contact_declined is False
    assert talk.asked[-1] == ("contact", "again")
    talk.says("pat@example.org")
    assert talk.lead.status == "booked"


def test_facts_are_told_in_plain_words_with_the_words_they_rest_on() -> None:
    talk = visitor().says("CFO here, 40-50 people in Leeds, we waste 5 to 10 hours a week on invoices, no rush")
    lines = {line.about: (line.understood, line.words) for line in told(talk.lead.facts)}
    assert lines["Role"] == ("CFO (top management, finance)", ("CFO",))
    assert lines["Size"] == ("40 to 50 employees (small)", ("40-50 people",))
    assert lines["Place"] == ("Leeds, England, GB", ("Leeds",))
    assert lines["Trouble"] == ("billing and payments: 5 to 10 hours a week", ("invoices", "5 to 10 hours a week"))
    assert lines["Urgency"] == ("low", ("no rush",))


def test_measures_and_troubles_read_as_people_write_them() -> None:
    assert figure(Measure(4000, None, "USD", "month")) == "4,000 USD a month"
    assert figure(Measure(12.5, None, "%")) == "12.5%"
    assert figure(Measure(1, None, "leads", "hour")) == "1 leads an hour"
    two = Facts(pains=(Pain("reporting"), Pain("cost", (Measure(5, None, "%"),))))
    assert summary(two) == {"Trouble": "reporting; cost: 5%"}


def test_a_time_picked_for_the_call_tells_nothing_of_their_hurry() -> None:
    talk = visitor().says(*QUALIFIED)
    assert talk.lead.awaiting == "slot"
    before = talk.lead.facts.urgency
    talk.says("tomorrow morning, as early as possible")
    assert talk.lead.facts.urgency == before


def test_each_fact_has_the_day_on_which_it_was_learnt_where_the_company_is() -> None:
    talk = visitor().says("we're a law firm in Leeds, 40 people")
    facts = talk.lead.facts
    day = talk.now.astimezone(PLAYBOOK.company.timezone).date()
    assert facts.industry is not None
    assert facts.place is not None
    assert [facts.industry.at, facts.place.at, *(size.at for size in facts.sizes)] == [day, day, day]
    known = known_of(talk.lead, PLAYBOOK)
    assert {about: {fact.at for fact in known.about(about)} for about in ("industry", "size", "region")} == {
        "industry": {day},
        "size": {day},
        "region": {day},
    }
    assert dated(facts, date(2030, 1, 1)) == facts


@pytest.mark.parametrize(
    ("address", "country", "industry"),
    [
        ("pat@harper.de", "DE", None),
        ("pat@harper.co.uk", "GB", None),
        ("pat@ox.ac.uk", "GB", "education"),
        ("pat@state.edu", "US", "education"),
        ("pat@unsw.edu.au", "AU", "education"),
        ("pat@leeds.gov.uk", "GB", "government"),
        ("pat@trust.nhs.uk", "GB", "health care"),
        ("pat@harper.io", None, None),
        ("pat@harper.com", None, None),
        ("pat@gmx.de", None, None),
        ("pat@yahoo.co.uk", None, None),
        ("pat@gmial.com", None, None),
    ],
)
def test_a_business_address_tells_a_country_and_a_trade_by_its_ending(
    address: str, country: str | None, industry: str | None
) -> None:
    facts = visitor().says(f"write to {address}").lead.facts
    assert (facts.place and facts.place.country) == country
    assert (facts.industry and facts.industry.name) == industry
    assert {one.source for one in (facts.place, facts.industry) if one} <= {"mail"}


def test_an_address_never_beats_what_was_said_and_its_signs_go_with_it() -> None:
    said = visitor().says("we're a law firm in Dublin").says("write to pat@leeds.gov.uk").lead.facts
    assert said.industry is not None
    assert said.place is not None
    assert (said.industry.name, said.place.country) == ("legal", "IE")
    later = visitor().says("write to pat@leeds.gov.uk").says("we're a law firm in Dublin").lead.facts
    assert later.industry is not None
    assert (later.industry.name, later.industry.source) == ("legal", "said")
    other = visitor().says("write to pat@leeds.gov.uk").says("no, write to pat@gmail.com please").lead.facts
    assert (other.industry, other.place) == (None, None)


def test_a_list_without_such_an_industry_is_told_none() -> None:
    mail = Mail("ox.ac.uk", "business")
    assert industry_of(mail, replace(PLAYBOOK.market, industries={"retail": ("shop",)})) is None
    assert industry_of(mail, replace(PLAYBOOK.market, industries={"schools": ("university",)})) == "schools"

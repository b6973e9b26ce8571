"""What visitors tell of themselves beside the answers, and what is not theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.configuration import load_playbook
from banter.extraction.contact import agrees, find_contact
from banter.extraction.facts import FactFinder
from banter.extraction.mail import kind_of, mail_of
from banter.extraction.places import hint
from banter.leads.facts import Facts, Mail, Place
from benchmarks.facts_report import figures, rows_of
from tests.steps import steps_of

PLAYBOOK = load_playbook(Path(__file__).parents[2] / "playbook")
FINDER = FactFinder(PLAYBOOK.market, PLAYBOOK.company.competitor_names)


def facts(text: str, open_question: str | None = None) -> Facts:
    return FINDER.find(text, find_contact(text, region="GB"), open_question=open_question)


def pieces(found: Facts):
    """Every piece of evidence of the facts."""
    single = [found.role, found.company, found.industry, found.place, found.urgency]
    several = [*found.sizes, *found.tools, *found.competitors, *found.objections, *found.pains]
    return [piece for fact in [*single, *several] if fact is not None for piece in fact.evidence]


@pytest.mark.parametrize(
    ("text", "title", "seniority", "function"),
    [
        ("I'm the ops manager here", "ops manager", "manager", "operations"),
        ("CFO here", "CFO", "executive", "finance"),
        ("Finance Director at a bank", "Finance Director", "director", "finance"),
        ("I am the GM of the hotel", "GM", "executive", None),
        ("my role is head of procurement", "head of procurement", "director", "purchasing"),
        ("I run the shop", "run the shop", "owner", None),
        ("I run finance here", "run finance", "director", "finance"),
        ("I own two bakeries", "own two bakeries", "owner", None),
        ("sole trader, been at it for years", "sole trader", "owner", None),
        ("I'm just the receptionist", "receptionist", "staff", "service"),
        ("As IT manager, I look after the servers", "IT manager", "manager", "IT"),
        ("I'm the CFO's assistant", "CFO's assistant", "staff", "finance"),
        ("I'm an account executive", "account executive", "staff", "sales"),
        ("Pat Doe, VP of Sales at Acme", "VP of Sales", "executive", "sales"),
        ("Marketing coordinator here", "Marketing coordinator", "staff", "marketing"),
        ("managing partner of a law firm", "managing partner", "owner", None),
    ],
)
def test_the_speakers_own_title_is_read_as_said(text, title, seniority, function):
    role = facts(text).role
    assert role is not None
    assert (role.title, role.seniority, role.function) == (title, seniority, function)


@pytest.mark.parametrize(
    "text",
    [
        "my CFO approves",
        "our finance director has to sign it",
        "the owner decides",
        "The owner, Mrs Berg, has the final word",
        "I report to the CFO",
        "I'm not the owner",
        "I was the controller at another firm",
        "if I were the CEO",
        "I have to ask my manager",
        "CFO",
        "Finance Director and CEO sign together",
        "our operations manager and the bookkeeper use it",
        "my boss is the managing director",
        "we need a manager for this",
        "as well as the CFO",
        "I run the numbers for the company",
        "we are looking for a new head of sales",
        "registrar@example.com",
    ],
)
def test_titles_of_others_are_not_the_speakers(text):
    assert facts(text).role is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("we're Harper & Sons", "Harper & Sons"),
        ("I work at Acme Tools", "Acme Tools"),
        ("Pat here from Acme", "Acme"),
        ("Controller at Peach Foods Inc", "Peach Foods Inc"),
        ("We are Brightwell Ltd, a small agency", "Brightwell Ltd"),
        ("our company is called Fenwick Motors", "Fenwick Motors"),
    ],
)
def test_the_company_is_read_by_its_name(text, name):
    company = facts(text).company
    assert company is not None
    assert company.name == name


@pytest.mark.parametrize(
    "text",
    [
        "we're Canadian",
        "we are Busy",
        "we get leads from Facebook",
        "the invoice from Acme Ltd was wrong",
        "call me at Christmas",
        "I'm from London",
        "we work with Opera",
        "we're in Texas",
        "Head of Customer Success",
        "I spoke with the manager at Globex",
    ],
)
def test_other_names_are_no_company_of_theirs(text):
    assert facts(text).company is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("we have 40-50 people", [("employees", 40, 50, "small")]),
        ("we are a team of 12", [("employees", 12, 12, "small")]),
        ("team of 12", [("employees", 12, 12, "small")]),
        ("my team of 6 does the close", [("team", 6, 6, None)]),
        ("just me", [("employees", 1, 1, "solo")]),
        ("it's just me and my brother", [("employees", 2, 2, "micro")]),
        ("we're a mid-sized company", [("employees", None, None, "medium")]),
        ("over 3,000 employees", [("employees", 3000, None, "large")]),
        ("we have 12 trucks and two depots", [("trucks", 12, 12, None), ("warehouses", 2, 2, None)]),
        ("a 60-room hotel", [("rooms", 60, 60, None)]),
        ("about a dozen people", [("employees", 12, 12, "small")]),
        ("there are thirty of us", [("employees", 30, 30, "small")]),
        ("we employ fewer than 50 people", [("employees", None, 50, "small")]),
        ("we are 16, counting the apprentices", [("employees", 16, 16, "small")]),
        ("12 person agency", [("employees", 12, 12, "small")]),
    ],
)
def test_sizes_have_a_unit_and_two_ends(text, sizes):
    assert [(s.unit, s.least, s.most, s.size_class) for s in facts(text).sizes] == sizes


@pytest.mark.parametrize(
    "text",
    [
        "we're not a big company",
        "our clients have 50 employees each",
        "we sell to mid-sized companies",
        "2 people spend 4 hours a day on it",
        "it takes three people",
        "we lost 3 drivers last month",
        "10 leads a week",
        "about 15k",
        "one person can't do both",
        "the three of us decide",
        "30 invoices a day",
    ],
)
def test_other_counts_are_no_size(text):
    assert facts(text).sizes == ()


def test_just_me_says_nothing_of_the_size_when_asked_who_decides():
    assert facts("just me", "authority").sizes == ()
    assert facts("no one else, just me").sizes == ()


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("we're a dental practice", "health care"),
        ("I run a bakery", "restaurants"),
        ("we are in construction", "construction"),
        ("law firm here", "legal"),
        ("I own a small landscaping business", "home services"),
        ("SaaS company in Berlin", "software"),
        ("we're an accounting firm", "accounting"),
        ("I manage a pet shop", "retail"),
        ("Founder of a marketing agency", "marketing and media"),
    ],
)
def test_the_industry_is_their_own(text, industry):
    found = facts(text).industry
    assert found is not None
    assert found.name == industry


@pytest.mark.parametrize(
    "text",
    [
        "our clients are mostly restaurants",
        "we do SEO for law firms",
        "we're not a law firm",
        "our bank wants the figures",
        "my cousin owns a garage",
        "our accounting is a mess",
        "I'll ask my solicitor",
        "saw you at the trade show",
        "we sell software to hospitals",
        "I used to work at a bank",
    ],
)
def test_other_peoples_trades_are_not_theirs(text):
    assert facts(text).industry is None


@pytest.mark.parametrize(
    ("text", "country", "area", "city"),
    [
        ("we're based in Austin, TX", "US", "Texas", "Austin"),
        ("we are in Leeds", "GB", "England", "Leeds"),
        ("a bank in Singapore", "SG", None, "Singapore"),
        ("we're a German company", "DE", None, None),
        ("Sydney based", "AU", "New South Wales", "Sydney"),
        ("our office is in Manchester, New Hampshire", "US", "New Hampshire", "Manchester"),
        ("plumber from Dublin", "IE", None, "Dublin"),
        ("we operate across Ontario", "CA", "Ontario", None),
        ("London", "GB", "England", "London"),
        ("we're in the US", "US", None, None),
    ],
)
def test_the_place_is_where_their_business_is(text, country, area, city):
    place = facts(text).place
    assert place is not None
    assert (place.country, place.area, place.city, place.source) == (country, area, city, "said")


@pytest.mark.parametrize(
    "text",
    [
        "our customers are in Germany",
        "the parent company is in the Netherlands",
        "we ship to Canada",
        "the owner lives in Spain",
        "the board in London decides",
        "our group CIO in Stuttgart has to sign",
        "tell us more",
        "is the data hosted in Ireland?",
        "we bought it in Japan on a trip",
        "the polish on the mobile app is nice",
    ],
)
def test_other_places_are_not_theirs(text):
    assert facts(text).place is None


def test_a_number_tells_the_country_where_nothing_else_does():
    assert facts("+49 30 901820").place == Place("DE", source="phone")
    assert hint("Europe/Berlin", "en-GB", home="Europe/London", home_locale="en-GB") == Place("DE", source="time zone")
    assert hint("Europe/London", "en-IE", home="Europe/London", home_locale="en-GB") == Place("IE", source="locale")
    assert hint("Europe/London", "en-GB", home="Europe/London", home_locale="en-GB") is None
    assert hint("No/Where", "xx", home="Europe/London", home_locale="en-GB") is None


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("we use HubSpot and Excel", [("HubSpot", "using"), ("Excel", "using")]),
        ("still on paper", [("paper", "using")]),
        ("we're moving away from HubSpot", [("HubSpot", "leaving")]),
        ("everything is in spreadsheets", [("spreadsheets", "using")]),
        ("we moved off Sage to Xero last year", [("Xero", "using")]),
        ("we are currently on Clio", [("Clio", "using")]),
        ("Shopify plus Klaviyo", [("Shopify", "using"), ("Klaviyo", "using")]),
        ("we built our own tool", [("in-house system", "using")]),
    ],
)
def test_tools_are_those_of_today(text, tools):
    assert [(tool.name, tool.use) for tool in facts(text).tools] == tools


@pytest.mark.parametrize(
    "text",
    [
        "we don't use Salesforce",
        "unlike HubSpot you look simple",
        "our clients use SAP",
        "my cousin uses Square in his shop",
        "does it integrate with Xero?",
        "we would like to use AI",
        "we used to be on Trello",
        "found you on Google",
        "get this close to done",
        "at my last job we used Asana",
    ],
)
def test_products_that_are_not_theirs_are_no_tools(text):
    assert facts(text).tools == ()


@pytest.mark.parametrize(
    ("text", "rivals"),
    [
        ("we're comparing you with Example Close", [("Example Close", "comparing")]),
        ("we use Sample Books today", [("Sample Books", "using")]),
        ("thinking of leaving Sample Books", [("Sample Books", "leaving")]),
        ("we tried Example Close last year", [("Example Close", "past")]),
        ("what about Example Close?", [("Example Close", "named")]),
        ("we evaluated BlackLine and FloQast", [("BlackLine", "comparing"), ("FloQast", "comparing")]),
        ("we use HubSpot", []),
    ],
)
def test_competitors_are_named_with_how_they_stand_to_them(text, rivals):
    assert [(rival.name, rival.use) for rival in facts(text).competitors] == rivals


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("way too expensive for us", ["price"]),
        ("we can't afford that", ["price"]),
        ("it's not a good time", ["timing"]),
        ("the last vendor burned us", ["trust"]),
        ("we don't need this", ["no_need"]),
        ("is it complicated to set up?", ["complexity"]),
        ("switching costs frighten me", ["switching"]),
        ("where is the data stored?", ["security"]),
        ("we're locked into a contract until June", ["contract"]),
        ("price isn't the problem, it's trust: will you be around in two years?", ["trust"]),
    ],
)
def test_objections_are_told_by_kind(text, kinds):
    assert [objection.name for objection in facts(text).objections] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "price isn't a problem",
        "not too expensive at all",
        "I don't need anyone's approval",
        "that figure is confidential",
        "we have no contract",
        "who are you?",
        "the budget is approved",
    ],
)
def test_what_is_denied_is_no_objection(text):
    assert facts(text).objections == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("asap please", "high"),
        ("we needed this yesterday", "high"),
        ("it must be live before the audit", "high"),
        ("the sooner the better", "medium"),
        ("no rush", "low"),
        ("it's not urgent at all", "low"),
        ("not a priority right now", "low"),
        ("by the end of March", None),
        ("as soon as the budget is approved", None),
        ("urgent tickets pile up every day", None),
    ],
)
def test_urgency_has_a_level(text, level):
    found = facts(text).urgency
    assert (found.name if found else None) == level


@pytest.mark.parametrize(
    ("text", "name", "measure"),
    [
        ("we spend 30 hours a week on manual data entry", "manual work", (30, None, "hours", "week")),
        ("returns cost us 9000 EUR a quarter", "customer service", (9000, None, "EUR", "quarter")),
        ("about 20% of our invoices are wrong", "billing and payments", (20, None, "%", None)),
        ("every Monday the report takes me 3 hours", "reporting", (3, None, "hours", "week")),
        ("we lose 5 to 10 leads a day", "missed leads", (5, 10, "leads", "day")),
        ("month end close takes 6 days", "month-end close", (6, None, "days", None)),
    ],
)
def test_a_pain_has_a_segment_and_a_measure(text, name, measure):
    pains = {pain.name: pain for pain in facts(text).pains}
    (found,) = pains[name].measures
    assert (found.number, found.most, found.unit, found.per) == measure


@pytest.mark.parametrize(
    "text",
    [
        "we use Excel",
        "90 days",
        "I report to the FD",
        "we have 20k approved",
        "anything below 15k is fine",
        "our invoicing works fine",
        "in 6 weeks",
        "next quarter, after the board meeting",
    ],
)
def test_without_trouble_there_is_no_pain(text):
    assert facts(text).pains == ()


@pytest.mark.parametrize(
    ("address", "kind", "meant"),
    [
        ("pat@acme-tools.example.com", "business", None),
        ("pat@gmail.com", "free", None),
        ("pat@yahoo.com.br", "free", None),
        ("pat@xtra.co.nz", "free", None),
        ("pat@mailinator.com", "disposable", None),
        ("pat@inbox.mailinator.com", "disposable", None),
        ("pat@gmial.com", "free", "pat@gmail.com"),
        ("pat@hotmial.com", "free", "pat@hotmail.com"),
        ("pat@acme.con", "business", "pat@acme.com"),
        ("pat@gmail.co", "free", "pat@gmail.com"),
        ("pat@mail.com", "free", None),
    ],
)
def test_an_address_is_business_free_or_disposable(address, kind, meant):
    mail = mail_of(address)
    assert (mail.kind, mail.meant) == (kind, meant)
    assert kind_of(mail.domain) == kind


def test_an_address_is_read_with_the_message():
    assert facts("write to pat@gmail.com please").mail == Mail("gmail.com", "free")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes", True),
        ("oops, yes", True),
        ("yep sorry, typo", True),
        ("no", False),
        ("no, it's right as it is", False),
        ("what does it cost?", None),
        ("pat@example.com", None),
        ("", None),
        ("yes please, thanks", True),
        ("ok thanks", True),
        ("sure, why not", True),
        ("why not", True),
        ("no problem", True),
        ("no worries, but no", False),
        ("thanks", None),
        ("thank you!", None),
        ("great, thanks", None),
        ("ok will do thx", None),
        ("thanks, and good luck to you too", None),
        ("ok bye", None),
        ("right, I have to go", None),
        ("ok, have a nice day", None),
        ("thanks, all the best to you", None),
        ("thanks, that's all I wanted", False),
        ("thanks, that's all", False),
        ("that's all for now, thanks", False),
        ("ok thanks, that was all", False),
        ("I'm good thanks", False),
        ("thanks but I'm all set", False),
        ("thanks, got what I needed", False),
        ("ok thanks, just looking", False),
        ("ok, maybe later", False),
        ("no need, thanks", False),
    ],
)
def test_a_short_reply_is_yes_or_no_or_neither(text, answer):
    assert agrees(text) is answer


@pytest.mark.parametrize("text", ["oops thanks", "thanks", "thanks for spotting that", "yes thanks"])
def test_thanks_for_a_mistake_that_was_found_are_a_yes(text):
    assert agrees(text, of_a_mistake=True)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_the_words_are_parts_of_it(text):
    for piece in pieces(facts(text)):
        assert text[piece.start : piece.end] == piece.text


WORDS = (
    *(
        "we",
        "I'm",
        "the",
        "CFO",
        "40-50",
        "people",
        "in",
        "Austin",
        ",",
        "TX",
        "use",
        "HubSpot",
        "not",
        "don't",
        "a",
        "of",
    ),
    *(
        "hours",
        "week",
        "$4k",
        "lost",
        "invoices",
        "law firm",
        "our",
        "clients",
        "pat@gmial.com",
        ".",
        "?",
        "Acme Ltd",
        "too",
    ),
    *(
        "expensive",
        "asap",
        "12",
        "trucks",
        "%",
        "every",
        "2",
        "month-end",
        "é",
        "I run the shop",
        "moved",
        "to",
        "Xero",
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_likely_words_in_any_order_are_read(text):
    for piece in pieces(facts(text)):
        assert text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize("text", ["1,1,1," * 340, "we are " * 280, "I'm the CFO, " * 150, "a" * 2000, "Acme & " * 280])
def test_twice_as_much_of_anything_takes_about_twice_as_many_steps(text):
    once, twice = (steps_of(lambda n=n: facts(text[:n])) for n in (1_000, 2_000))
    assert twice < 2.6 * once + 20_000


def test_facts_are_read_as_they_were_labelled():
    rows = rows_of(part="built")
    assert len(rows_of(part="all")) >= 200
    assert len(rows_of(part="held")) >= 70
    assert not {row["theme"] for row in rows} & {row["theme"] for row in rows_of(part="held")}
    everything = figures(rows)["all"]
    assert everything.precision >= 0.95
    assert everything.recall >= 0.9


@pytest.mark.parametrize("question", ["need", "budget", "authority", "timeline"])
def test_just_me_and_nothing_else_is_no_size_where_something_was_asked(question: str) -> None:
    assert FINDER.find("Just me.", open_question=question).sizes == ()
    assert FINDER.find("I'm a freelancer", open_question="need").sizes != ()


@pytest.mark.parametrize("text", ["a new site for my dental practice", "somebody to do the books of our law firm"])
def test_what_is_looked_for_for_ones_own_business_tells_its_trade(text: str) -> None:
    assert FINDER.find(text).industry is not None


@pytest.mark.parametrize("text", ["a present for my bank", "a tool for a law firm's clients"])
def test_what_is_looked_for_for_another_tells_no_trade(text: str) -> None:
    assert FINDER.find(text).industry is None


def test_who_sells_on_says_so_by_a_title_that_a_rule_can_ask_for() -> None:
    role = FINDER.find("I'm a reseller, I decide").role
    assert role is not None
    assert role.title == "reseller"
    assert FINDER.find("our reseller told us about you").role is None

"""The owner's answers are found by what a question means, and nothing rather than something wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.configuration import load_playbook
from banter.extraction.knowledge import KnowledgeFinder
from banter.extraction.knowledge_words import lexicon, spoken, units
from banter.extraction.reader import SpacyReader
from banter.leads.playbook import Known
from benchmarks.faq import DEV, count, rows_of

ROOT = Path(__file__).parents[2]
KNOWLEDGE = load_playbook(ROOT / "playbook").knowledge
VISITORS = KnowledgeFinder(KNOWLEDGE.visitors)
CUSTOMERS = KnowledgeFinder(KNOWLEDGE.customers, tells=True)


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    return SpacyReader(competitor_names=("Example Close",), knowledge=KNOWLEDGE)


def read(reader: SpacyReader, text: str, open_question: str | None = "need", hint: str | None = None):
    return reader.read(text, open_question=open_question, known={}, today=date(2026, 1, 1), topic_hint=hint)


def test_every_wording_of_the_owners_finds_its_own_entry():
    for finder, entries in ((VISITORS, KNOWLEDGE.visitors), (CUSTOMERS, KNOWLEDGE.customers)):
        assert {ask: finder.find(ask) for e in entries for ask in e.asks} == {a: e.key for e in entries for a in e.asks}


def test_questions_in_other_words_are_found_and_wrong_answers_are_rare():
    got = count(rows_of(DEV), KNOWLEDGE, VISITORS.find, CUSTOMERS.find)
    assert got.right_share >= 0.83
    assert got.wrong_share <= 0.02


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("how long are we locked in for?", "contract-length"),
        ("can I take it for a spin before we pay anything?", "free-trial"),
        ("is there a tiral", "free-trial"),
        ("We're a small team of five. Is our data kept in Europe?", "data-location"),
        ("if we quit, do you delete everything?", "leaving-data"),
        ("we invoice in USD and CHF, is that ok?", "currencies"),
        ("SSO?", "security"),
        ("data residency", "data-location"),
        ("our IT guy wants to know if there's an API", "api"),
    ],
)
def test_a_question_is_found_in_words_that_the_owner_did_not_write(text, key):
    assert VISITORS.find(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "we have 10k",
        "our CFO approved 15k",
        "we use Excel and email",
        "our contract with them ends in June",
        "we don't need a trial",
        "no training needed, thanks",
        "what does it cost?",
        "how much per user?",
        "do you have a podcast?",
        "does it do payroll?",
        "what is an API?",
        "can I talk to someone?",
        "are you hiring?",
        "Excel",
    ],
)
def test_what_is_no_question_of_the_owners_finds_nothing(text):
    assert VISITORS.find(text) is None


def test_customers_may_just_tell_what_is_wrong_and_visitors_may_not():
    assert CUSTOMERS.find("my account has been blocked") == "locked-out"
    assert VISITORS.find("our data is in SAP") is None
    assert CUSTOMERS.find("our data is in SAP") is None


def test_a_new_entry_is_found_by_other_words_with_nothing_trained():
    entry = Known("parking", ("where can I park", "is there a car park"), "Behind the house.")
    finder = KnowledgeFinder((*KNOWLEDGE.visitors, entry))
    assert finder.find("do you have parking?") == "parking"
    assert VISITORS.find("do you have parking?") is None


OWN_TRADE = (
    Known("parking", ("where can I park", "is there a car park"), "Behind the house, for free."),
    Known("pets", ("can I bring my dog", "are animals allowed"), "Dogs are welcome, cats are not."),
    Known("delivery", ("do you deliver", "how long does shipping take"), "Within three days in the whole country."),
    Known("warranty", ("is there a warranty", "what if it breaks"), "Two years on all parts."),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("any place to leave the car?", "parking"),
        ("is it ok to bring a puppy?", "pets"),
        ("when will the parcel arrive?", "delivery"),
        ("do I get a new one if it is faulty?", "warranty"),
        ("do you have a swimming pool?", None),
        ("do you sell shoes?", None),
        ("is there wifi?", None),
    ],
)
def test_an_entry_that_no_list_and_no_model_knows_is_found_by_its_meaning(text, key):
    assert KnowledgeFinder((*KNOWLEDGE.visitors, *OWN_TRADE)).find(text) == key
    assert KnowledgeFinder(OWN_TRADE).find(text) == key


def test_a_word_that_no_list_knows_is_found_by_itself():
    finder = KnowledgeFinder((Known("zorb", ("do you rent zorbs", "how much air goes into a zorb"), "Yes."),))
    assert finder.find("are your zorbs for rent?") == "zorb"
    assert finder.find("do you sell kayaks?") is None


def test_of_two_entries_that_fit_alike_neither_is_taken():
    finder = KnowledgeFinder((Known("a", ("is there a trial",), "A."), Known("b", ("do you have a trial",), "B.")))
    assert finder.find("can we try it out?") is None


def test_nothing_is_found_where_nothing_is_known():
    assert KnowledgeFinder(()).find("is there a free trial?") is None
    reading = SpacyReader().read(
        "is there an API?", open_question="need", known={}, today=date(2026, 1, 1), topic_hint=None
    )
    assert (reading.found, reading.helped, reading.topics) == ((), (), ("unknown",))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_searched_without_raising_and_twice_alike(text):
    keys = {None, *(entry.key for entry in KNOWLEDGE.visitors)}
    assert VISITORS.find(text) in keys
    assert KnowledgeFinder(KNOWLEDGE.visitors[:5]).find(text) == KnowledgeFinder(KNOWLEDGE.visitors[:5]).find(text)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(Known, st.text(max_size=10), st.lists(st.text(max_size=40), max_size=4).map(tuple), st.text()),
        max_size=5,
    ),
    st.text(max_size=60),
)
def test_any_entries_can_be_searched(entries, text):
    KnowledgeFinder(entries, tells=True).find(text)


@pytest.mark.parametrize("text", ["a" * 2000, "is there a trial? " * 110, "\u0301" * 2000, "?" * 2000])
def test_long_and_odd_texts_are_searched(text):
    assert VISITORS.find(text) in (None, "free-trial")


def test_the_lists_of_words_name_each_concept_once_and_only_concepts_that_exist():
    lexi = lexicon()
    assert all(name in lexi.weights for names in lexi.wider.values() for name in names)
    assert all(name in lexi.weights for _, *sides in lexi.pairs for side in sides for name in side)


def test_a_longer_phrase_is_not_torn_by_a_shorter_one_before_it():
    assert [unit.text for unit in units(spoken("does it sit on our own servers"))][-1] == "on our own servers"


@pytest.mark.parametrize(
    ("text", "open_question", "found", "topics"),
    [
        ("we have about 10k. is there a free trial?", "budget", ("free-trial",), ()),
        ("are discounts possible?", "budget", ("discount",), ()),
        ("what does it cost?", "budget", (), ("price",)),
        ("what do you do with my data?", "need", (), ("privacy",)),
        ("where is our data stored?", "need", ("data-location",), ()),
        ("can I talk to a human?", "need", (), ("person",)),
        ("how does it work?", "need", (), ("how_it_works",)),
        ("how do you compare with Example Close?", "need", (), ("competitors",)),
        ("are you open on saturdays?", "need", (), ("hours",)),
        ("why do you need my budget?", "budget", (), ("why",)),
        ("do you integrate with QuickBooks? also are you a bot?", "need", ("integrations",), ("bot",)),
        ("is there a trial and can I export to Excel?", "need", ("free-trial", "export"), ()),
        ("how long does onboarding take and what does it cost?", "need", ("setup-time",), ("price",)),
        ("do you have a podcast?", "need", (), ("unknown",)),
        ("manual data entry", "need", (), ()),
        ("multi-currency", "need", (), ()),
    ],
)
def test_what_is_found_is_no_open_topic_any_more_and_plain_topics_stay(reader, text, open_question, found, topics):
    reading = read(reader, text, open_question)
    assert (reading.found, reading.topics) == (found, topics)


def test_what_the_classifier_guessed_of_a_question_that_is_found_is_dropped(reader):
    assert read(reader, "do you integrate with QuickBooks?", hint="how_it_works").topics == ()


def test_who_asks_to_speak_with_a_customer_of_ours_wants_no_person(reader):
    reading = read(reader, "can we talk to one of your customers?")
    assert (reading.acts, reading.found) == (("question",), ("references",))


def test_answers_beside_a_question_that_is_found_are_kept(reader):
    reading = read(reader, "we have about 10k. is there a free trial?", "budget")
    assert reading.answers["budget"].band == "amount"


def test_customers_entries_stand_apart(reader):
    reading = read(reader, "I forgot my password", None)
    assert (reading.found, reading.helped) == ((), ("password",))


def test_the_order_of_the_entries_changes_nothing():
    other = KnowledgeFinder(tuple(reversed(KNOWLEDGE.visitors)))
    texts = [row["text"] for row in rows_of(DEV)]
    assert [VISITORS.find(text) for text in texts] == [other.find(text) for text in texts]


@pytest.mark.parametrize("text", ["why a call?", "but why a call?", "why another meeting", "Why the demo?"])
def test_who_asks_why_there_should_be_a_call_is_told_why(reader, text):
    assert read(reader, text, "slot").topics == ("why",)


@pytest.mark.parametrize("text", ["why was the call moved?", "why a monthly contract?"])
def test_what_is_asked_of_a_call_or_a_contract_otherwise_is_not_why_there_should_be_one(reader, text):
    assert "why" not in read(reader, text, "slot").topics

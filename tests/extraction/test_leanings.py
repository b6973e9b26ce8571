"""What the model of objections, urgency and pains adds to the rules, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from banter.configuration import load_playbook
from banter.extraction.contact import find_contact, masked
from banter.extraction.facts import FactFinder
from banter.extraction.leanings import leanings
from banter.extraction.learn_facts import examples, shipped_market, urgency_of
from banter.leads.facts import Facts
from banter.leads.playbook import Market

ROOT = Path(__file__).parents[2]
PLAYBOOK = load_playbook(ROOT / "playbook")
FINDER = FactFinder(PLAYBOOK.market, PLAYBOOK.company.competitor_names)


def facts(text: str) -> Facts:
    return FINDER.find(text, find_contact(text, region="GB"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("isn't that too expensive?", "price"),
        ("isn't it too complicated?", "complexity"),
        ("aren't we too small for that?", "no_need"),
        ("the crew will never get the hang of it", "complexity"),
        ("whose server holds what our patients write", "security"),
    ],
)
def test_what_holds_them_back_is_heard_in_other_words(text, kind):
    assert kind in [objection.name for objection in facts(text).objections]


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Tuesday at ten works for me",
        "our customers are hospitals",
        "it's not too expensive",
        "call me after four",
    ],
)
def test_nothing_is_heard_where_nothing_is_said(text):
    found = facts(text)
    assert (found.objections, found.urgency, found.pains) == ((), None, ())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("one in five invoices goes out wrong", 20),
        ("3 out of 10 quotes are late", 30),
        ("every third order is wrong", 33),
        ("half of the enquiries go unanswered", 50),
        ("a quarter of our appointments are no-shows", 25),
    ],
)
def test_a_share_in_words_measures_a_pain(text, number):
    measures = [measure for pain in facts(text).pains for measure in pain.measures]
    assert [(measure.number, measure.unit) for measure in measures] == [(number, "%")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm Pat from Lakeside Dental", "health care"),
        ("Controller at Blue River Hauling", "logistics"),
        ("we make steel valves for ships", "manufacturing"),
        ("we sell candles online", "online shops"),
    ],
)
def test_a_name_or_what_they_make_tells_the_trade(text, name):
    industry = facts(text).industry
    assert industry is not None
    assert industry.name == name


def test_a_segment_that_the_owner_took_off_the_list_is_never_named():
    finder = FactFinder(Market(pains={"stock": ("stock",)}))
    found = finder.find("half the calls go unanswered and enquiries get lost")
    assert {pain.name for pain in found.pains} <= {"stock", None}


def test_the_evidence_is_the_sentence_that_leans():
    text = "We are nine. It is patient data, so where is it stored and who can read it? Thanks"
    (objection,) = [each for each in facts(text).objections if each.name == "security"]
    (piece,) = objection.evidence
    assert text[piece.start : piece.end] == piece.text
    assert "stored" in piece.text
    assert "nine" not in piece.text


def test_a_number_without_its_country_is_blanked_out_by_the_region():
    text = "ring 020 7946 0018 after six"
    assert "7946" not in masked(text, "GB")
    assert len(masked(text, "GB")) == len(text)


def test_the_urgency_of_an_answer_follows_from_its_labels():
    bare = {"text": "end of March", "band": "within_120_days", "commitment": "intending", "days_max": 90}
    assert urgency_of(bare) == ""
    assert urgency_of({**bare, "text": "we must have it by the end of March", "commitment": "committed"}) == "high"
    assert urgency_of({**bare, "text": "we would like to have it by March", "days_max": 60}) == "medium"
    assert urgency_of({**bare, "text": "no rush", "band": "someday"}) == "low"


def test_what_is_learnt_from_holds_enough_of_every_kind():
    rows = examples(shipped_market(ROOT / "playbook" / "market.yml"))
    told = [label for row in rows if row.source == "pressures" for label in row.labels]
    assert len(told) >= 600
    assert all(sum(label.startswith(kind) for label in told) >= 150 for kind in ("objection", "urgency", "pain"))
    assert sum(not row.labels for row in rows) >= 600
    assert leanings(rows[0].marks)

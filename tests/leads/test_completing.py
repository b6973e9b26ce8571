"""An answer and what its follow-up was told make one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from banter.leads.answers import merge
from banter.leads.completing import without_misread_cost
from banter.leads.reading import Reading
from scoring.model import Answer, Dimension, Evidence, Money, Timing

KARENS = Answer(
    "budget", "approved", "precise", "committed", "Karen okayed it", (Evidence("Karen okayed it", 0, 15, "approval"),)
)
FIGURE = Money(15_000, 15_000)
TEN = Answer(
    "budget", "amount", "precise", "intending", "10k", (Evidence("10k", 0, 3, "money"),), Money(10_000, 10_000)
)
LOST = Answer(
    "need", "specific", "precise", "intending", "invoices get lost", (Evidence("invoices get lost", 0, 17, "problem"),)
)
LATER = Answer("timeline", "someday", "some", "tentative", "after the audit", (), Timing(None))
RECOMMENDS = Answer("authority", "influence", "some", "intending", "I do the shortlist")
KAREN_DECIDES = Answer("authority", "none", "precise", "negative", "Karen decides")


def told(
    old: Answer,
    probe: str,
    text: str,
    *,
    new: Answer | None = None,
    together: Answer | None = None,
    agrees: bool | None = None,
) -> Answer:
    """What is known after `text` answered the follow-up `probe` to `old`."""
    reading = Reading(text, answers={} if new is None else {new.dimension: new}, agrees=agrees)
    merged = merge({old.dimension: old}, reading, open_question=old.dimension, together=together, probe=probe)
    whole = merged[old.dimension]
    assert all(whole.text[e.start : e.end] == e.text for e in whole.evidence)
    return whole


def said(dimension: Dimension, band: str, text: str, commitment: str = "intending", value: object = None) -> Answer:
    return Answer(
        dimension,
        band,
        "precise",
        commitment,
        text,
        (Evidence(text, 0, len(text), "x"),),
        value,  # type: ignore[arg-type]
    )


def test_approved_and_then_a_figure_is_an_approved_amount_that_rests_on_both() -> None:
    whole = told(KARENS, "probe_figure_of", "15k", new=said("budget", "amount", "15k", value=FIGURE))
    assert (whole.band, whole.commitment, whole.value) == ("approved_amount", "committed", FIGURE)
    assert [e.text for e in whole.evidence] == ["Karen okayed it", "15k"]


def test_a_guess_at_the_approved_figure_is_that_figure() -> None:
    whole = told(KARENS, "probe_figure", "15k I guess", new=said("budget", "amount", "15k", "tentative", FIGURE))
    assert whole.band == "approved_amount"


def test_who_does_not_know_the_figure_yet_still_has_the_approval() -> None:
    exploring = said("budget", "exploring", "no exact number yet", "tentative")
    assert told(KARENS, "probe_figure", "no exact number yet", new=exploring, together=KARENS) == KARENS


def test_who_takes_the_approval_back_has_none() -> None:
    denied = said("budget", "exploring", "oh, it's not approved after all", "tentative")
    assert told(KARENS, "probe_figure", denied.text, new=denied, together=denied) == denied


@pytest.mark.parametrize(
    ("text", "new", "agrees"),
    [
        ("yes", None, True),
        ("yes, it is", said("budget", "approved", "yes, it is", "committed"), True),
        ("the board signed it off", said("budget", "approved", "the board signed it off", "committed"), None),
    ],
)
def test_a_figure_and_then_a_yes_is_an_approved_amount(text: str, new: Answer | None, agrees: bool | None) -> None:
    whole = told(TEN, "probe_approval", text, new=new, agrees=agrees)
    assert (whole.band, whole.commitment, whole.value) == ("approved_amount", "committed", TEN.value)


@pytest.mark.parametrize(
    ("text", "new", "agrees"),
    [
        ("no", None, False),
        ("not yet", said("budget", "exploring", "not yet", "tentative"), False),
        ("still waiting for the board", said("budget", "exploring", "waiting", "tentative"), None),
    ],
)
def test_a_figure_that_waits_for_approval_stays_a_figure(text: str, new: Answer | None, agrees: bool | None) -> None:
    new = None if new is None else said("budget", new.band, text, new.commitment)
    whole = told(TEN, "probe_approval", text, new=new, agrees=agrees)
    assert (whole.band, whole.commitment, whole.value) == ("amount", "tentative", TEN.value)


def test_no_money_at_all_takes_the_figure_back() -> None:
    none = said("budget", "none", "no, there is no money for it", "negative")
    assert told(TEN, "probe_approval", none.text, new=none, together=none, agrees=False) == none


@pytest.mark.parametrize("text", ["30", "about 10", "20-30", "maybe ten", "daily", "half my week", "a dozen or so"])
def test_a_bare_number_is_the_measure_that_was_asked_for(text: str) -> None:
    whole = told(LOST, "probe_hours", text)
    assert (whole.band, whole.specificity) == ("quantified", "precise")
    assert whole.evidence[0].text == "invoices get lost"
    assert whole.evidence[-1].kind == "measure"


def test_a_measure_that_was_read_rests_on_the_problem_too() -> None:
    whole = told(LOST, "probe_hours", "30 hours a week", new=said("need", "quantified", "30 hours a week"))
    assert whole.band == "quantified"
    assert [e.text for e in whole.evidence] == ["invoices get lost", "30 hours a week"]


@pytest.mark.parametrize("band", ["general", "curious", "specific"])
def test_who_cannot_say_how_much_still_has_the_problem(band: str) -> None:
    assert told(LOST, "probe_hours", "no idea, a lot", new=said("need", band, "no idea, a lot")) == LOST


def test_the_figure_of_another_answer_is_no_measure_of_the_problem() -> None:
    money = said("budget", "approved_amount", "The board allocated 22k", value=FIGURE)
    reading = Reading("The board allocated 22k", answers={"budget": money})
    merged = merge({"need": LOST}, reading, open_question="need", together=None, probe="probe_hours")
    assert merged == {"need": LOST, "budget": money}


def test_what_a_problem_costs_is_no_budget() -> None:
    cost = Reading("5k a month", answers={"budget": said("budget", "amount", "5k a month", value=FIGURE)})
    assert without_misread_cost(cost, "probe_money", None).answers == {}
    assert without_misread_cost(cost, "", None) == cost
    comparing = Answer("budget", "exploring", "vague", "tentative", "nothing is budgeted yet")
    marked = replace(cost, corrects=("budget",), contradicts=("budget",))
    assert without_misread_cost(marked, "probe_money", comparing) == replace(cost, answers={})
    assert without_misread_cost(marked, "probe_money", TEN) == marked
    approved = Reading(
        "5k approved", answers={"budget": said("budget", "approved_amount", "5k approved", value=FIGURE)}
    )
    assert without_misread_cost(approved, "probe_money", None) == approved


def test_a_date_for_the_event_is_the_date() -> None:
    may = said("timeline", "within_year", "in May", value=Timing(190, date(2027, 5, 31)))
    assert told(LATER, "probe_event", "in May", new=may) == may


def test_soon_and_then_a_far_month_is_that_month() -> None:
    soon = said("timeline", "within_60_days", "soon", value=Timing(None))
    may = said("timeline", "within_year", "in May", value=Timing(190, date(2027, 5, 31)))
    assert told(soon, "probe_month", "in May", new=may, together=soon) == may


def test_who_has_no_idea_when_still_waits_for_the_event() -> None:
    idle = Answer("timeline", "someday", "vague", "tentative", "no idea", (), Timing(None))
    assert told(LATER, "probe_event", "no idea", new=idle) == LATER


def test_who_names_the_signer_keeps_their_own_part() -> None:
    signer = said("authority", "none", "our director", "negative")
    whole = told(RECOMMENDS, "probe_signer", "our director", new=signer)
    assert (whole.band, whole.specificity) == ("influence", "precise")
    assert whole.evidence[-1].text == "our director"


def test_who_signs_after_all_has_the_final_say() -> None:
    final = said("authority", "final", "I do", "committed")
    assert told(RECOMMENDS, "probe_signer", "I do", new=final) == final


def test_whose_word_the_decider_goes_by_has_a_part_in_it() -> None:
    assert told(KAREN_DECIDES, "probe_part", "yes", agrees=True).band == "influence"
    part = said("authority", "influence", "she goes by what I say")
    assert told(KAREN_DECIDES, "probe_part", part.text, new=part) == part


def test_a_no_leaves_the_decision_with_the_decider() -> None:
    assert told(KAREN_DECIDES, "probe_part", "no", agrees=False) == KAREN_DECIDES
    alone = said("authority", "none", "she decides alone", "negative")
    assert told(KAREN_DECIDES, "probe_part", alone.text, new=alone) == KAREN_DECIDES

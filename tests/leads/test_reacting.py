"""What is said to an answer shows that it was heard."""

from __future__ import annotations

from banter.leads.facts import Facts, Measure, Pain
from banter.leads.reacting import reaction
from banter.leads.reading import Reading
from banter.leads.saying import Say
from scoring.model import Answer, Evidence


def need(band: str, text: str = "it hurts", *evidence: Evidence) -> Answer:
    return Answer("need", band, "precise", "intending", text, evidence)


def said_to(answer: Answer, before: Answer | None = None, facts: Facts | None = None) -> tuple[Say, ...]:
    known = {} if before is None else {"need": before}
    reading = Reading(answer.text, answers={"need": answer}, facts=facts or Facts())
    return reaction(reading, known, {"need": answer}, {"need"}, "need")  # type: ignore[arg-type]


def measured(text: str, unit: str) -> Facts:
    pain = Pain("manual work", (Measure(60.0, None, unit, None),), (Evidence(text, 0, len(text), "measure"),))
    return Facts(pains=(pain,))


def test_a_figure_comes_back_in_the_visitors_own_words() -> None:
    answer = need("quantified", "six days a month!", Evidence("six days a month!", 0, 17, "measure"))
    assert said_to(answer) == (Say("utter_react_need_quantified", {"measure": "six days a month"}),)


def test_the_time_that_a_problem_takes_is_found_among_the_facts_where_no_words_are_marked() -> None:
    answer = need("quantified")
    told = (Say("utter_react_need_quantified", {"measure": "60 hours"}),)
    assert said_to(answer, facts=measured("60 hours", "hours")) == told


def test_forty_clients_are_no_loss() -> None:
    assert said_to(need("quantified"), facts=measured("40 clients", "customers")) == (Say("utter_acknowledged"),)


def test_the_figure_that_a_follow_up_brings_is_reacted_to_as_well() -> None:
    answer = need("quantified", "2 weeks", Evidence("2 weeks", 0, 7, "measure"))
    assert said_to(answer, before=need("specific")) == (Say("utter_react_need_quantified", {"measure": "2 weeks"}),)
    assert said_to(need("specific", "and more of it"), before=need("specific")) == (Say("utter_acknowledged"),)

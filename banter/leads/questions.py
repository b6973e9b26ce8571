"""Which question comes next, and in which words. Pure: four to six questions, never a seventh."""

from __future__ import annotations

from banter.leads.model import Lead
from banter.leads.playbook import Conversation
from scoring.model import Answer, Dimension

#: A probe that asks for something in particular has words of its own: "What number did your CFO approve?"
PARTICULAR_PROBES = {("budget", "approved"): "probe_figure"}


def unanswered(lead: Lead, rules: Conversation) -> tuple[Dimension, ...]:
    return tuple(d for d in rules.order if d not in lead.answers)


def may_probe(lead: Lead, dimension: Dimension, rules: Conversation) -> bool:
    """Once per question, and only while every question not asked yet can still be asked within the limit."""
    others = sum(1 for d in unanswered(lead, rules) if d != dimension and d not in lead.asked)
    return lead.asked.count(dimension) == 1 and len(lead.asked) + 1 + others <= rules.most_questions


def wants_probe(answer: Answer, rules: Conversation) -> bool:
    """True when the answer leaves open what the playbook wants to know: a listed band, said without a checkable fact.

    A band that lacks a figure ("our CFO approved it") is vague about the figure however precise it is otherwise.
    """
    if answer.band not in rules.probe.get(answer.dimension, ()):
        return False
    return answer.specificity != "precise" or (answer.dimension, answer.band) in PARTICULAR_PROBES


def probe_wording(dimension: Dimension, answer: Answer | None) -> str:
    return PARTICULAR_PROBES.get((dimension, answer.band if answer else ""), "probe")


def next_question(lead: Lead, rules: Conversation) -> Dimension | None:
    """The first question that is neither answered nor, when the limit is reached, left unasked."""
    for dimension in unanswered(lead, rules):
        if dimension in lead.asked or len(lead.asked) < rules.most_questions:
            return dimension
    return None

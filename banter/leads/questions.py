"""Which question comes next, and in which words. Pure: four to six questions, never a seventh."""

from __future__ import annotations

from dataclasses import dataclass, replace

from banter.leads.facts import Facts
from banter.leads.model import Lead
from banter.leads.playbook import Conversation, Market
from banter.leads.reading import Mentions
from scoring.model import Answer, Dimension, Timing


@dataclass(frozen=True)
class Probe:
    """A follow-up: its `wording` in domain.yml says what the answer lacked, `about` is whom or what it names."""

    wording: str
    about: str = ""


_AGAIN = Probe("probe")
_GOOD_TO_KNOW = ("probe_signer",)


def unanswered(lead: Lead, rules: Conversation) -> tuple[Dimension, ...]:
    return tuple(d for d in rules.order if d not in lead.answers)


def may_probe(lead: Lead, dimension: Dimension, rules: Conversation, probe: Probe | None = None) -> bool:
    """Once per answer, and only while every question not asked yet can still be asked within the limit; one that
    raises no points, only while another follow-up could still be asked as well."""
    others = sum(1 for d in unanswered(lead, rules) if d != dimension and d not in lead.asked)
    spared = 1 if others and probe is not None and probe.wording in _GOOD_TO_KNOW else 0
    asked_once = dimension in lead.asked and dimension not in lead.probed
    return asked_once and len(lead.asked) + 1 + others + spared <= rules.most_questions


def lacking(
    answer: Answer | None,
    rules: Conversation,
    mentions: Mentions,
    facts: Facts,
    market: Market,
) -> Probe | None:
    """What the answer leaves open of what the playbook wants to know, None when nothing. `mentions` and `facts` are
    those of the message that it stands in.

    A band that is listed in the playbook is asked about for what a better answer would hold: an approval for its
    figure, a figure for its approval, a problem for its measure, an event for its date.
    """
    if answer is None:
        return _AGAIN
    listed = rules.probe.get(answer.dimension, ())
    if _dateless(answer):
        return _date(answer, mentions, facts) if "someday" in listed else None
    if answer.band not in listed:
        return None
    if answer.dimension == "budget":
        return _money(answer, mentions)
    if answer.dimension == "authority":
        return _decision(answer, mentions)
    if answer.dimension == "need":
        return _problem(answer, facts, market)
    return _otherwise(answer, "probe")


def next_question(lead: Lead, rules: Conversation) -> Dimension | None:
    """The first question that is neither answered nor, when the limit is reached, left unasked."""
    for dimension in unanswered(lead, rules):
        if dimension in lead.asked or len(lead.asked) < rules.most_questions:
            return dimension
    return None


def put(lead: Lead, dimension: Dimension) -> tuple[Lead, str]:
    """The lead with that question asked, and its wording: other words where it was asked before."""
    if dimension in lead.asked:
        return lead, "again"
    return replace(lead, asked=(*lead.asked, dimension)), "first"


def _money(answer: Answer, mentions: Mentions) -> Probe | None:
    if answer.band == "approved":
        return Probe("probe_figure_of", mentions.approver) if mentions.approver else Probe("probe_figure")
    if answer.band == "amount":  # "maybe 10k", "10k, but it isn't signed off": not approved, as they said
        plain = answer.commitment in ("intending", "committed") and not mentions.unapproved
        return Probe("probe_approval") if plain else None
    return _otherwise(answer, "probe_range" if answer.band == "exploring" else "probe")


def _decision(answer: Answer, mentions: Mentions) -> Probe | None:
    if answer.band == "influence":
        return None if mentions.person else Probe("probe_signer")
    if answer.band == "none":  # a plain "not me" is a clear answer; with a name, one's own part in it may be more
        return Probe("probe_part", mentions.person) if mentions.person else None
    return _otherwise(answer, "probe")


def _problem(answer: Answer, facts: Facts, market: Market) -> Probe | None:
    if answer.band != "specific":
        return _otherwise(answer, "probe_example" if answer.band in ("general", "curious") else "probe")
    if any(pain.measures for pain in facts.pains):
        return None
    about = {pain.name for pain in facts.pains}
    fitting = (measure for measure, names in market.measures.items() if about & set(names))
    return Probe(f"probe_{next(fitting, 'measure')}")


def _dateless(answer: Answer) -> bool:
    if answer.dimension != "timeline" or not answer.said:
        return False
    return not isinstance(answer.value, Timing) or answer.value.days_max is None


def _date(answer: Answer, mentions: Mentions, facts: Facts) -> Probe | None:
    if answer.band != "someday":  # "soon"; but "as soon as possible" is as near as can be
        return Probe("probe_month") if facts.urgency and facts.urgency.name == "medium" else None
    if mentions.event:
        return Probe("probe_event", mentions.event)
    if answer.commitment == "negative":  # "no plans"
        return None
    return _otherwise(answer, "probe_date")


def _otherwise(answer: Answer, wording: str) -> Probe | None:
    """Anything else is asked about when it held nothing that could be checked."""
    return Probe(wording) if answer.specificity != "precise" else None

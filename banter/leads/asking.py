"""Which question is put after a message, and in which wording."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from banter.leads.answers import unclear
from banter.leads.model import Lead
from banter.leads.questions import lacking, may_probe, next_question, put, unanswered
from banter.leads.reading import Reading
from banter.leads.turn import Turn
from scoring.model import DIMENSIONS, Dimension

Asked = tuple[Lead, Dimension | None, str]

#: A question is put so often at most while the visitor asks or tells something else; then it is left unanswered. Some
#: have six questions of their own before they answer the first.
MOST_PUT = 8


def ask_next(lead: Lead, reading: Reading, changed: set[Dimension], aside: bool, turn: Turn) -> Asked:
    """The question to ask after this message, None when all are settled, and its wording. `aside`: the message did
    something else than to answer, so the open question is simply put again, up to MOST_PUT times."""
    rules = turn.playbook.conversation
    for corrected in reading.corrects:  # what was corrected is followed up as it would have been at first
        if corrected in changed and corrected in lead.asked and corrected != lead.awaiting:
            followed = _follow_up(lead, corrected, reading, turn)
            if followed is not None:
                return (_putting_off(lead, followed[0]), *followed[1:])
    if lead.awaiting in DIMENSIONS:
        open_question = lead.awaiting
        answer = lead.answers.get(open_question)
        probed, enough = open_question in lead.probed, lead.tries + 1 >= MOST_PUT
        if answer is None and aside and not enough:
            tries = lead.tries if _greets(lead, reading) else lead.tries + 1
            return replace(lead, tries=tries), open_question, (lead.probe or "probe") if probed else "again"
        if answer is None and (enough or not may_probe(lead, open_question, rules)):
            lead = replace(lead, answers={**lead.answers, open_question: unclear(open_question, reading.text)})
        elif answer is None or open_question in changed:
            followed = _follow_up(lead, open_question, reading, turn)
            if followed is not None:
                return followed
        elif probed and answer.said and lead.probe and not enough and _is_no_evasion(lead, reading, changed, aside):
            return replace(lead, tries=lead.tries + 1), open_question, lead.probe
        lead = replace(lead, tries=0)
    lead = replace(lead, probe="", about="")
    if lead.put_off:
        dimension, wording, about = cast("tuple[Dimension, str, str]", lead.put_off)
        return replace(lead, put_off=(), probe=wording, about=about, tries=0), dimension, wording
    upcoming = next_question(lead, rules)
    if upcoming is None:
        return lead, None, "first"
    lead, wording = put(lead, upcoming)
    return lead, upcoming, wording


def is_aside(lead: Lead, reading: Reading, changed: set[Dimension], first: bool) -> bool:
    """Whether a message that leaves the open question unanswered did something else: a question of theirs, an answer
    to another question, an address; small talk and insults once; or it opened the conversation."""
    asks = "human" in reading.acts
    given = reading.contact.reachable or reading.contact.email_hint
    idle = ("smalltalk" in reading.acts or reading.abusive) and lead.tries == 0
    beside = (not reading.abusive and (reading.topics or reading.found)) or reading.language
    return bool(beside or changed or asks or given or idle or (first and not _only_replies(reading)))


def _only_replies(reading: Reading) -> bool:
    """Whether a first message replies to the question that stood there, though it answers nothing: "maybe", "6"."""
    words = [word for word in reading.text.split() if any(c.isalnum() for c in word)]
    return reading.evades or (len(words) == 1 and words[0].isdigit())


def _putting_off(lead: Lead, followed: Lead) -> Lead:
    """`followed` with the follow-up that was open in `lead`, which comes back after the new one."""
    if lead.awaiting in DIMENSIONS and lead.probe and lead.awaiting in lead.answers:
        return replace(followed, put_off=(lead.awaiting, lead.probe, lead.about))
    return followed


def _greets(lead: Lead, reading: Reading) -> bool:
    """Whether it is a first message that has nothing to answer yet: a greeting, a question of theirs; no story."""
    return lead.turns <= 1 and not reading.idle and not reading.abusive


def _is_no_evasion(lead: Lead, reading: Reading, changed: set[Dimension], aside: bool) -> bool:
    """Whether a follow-up comes back after a message that doesn't answer it: a question of theirs or a correction of
    something else; anything else beside it once. "I can't say before I know the prices" asks, and answers as well."""
    corrected = changed & set(reading.corrects)
    asks = (reading.topics or reading.found) and lead.awaiting not in reading.answers
    return bool(asks or corrected) or (aside and lead.tries == 0)


def _follow_up(lead: Lead, dimension: Dimension, reading: Reading, turn: Turn) -> Asked | None:
    """The one follow-up that an answer gets, when it lacks something and one more question may be put."""
    rules = turn.playbook.conversation
    if lead.at_once and (len(lead.asked) > 1 or unanswered(lead, rules)):
        return None  # who said everything at once is asked one thing more at most
    answer = lead.answers.get(dimension)
    if answer is not None and answer.band == "approved" and "refusal" in reading.acts:
        return None  # "approved, but how much is private": what it lacks was refused
    probe = lacking(answer, rules, reading.mentions, reading.facts, turn.playbook.market)
    if probe is None or not may_probe(lead, dimension, rules, probe):
        return None
    if dimension != lead.awaiting:
        tries = 0
    else:  # who has digressed once at the question is not asked its follow-up again and again
        tries = lead.tries if dimension in lead.answers else lead.tries + 1
    lead = replace(lead, asked=(*lead.asked, dimension), probed=(*lead.probed, dimension), tries=tries)
    return replace(lead, probe=probe.wording, about=probe.about), dimension, probe.wording

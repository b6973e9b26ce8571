"""Visitors whom the questions are not for: who want no more messages, who are no buyers, or who need help with what
they bought."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.answering import UNKNOWN
from banter.leads.aside import asks_for_person
from banter.leads.browsing import ABOUT_THE_TALK
from banter.leads.consent import MOST_WORDS, concerns_team
from banter.leads.facts import PEOPLE, Facts
from banter.leads.model import Lead, OptOut
from banter.leads.playbook import TurnAway
from banter.leads.reading import Reading
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn

_A_PLAIN_YES = 4  # words; "I did reset it, still nothing" is none
_OF_BUYERS = {"budget", "authority", "timeline"}


def leave(
    lead: Lead, reading: Reading, answers: tuple[Say, ...], *, first: bool, offer: str, person: bool, turn: Turn
) -> Heard | None:
    """What such a visitor is told, None for everybody else. `answers` are those to the questions in the message,
    `offer` is what a plain yes accepts, `person` that they want one."""
    erase = "erase" in reading.topics
    if erase:
        turn.services.alerts.tell(lead, "erase", turn.now)
    stops = wants_no_more(reading)
    if stops or erase:
        turn.services.nurturing.stop(lead)
        status = lead.status if lead.status == "booked" else "closed"
        say = answers if erase else (Say("utter_stopped"),)
        gone = replace(lead, status=status, aside="", callback=False)
        if stops and lead.opted_out is None:
            gone = replace(gone, opted_out=OptOut(turn.now, reading.text[:MOST_WORDS]))
            if concerns_team(lead):
                turn.services.alerts.tell(gone, "stopped", turn.now)
        return Heard(gone, say, None)
    why = reading.disqualifier or turned_away(lead.facts, turn.playbook.market.turn_away)
    if why and lead.status == "open" and lead.disqualifier is None:
        turn.services.diary.release(lead)
        lead = replace(lead, disqualifier=why, status="closed", slot=None, browsing=False, proposed="")
        known = tuple(say for say in answers if say.response not in UNKNOWN)
        return Heard(lead, (*known, Say(f"utter_disqualified_{why}")), None)
    if person and lead.disqualifier == "vendor":  # our people are for buyers
        return Heard(lead, (Say("utter_disqualified_vendor"),), None)
    if person and (lead.disqualifier or lead.elsewhere == "support"):
        return asks_for_person(lead, turn, answers)
    if lead.disqualifier:
        return Heard(lead, answers or (Say("utter_after_closed"),), None)
    buys = reading.opener == "sales" or _OF_BUYERS & reading.answers.keys()
    stays = lead.elsewhere == "support" and not buys  # a customer, until they talk as a buyer
    in_trouble = first and reading.opener == "support" and not ABOUT_THE_TALK & set(reading.topics)
    if not person and (stays or in_trouble):
        return _help(lead, reading, first, offer == "solved", turn)
    return None


def wants_no_more(reading: Reading) -> bool:
    """Whether the message asks for no more messages; "shut up and tell me the price" does not."""
    return "stop" in reading.acts and not (reading.abusive and reading.topics)


def turned_away(facts: Facts, rules: TurnAway) -> str | None:
    """`territory` or `too_small` where the visitor said so themselves and the playbook serves no such company."""
    place = facts.place
    country = place.country if place is not None and place.source == "said" else None
    if rules.countries and country and country not in rules.countries:
        return "territory"
    for size in facts.sizes:
        most = size.most if size.most is not None else size.least
        if rules.fewest_people and size.unit in PEOPLE and most is not None and most < rules.fewest_people:
            return "too_small"
    return None


def _help(lead: Lead, reading: Reading, first: bool, offered: bool, turn: Turn) -> Heard:
    """The owner's own answer where there is one, and whether it helped; else people who can help."""
    lead = replace(lead, elsewhere="support")
    answer = next(filter(None, map(turn.playbook.knowledge.answer, reading.helped)), None)
    if answer is not None and not (offered and reading.agrees is False):
        return Heard(replace(lead, proposed="solved"), (Say("utter_helped", {"answer": answer}),), None)
    solved = offered and reading.agrees is True and len(reading.text.split()) <= _A_PLAIN_YES
    if solved or ("smalltalk" in reading.acts and not first and not reading.topics):
        return Heard(lead, (Say("utter_help_more"),), None)
    passed_on = lead.status == "handed_over"
    turn.services.alerts.tell(lead, "support", turn.now)
    said = Say("utter_support_more" if passed_on else "utter_support")
    return Heard(replace(lead, status="handed_over"), (said,), None)

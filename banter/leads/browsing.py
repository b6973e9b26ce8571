"""Visitors who only look around: they get the answer and the material first, then one offer, and are asked nothing
until they take it up or say something that a buyer says."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.model import Lead
from banter.leads.questions import next_question, put
from banter.leads.reading import Reading
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn

#: What buyers ask, too.
ABOUT_US = {"price", "how_it_works", "competitors", "hours", "company"}
#: What is asked about the talk itself, by anybody.
ABOUT_THE_TALK = {"why", "meaning", "bot", "privacy", "person", "book_call", "call"}
_LOOKED = "just looking"  # in `Lead.told`


def begins_to_browse(reading: Reading) -> bool:
    """Whether a first message is a researcher's, and nothing in it a buyer's: "hello, just browsing"."""
    about_us = (ABOUT_THE_TALK | ABOUT_US) & set(reading.topics)
    curious = all(answer.band == "curious" for answer in reading.answers.values())
    openers = ("research", "other") if reading.answers else ("research",)
    return curious and reading.opener in openers and not about_us and not reading.evades


def begin(lead: Lead, reading: Reading, answers: tuple[Say, ...]) -> Heard:
    """The answer, the material, then the offer. Who asked nothing has answered the question of the greeting, with
    "just looking"."""
    if not (reading.topics or reading.found):
        lead = replace(lead, told=(*lead.told, _LOOKED))
    answers = tuple(Say("utter_answer_unknown") if say.response == "utter_offer_person" else say for say in answers)
    lead = replace(lead, browsing=True, proposed="questions")
    return Heard(lead, (*answers, Say("utter_research_first"), Say("utter_research_offer")), None)


def browse(lead: Lead, reading: Reading, answers: tuple[Say, ...], offered: bool, turn: Turn) -> Heard | None:
    """A later message of theirs; None where they talk as a buyer, and are asked as one. `offered`: the offer stands."""
    takes_it_up = (reading.resumes or (offered and reading.agrees is True)) and not answers
    if "book_call" in reading.topics:
        return None
    turns_it_down = offered and reading.agrees is False and not answers
    if reading.answers and not ((takes_it_up or turns_it_down) and _says_little(reading)):
        return None
    if takes_it_up:
        upcoming = next_question(lead, turn.playbook.conversation)
        if upcoming in lead.asked and _LOOKED in lead.told:  # a question more, for who counts
            lead = replace(lead, asked=(*lead.asked, upcoming))
        lead, wording = put(lead, upcoming) if upcoming is not None else (lead, "first")
        return Heard(replace(lead, browsing=False), (Say("utter_questions_begin"),), upcoming, wording)
    if offered and not answers and (reading.agrees is False or "smalltalk" in reading.acts):
        return Heard(replace(lead, status="closed"), (Say("utter_goodbye"),), None)
    return Heard(replace(lead, status="open"), answers or (Say("utter_browsing"),), None)


def _says_little(reading: Reading) -> bool:
    """ "Yes, go ahead" is no answer to the question that was open before."""
    return all(answer.specificity != "precise" for answer in reading.answers.values())

"""How a message is put: in another language, rudely, as a greeting or as thanks. Pure."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.model import Lead
from banter.leads.reading import Reading
from banter.leads.saying import IN_LANGUAGE, Say

_PATIENT = 2  # rude messages that are answered; the next one ends the conversation


def notice_manner(lead: Lead, reading: Reading) -> tuple[Say, ...]:
    """What is said to a message in another language, or to a rude one."""
    if reading.language:
        return (Say("utter_other_language", {IN_LANGUAGE: reading.language}),)
    if reading.abusive:
        return (Say("utter_abused_again" if rude_before(lead) else "utter_abused"),)
    return ()


def rude_before(lead: Lead) -> int:
    """How often the visitor has been rude."""
    return sum(1 for told in lead.told if told == "abuse")


def forgiven(lead: Lead) -> Lead:
    """Who goes on answering may have been rude before: it is three times without an answer in between that end it."""
    return replace(lead, told=tuple(told for told in lead.told if told != "abuse"))


def is_too_much(lead: Lead, reading: Reading) -> bool:
    """Whether it is time to end, politely."""
    return reading.abusive and rude_before(lead) >= _PATIENT


def small_talk(reading: Reading, hint: str | None) -> Say | None:
    """The answer to a message that only greets, thanks or chats."""
    if "smalltalk" not in reading.acts:
        return None
    if reading.resumes:
        return Say("utter_questions_begin")
    return Say({"greet": "utter_hello", "thank": "utter_thanked"}.get(hint or "", "utter_smalltalk"))

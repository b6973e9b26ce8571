"""What a visitor asks is answered: by a response of its own, by the owner's answers, or honestly not at all."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.model import Lead
from banter.leads.quoting import summary
from banter.leads.reading import Reading
from banter.leads.saying import REASONS, Say
from banter.leads.turn import Turn
from scoring.model import DIMENSIONS

#: What is said where nobody has an answer.
_NOTED = 240  # characters of all that they said: with the words around it two text messages
UNKNOWN = ("utter_offer_person", "utter_answer_unknown")


def answer_questions(lead: Lead, reading: Reading, turn: Turn) -> tuple[Lead, tuple[Say, ...]]:
    """What is said to the questions in a message, in their order; the lead remembers what it was told. A wish for a
    person is another matter (`aside.py`)."""
    if reading.language:
        return lead, ()
    person = "person" in reading.topics or "human" in reading.acts
    passed_over = {"person"} | ({"unknown", "meaning"} if reading.abusive or person else set())
    found = () if person or reading.abusive or "book_call" in reading.topics else reading.found
    if found:
        passed_over.add("call")  # the owner says what happens on the call
    say: list[Say] = []
    for topic in dict.fromkeys(topic for topic in reading.topics if topic not in passed_over):
        said = _to_unknown(lead) if topic == "unknown" else _to(topic, lead, turn)
        if said is not None and said not in say:
            say.append(said)
            lead = replace(lead, told=_with(lead.told, topic))
            if said.response == "utter_offer_person":
                lead = replace(lead, proposed="person")
    for key in found:
        answer = turn.playbook.knowledge.answer(key)
        if answer is not None:
            again = "utter_answer_known_again" if key in lead.told else "utter_answer_known"
            say.append(Say(again, {"answer": answer}))
            lead = replace(lead, told=_with(lead.told, key))
    return lead, tuple(say)


def _to_unknown(lead: Lead) -> Say:
    """An honest "I don't know", with the offer of a person once."""
    return Say("utter_offer_person" if "unknown" not in lead.told else "utter_answer_unknown")


def _to(topic: str, lead: Lead, turn: Turn) -> Say | None:
    """The response for a question of theirs, as things stand; None where the dialogue itself is the answer."""
    link = turn.services.diary.link(lead)
    if topic in ("why", "meaning"):
        return Say(f"utter_answer_{topic}_{lead.awaiting}") if lead.awaiting else None
    if topic == "why_not":
        return _why_not(lead, turn)
    if topic in ("caller", "mails", "zone", "material", "playful", "noted"):
        return _to_small_question(topic, lead, turn)
    if topic in ("move_call", "cancel_call"):
        if link:
            return Say("utter_answer_change_call", {"link": link})
        return None if lead.awaiting in ("slot", "contact") else Say("utter_answer_no_call")
    if topic in ("call", "book_call"):
        minutes = str(round(turn.playbook.team.call.total_seconds() / 60))
        if link and lead.slot:
            time = turn.services.diary.title(lead.slot, lead, turn.now)
            return Say("utter_answer_your_call", {"minutes": minutes, "time": time, "link": link})
        if topic == "book_call":
            asks_on = lead.awaiting in DIMENSIONS or lead.questions_left
            return Say("utter_asked_for_call") if asks_on else None
        return Say("utter_answer_call", {"minutes": minutes})
    return Say(f"utter_answer_{topic}")


def _to_small_question(topic: str, lead: Lead, turn: Turn) -> Say | None:
    """Who calls, what the mails bring, which clock the times go by, what they said, something to read, and what no bot
    is for."""
    if topic == "playful":
        return Say("utter_smalltalk_playful")
    if topic == "noted":
        words = summary(lead, _NOTED)
        return Say("utter_answer_noted", {"summary": words}) if words else Say("utter_answer_noted_nothing")
    if topic == "material":  # who comes for that gets it anyway
        return None if lead.turns <= 1 and lead.opener == "research" else Say("utter_answer_material")
    if topic == "zone":
        slot = lead.slot or next(iter(lead.offered), None)
        return Say("utter_answer_zone", {"zone": turn.services.diary.zone(slot.starts_at if slot else turn.now, lead)})
    if topic == "mails":
        sequence = turn.playbook.sequences.get(lead.route.name) if lead.route and lead.route.final else None
        return Say("utter_answer_mails", {"promise": sequence.promise}) if sequence else _to_unknown(lead)
    slots = (lead.slot,) if lead.slot else lead.offered
    team = turn.playbook.team.reps
    keys = {slot.rep for slot in slots} or {rep.key for rep in team}
    names = [rep.name for rep in team if rep.key in keys]
    return Say("utter_answer_caller", {"rep": names[0]}) if len(names) == 1 else Say("utter_answer_caller_of_some")


def _why_not(lead: Lead, turn: Turn) -> Say | None:
    """Why there is no call yet: the answer that cost most, else one that is missing."""
    if lead.route is None or lead.route.name not in turn.playbook.sequences:
        return Say(f"utter_answer_why_{lead.awaiting}") if lead.awaiting else None
    missing = (d for d in DIMENSIONS if d not in lead.answers or not lead.answers[d].said)
    reason = turn.services.nurturing.reason(lead) or next(missing, None)
    if reason is None:
        return None
    kind = "warm" if lead.route.name == "nurture_warm" else "cold"
    return Say(f"utter_why_early_{kind}", {"reason": REASONS[reason]})


def _with(told: tuple[str, ...], what: str) -> tuple[str, ...]:
    return told if what in told else (*told, what)

"""A person on request. Inside the hours the bot steps aside for one, outside it takes a call-back. Pure.

`Lead.aside` is "waiting" until somebody of the team writes, and "joined" from then on until they hand back. Nothing is
asked meanwhile, and what was asked for last comes back in other words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from banter.leads.answers import merge
from banter.leads.closing import closing
from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.leads.questions import next_question, put
from banter.leads.reading import Reading
from banter.leads.saying import Heard, Say, is_open
from banter.leads.turn import Turn

#: The timers of this file, keys of `banter.leads.timed.TIMED`.
PATIENCE = "patience"
HAND_BACK = "hand_back"
#: Topics of what only sounds like a wish for a person.
_SOUNDS_LIKE_IT = {"book_call", "bot", "competitors"}


def wants_person(lead: Lead, reading: Reading) -> bool:
    """Whether a message asks for one: in words, by a yes to the offer of one, or by asking for a call where the answers
    have none to give, or for the second time. "Call me tomorrow at 3" picks a time while times are offered."""
    times_are_known = bool(lead.offered) or lead.slot is not None
    settles = (reading.wish.said and times_are_known) or reading.contact.reachable
    if lead.awaiting in ("slot", "contact") and settles:
        return False
    if "book_call" in reading.topics and "book_call" not in lead.told and lead.questions_left:
        return False  # "can I book a call with your sales people?" is a buyer, who is asked a few things first
    # "Is this a real person?", "can I get a demo?", "one of your competitors" sound like it, and ask something else.
    if "person" in reading.topics or ("human" in reading.acts and not _SOUNDS_LIKE_IT & set(reading.topics)):
        return True
    if lead.proposed == "person" and reading.agrees is True and lead.awaiting != "budget" and not reading.topics:
        return not reading.answers
    if "book_call" not in reading.topics or (lead.route is not None and lead.route.final and lead.route.name == "book"):
        return False
    return lead.awaiting == "contact" or lead.status in ("nurture", "closed") or "book_call" in lead.told


def asks_for_person(lead: Lead, turn: Turn, say: tuple[Say, ...] = ()) -> Heard:
    """The team is told at once, and the bot steps aside or takes a call-back. What else the message said is in `lead`
    already; `say` is what is said about that."""
    lead = _handed_over(lead)
    inside = is_open(turn.playbook.company, turn.now)
    told = replace(lead, aside="waiting" if inside else "")
    turn.services.alerts.tell(qualify(told, turn.playbook), "person", turn.now)
    if inside:
        turn.services.timers.set(lead, PATIENCE, turn.now + turn.playbook.conversation.patience)
        lead = replace(lead, aside="waiting", callback=False, tries=0)
        return Heard(lead, (*say, Say("utter_person_waiting")), None)
    if lead.disqualifier or lead.elsewhere == "support" or lead.status in ("booked", "nurture"):
        return Heard(lead, (*say, Say(_closed(lead))), None)
    times = turn.services.diary.times(lead, turn.now)
    if times:
        lead = replace(lead, callback=True, offered=times, slot_declined=False, contact_declined=False, tries=0)
        return Heard(lead, (*say, Say("utter_person_callback")), "slot")
    if lead.contact.reachable:
        return _resumed(lead, (*say, Say(_closed(lead))), turn)
    return _asks_for_an_address(lead, (*say, Say(_closed(lead))))


def is_called_back(lead: Lead) -> bool:
    """Whether the time or the address for a call-back is open."""
    return lead.callback and lead.awaiting in ("slot", "contact")


def calls_back(lead: Lead, text: str, reading: Reading, say: tuple[Say, ...], *, answered: bool, turn: Turn) -> Heard:
    """A message while a call-back is settled: a time, then an address. Who takes neither is asked what was open before.
    `answered`: it answered a question of ours, and what it said is in `lead`."""
    given = reading.contact.reachable
    if wants_person(lead, reading):
        return asks_for_person(lead, turn, say)
    goes_on = answered and lead.awaiting == "contact" and lead.slot is None and not given
    if reading.resumes or goes_on:
        return _resumed(replace(lead, offered=()), say, turn)
    if given:
        turn.services.alerts.tell(lead, "contact", turn.now)
    heard = closing(lead, text, reading, say, turn.services, turn.playbook, turn.now)
    if heard.ask is not None or heard.lead.slot is not None or heard.lead.contact.reachable:
        return heard
    return _resumed(replace(heard.lead, callback=False), heard.say or (Say("utter_declined"),), turn)


def picks_up(lead: Lead, say: tuple[Say, ...], turn: Turn) -> Heard | None:
    """Who was handed over or let go, and wants to go on, is asked what is open still; None when nothing is."""
    if lead.awaiting is not None or _over(lead) or next_question(lead, turn.playbook.conversation) is None:
        return None
    return _resumed(lead, say, turn)


def while_aside(lead: Lead, reading: Reading, turn: Turn) -> Heard | None:
    """A message while the bot is aside; None when it is dealt with as always, as a stop is.

    Somebody who waits may leave an address or an answer, and is told once that it is passed on. Once a person has
    joined, nothing is read into anything.
    """
    if "stop" in reading.acts or "erase" in reading.topics:
        return None
    if lead.aside == "joined":
        return Heard(lead, (), None)
    lead = replace(lead, answers=merge(lead.answers, reading, open_question=None, together=None))
    if reading.resumes:
        return _back(lead, turn)
    first = lead.tries == 0  # of the messages since they began to wait
    lead = replace(lead, tries=lead.tries + 1)
    if reading.contact.reachable:
        turn.services.alerts.tell(lead, "contact", turn.now)
        return Heard(lead, (Say("utter_thanks_contact"),), None)
    return Heard(lead, (Say("utter_person_passed_on"),) if first else (), None)


def out_of_patience(lead: Lead, turn: Turn) -> Heard | None:
    """Nobody came: the bot is back, and asks for an address to reach them at, or what was open where there is one.
    None when they do not wait any more."""
    if lead.aside != "waiting":
        return None
    lead = replace(lead, aside="", tries=0)
    if lead.contact.reachable:
        return _resumed(lead, (Say("utter_person_nobody_known"),), turn)
    return _asks_for_an_address(lead, (Say("utter_person_nobody"),))


def rep_wrote(lead: Lead, now: datetime) -> Lead:
    """The lead once somebody of the team has written into its conversation."""
    return replace(_handed_over(lead), aside="joined", callback=False, awaiting=None, tries=0, updated_at=now)


def rep_closed(lead: Lead, now: datetime) -> Lead:
    """The lead once the team has ended its conversation. What was booked or enrolled stays so."""
    status = lead.status if lead.status in ("booked", "nurture") else "closed"
    return replace(lead, aside="", callback=False, awaiting=None, status=status, updated_at=now)


def handed_back(lead: Lead, turn: Turn) -> Heard | None:
    """The team gives the conversation back to the bot; None when the bot has it already."""
    if not lead.aside:
        return None
    if lead.elsewhere == "handover":
        lead = replace(lead, elsewhere=None, status="open" if lead.status == "handed_over" else lead.status)
    return _back(lead, turn)


def _back(lead: Lead, turn: Turn) -> Heard:
    turn.services.timers.cancel(lead, PATIENCE)
    over = _over(lead)
    return _resumed(lead, (Say("utter_person_back_free" if over else "utter_person_back"),), turn)


def _resumed(lead: Lead, say: tuple[Say, ...], turn: Turn) -> Heard:
    """The open question, in other words than before; times or an address where no question is open."""
    lead = replace(lead, aside="", awaiting=None, tries=0, probe="", about="", doubt=None, before="")
    if _over(lead):
        return Heard(lead, say, None)
    upcoming = next_question(lead, turn.playbook.conversation)
    if upcoming is not None:
        lead, wording = put(lead, upcoming)
        status = "open" if lead.status == "closed" else lead.status
        lead = replace(lead, status=status, slot_declined=False, contact_declined=False)
        return Heard(lead, say, upcoming, wording)
    times = turn.services.diary.times(lead, turn.now) if lead.offered and lead.slot is None else ()
    if times and not lead.slot_declined:  # they were choosing one
        return Heard(replace(lead, offered=times), say, "slot", "again")
    return closing(lead, "", Reading(""), say, turn.services, turn.playbook, turn.now)


def _asks_for_an_address(lead: Lead, say: tuple[Say, ...]) -> Heard:
    """No time is offered: somebody will write or call."""
    lead = replace(lead, callback=True, slot_declined=True, contact_declined=False, offered=(), tries=0)
    return Heard(lead, say, "contact", "someone")


def _handed_over(lead: Lead) -> Lead:
    """A customer who needs help stays one, and a call or a sequence is not undone by a wish to talk."""
    status = lead.status if lead.status in ("booked", "nurture") else "handed_over"
    return replace(lead, status=status, elsewhere=lead.elsewhere or "handover")


def _over(lead: Lead) -> bool:
    """Whether nothing is left to ask them, whatever is unanswered."""
    return bool(lead.disqualifier) or lead.elsewhere == "support" or lead.status in ("booked", "nurture")


def _closed(lead: Lead) -> str:
    return "utter_answer_person_closed" if lead.contact.reachable else "utter_answer_person_closed_how"

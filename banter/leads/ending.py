"""What is said after the end: questions are answered, an address can be put right, and what changes the outcome opens
the conversation again."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.closing import goodbye, is_checking
from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.leads.reading import Reading
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn
from scoring.model import Dimension

#: Addresses that a call's invitation goes to at most: a typing error or two, and no way to mail strangers.
MOST_ADDRESSES = 3


def is_over(lead: Lead) -> bool:
    return lead.status in ("closed", "booked", "nurture") or (lead.status == "handed_over" and lead.awaiting is None)


def let_go(lead: Lead, say: tuple[Say, ...]) -> Heard:
    """Goodbye to somebody who leaves in the middle. Where "did you mean ...?" is open, a call that was chosen is kept:
    by their number where that is known, else as the address was typed, and they are told that it may have a slip. Mails
    that nobody waits for go to no such address."""
    status = "handed_over" if lead.status == "handed_over" else "closed"
    meant = lead.contact.email_meant
    if not is_checking(lead) or meant is None:
        return Heard(replace(lead, status=status, callback=False), (*say, Say("utter_goodbye")), None)
    unsure = replace(lead.contact, email=None)
    if lead.slot is None:
        lead = replace(lead, contact=unsure, status=status, callback=False)
        return Heard(lead, (*say, Say("utter_address_waits")), None)
    mail = lead.facts.mail
    facts = replace(lead.facts, mail=replace(mail, meant=None) if mail else None)
    known = unsure if lead.contact.phone else lead.contact
    lead = replace(lead, contact=replace(known, email_meant=None), email_check="settled", facts=facts)
    if lead.contact.phone:
        return Heard(lead, say, None)
    return Heard(lead, (*say, Say("utter_address_kept", {"address": meant})), None)


def after_the_end(
    lead: Lead, reading: Reading, changed: set[Dimension], say: tuple[Say, ...], turn: Turn
) -> tuple[Lead, Heard | None]:
    """What is said, None when the conversation goes on after all: questions were left open, or a correction qualifies a
    lead that was not. A booked call stays booked whatever is corrected."""
    readdressed = _readdressed(lead, reading, turn)
    if readdressed is not None:
        return lead, Heard(readdressed.lead, (*say, *readdressed.say), None)
    if lead.status == "booked":
        return lead, _goodbye(lead, reading, say, turn)
    if lead.status == "closed" and _confirms(lead, reading):
        return replace(lead, status="open", awaiting="contact", contact_declined=False, tries=0), None
    if lead.status == "closed" and reading.material and not lead.contact.reachable and not lead.disqualifier:
        return replace(_reopened(lead), awaiting="contact"), None
    if lead.status == "closed" and _takes_it_up(lead, reading, changed):
        return _reopened(lead), None
    left_open = lead.questions_left
    route = qualify(lead, turn.playbook).route
    qualifies = lead.status == "nurture" and route is not None and route.name == "book"
    by_deeds = lead.route is not None and lead.route.name == "book"  # before they said a word
    if (changed and (left_open or qualifies)) or (qualifies and by_deeds):
        turn.services.nurturing.stop(lead)
        return _reopened(lead), None
    if left_open and lead.status == "closed" and reading.agrees is True and not say:  # "ok, go on"
        return _reopened(lead), None
    if changed and lead.status == "nurture" and route is not None and lead.route is not None and route != lead.route:
        turn.services.nurturing.stop(lead)
        lead = qualify(lead, turn.playbook)
        turn.services.nurturing.enrol(lead, turn.now)
    return lead, _goodbye(lead, reading, say, turn)


def _reopened(lead: Lead) -> Lead:
    return replace(lead, status="open", contact_declined=False, slot_declined=False, tries=0)


def _confirms(lead: Lead, reading: Reading) -> bool:
    """Whether who left over "did you mean ...?" says yes to it after all."""
    return lead.email_check == "asked" and lead.contact.email_meant is not None and reading.agrees is True


def _takes_it_up(lead: Lead, reading: Reading, changed: set[Dimension]) -> bool:
    """Whether who was let go comes back by what they say: how to reach them, or an answer they had refused."""
    given = reading.contact.reachable
    settled = not lead.questions_left
    return settled and (given or any(lead.answers[d].said for d in changed))


def _goodbye(lead: Lead, reading: Reading, say: tuple[Say, ...], turn: Turn) -> Heard:
    return Heard(lead, say or (goodbye(lead, reading, turn.services),), None)


def _readdressed(lead: Lead, reading: Reading, turn: Turn) -> Heard | None:
    """Another address after the call was booked, or the mails were promised: they go there from now on."""
    email = reading.contact.email if "guest" not in reading.topics else None
    if email is None or lead.status not in ("booked", "nurture") or email == lead.contact.email:
        return None
    if sum(1 for told in lead.told if told == "address") >= MOST_ADDRESSES - 1:
        return Heard(lead, (Say("utter_address_settled"),), None)
    contact = replace(lead.contact, email=email, email_hint=None, email_meant=None)
    lead = replace(lead, contact=contact, told=(*lead.told, "address"))
    if lead.status == "booked":
        turn.services.diary.send_again(lead, turn.now)
    else:
        turn.services.nurturing.stop(lead)
        turn.services.nurturing.enrol(lead, turn.now)
    return Heard(lead, (Say("utter_address_changed", {"address": email}),), None)

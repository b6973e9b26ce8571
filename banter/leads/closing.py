"""After the last answer: a time for the call, an address, and then booked, enrolled or let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from banter.leads.model import Lead, Slot
from banter.leads.playbook import Playbook
from banter.leads.ports import Services, SlotTaken
from banter.leads.qualify import qualify
from banter.leads.reading import Reading, TimeWish
from banter.leads.saying import REACTIONS, Heard, Say

#: What need not be said before a decision that thanks for all the answers.
THANKS = ("utter_acknowledged", *REACTIONS.values())
#: How often an unusable reply to "which time?" or "which address?" is asked about before the bot lets go.
MOST_TRIES = 2
_REMEMBERED = 60  # times that were turned down


def closing(
    lead: Lead,
    text: str,
    reading: Reading,
    say: tuple[Say, ...],
    services: Services,
    playbook: Playbook,
    now: datetime,
) -> Heard:
    """What is left once every question is settled: a time if qualified, then an address. `ask` None: all is said."""
    arrives = lead.awaiting not in ("slot", "contact")
    lead = qualify(replace(lead, awaiting=None), playbook) if arrives else qualify(lead, playbook)
    earned = lead.route is not None and lead.route.name == "book"
    qualified = earned or lead.callback  # who asked for a call gets one
    said = list(say)
    rule = _by_rule(lead)
    if not qualified and rule:
        if lead.slot is not None:
            services.diary.release(lead)
            lead = replace(lead, slot=None, offered=())
        if rule == "disqualified":  # by the rubric, for what they told of themselves
            return Heard(lead, tuple(said), None)
        return _address(lead, reading, said, qualified=True)  # a person decides, and will write
    if qualified:
        if earned and lead.awaiting != "slot" and lead.slot is None and not lead.slot_declined:
            services.alerts.tell(lead, "hot", now)
            if not lead.offered:  # else they are back from a question in between
                said = [*(s for s in said if s.response not in THANKS), Say("utter_qualified")]
        lead, words = _time(lead, text, reading, said, services, now)
        said.extend(words)
        if lead.slot is None and not lead.slot_declined:
            wording = "first" if lead.awaiting != "slot" else "again"
            return Heard(lead, tuple(said), "slot", wording)
    elif lead.slot is not None:
        services.diary.release(lead)
        lead = replace(lead, slot=None, offered=())
    return _address(lead, reading, said, qualified)


def _time(
    lead: Lead, text: str, reading: Reading, said: Sequence[Say], services: Services, now: datetime
) -> tuple[Lead, tuple[Say, ...]]:
    """The lead with a time held for it, or with times to choose from, or past choosing. `said`: the message did
    something else, and was answered."""
    words: tuple[Say, ...] = ()
    other = "move_call" in reading.topics
    another = lead.awaiting == "contact" and lead.slot is not None and not reading.contact.email
    another = another and (reading.wish.said or other)
    if lead.awaiting == "slot" or another:
        wish = reading.wish if reading.wish.said or not other else TimeWish(none_fit=True)
        choice = services.diary.choose(lead, text, wish, now)
        if choice.slot is not None:
            return _take(lead, choice.slot, reading, services, now)
        refuses = bool({"refusal", "stop"} & set(reading.acts)) or reading.mail_instead
        if lead.awaiting == "slot" and refuses and (reading.mail_instead or not reading.wish.said):
            return replace(lead, slot_declined=True, offered=()), ()
        if choice.reason in ("none_then", "none_fit"):
            turned_down = tuple(slot.starts_at for slot in lead.offered) if choice.reason == "none_fit" else ()
            lead = replace(lead, turned_down=(*lead.turned_down, *turned_down)[-_REMEMBERED:])
            lead = replace(lead, offered=choice.alternatives or services.diary.times(lead, now), slot=None)
            return lead, (Say("utter_no_time_then" if choice.reason == "none_then" else "utter_other_times"),)
        if another:
            return lead, ()
        given = reading.contact.reachable
        if given and lead.tries == 0:
            words, lead = (Say("utter_thanks_contact"),), replace(lead, tries=1)
        elif given:  # an address instead of a time, for the second time: somebody will write
            return replace(lead, slot_declined=True, offered=(), tries=0), ()
        elif not said and "smalltalk" not in reading.acts:
            lead = replace(lead, tries=lead.tries + 1)
            if lead.tries > MOST_TRIES:
                return replace(lead, slot_declined=True, offered=(), tries=0), ()
        if not words and not said:
            words = (Say("utter_which_time"),)
    if lead.slot is not None or lead.slot_declined:
        return lead, ()
    times = services.diary.times(lead, now)
    if not times:
        return replace(lead, slot_declined=True, offered=()), (Say("utter_no_times"),)
    return replace(lead, offered=times), words


def _take(lead: Lead, slot: Slot, reading: Reading, services: Services, now: datetime) -> tuple[Lead, tuple[Say, ...]]:
    try:
        services.diary.take(lead, slot, now)
    except SlotTaken:
        times = services.diary.times(lead, now)
        if reading.wish.any_time and times and slot not in times:  # whoever takes any time takes the next one
            return _take(lead, times[0], reading, services, now)
        return replace(lead, offered=times, slot=None), (Say("utter_time_taken"),)
    lead = replace(lead, slot=slot, offered=(), tries=0)
    return lead, (Say("utter_time_held", {"time": _capitalised(services.diary.title(slot, lead, now))}),)


def is_checking(lead: Lead) -> bool:
    """Whether "did you mean ...?" is open."""
    return lead.email_check == "asked" and lead.awaiting == "contact" and lead.contact.email_meant is not None


def _address(lead: Lead, reading: Reading, said: list[Say], qualified: bool) -> Heard:
    checking = is_checking(lead)
    if checking:
        lead = _checked(lead, reading)
        mailless = not qualified and "refusal" in reading.acts and reading.agrees is None
        lead = replace(lead, contact_declined=lead.contact_declined or mailless)
    meant = lead.contact.email_meant
    if meant is not None and lead.email_check is None and not lead.contact_declined:
        lead = replace(lead, email_check="asked", tries=0)
        return Heard(lead, (*said, Say("utter_did_you_mean", {"address": meant})), "contact", "check")
    if meant is not None and lead.email_check == "asked" and lead.tries < MOST_TRIES:
        return Heard(replace(lead, tries=lead.tries + 1), tuple(said), "contact", "check")
    known = lead.contact.email or (qualified and lead.contact.phone and not _invites(lead, reading, said))
    if known or lead.contact_declined:
        return Heard(replace(lead, tries=0), tuple(said), None)
    if lead.awaiting != "contact":
        if not qualified:
            said = [s for s in said if s.response not in THANKS]
            name = lead.route.name if lead.route else "nurture_cold"
            said.append(Say("utter_not_yet_warm" if name == "nurture_warm" else "utter_not_yet_cold"))
        wording = "book" if qualified and lead.slot else "someone" if qualified else "nurture"
        if qualified and lead.contact.phone:
            lead = replace(lead, told=(*lead.told, "invitation"))
        return Heard(replace(lead, tries=0), tuple(said), "contact", wording)
    if reading.contact.email_hint:
        said.append(Say("utter_check_email", {"hint": reading.contact.email_hint}))
    elif "refusal" in reading.acts and not checking:
        if qualified and lead.slot and "by_phone" not in lead.told:  # a call needs a number only
            lead = replace(lead, told=(*lead.told, "by_phone"), tries=0)
            return Heard(lead, tuple(said), "contact", "phone")
        return Heard(replace(lead, contact_declined=True, tries=0), tuple(said), None)
    elif not said:
        lead = replace(lead, tries=lead.tries + 1)
        if lead.tries > MOST_TRIES:
            return Heard(replace(lead, contact_declined=True, tries=0), tuple(said), None)
    return Heard(lead, tuple(said), "contact", "again")


def _invites(lead: Lead, reading: Reading, said: Sequence[Say]) -> bool:
    """Whether who writes from the very number they are called at is asked where the invitation should go: once, and
    again only after a question of theirs or a slip in the address. The call does not depend on it."""
    if lead.channel != "sms" or lead.slot is None:
        return False
    if "invitation" not in lead.told or lead.awaiting != "contact":
        return "invitation" not in lead.told
    return bool(reading.contact.email_hint) or (bool(said) and "refusal" not in reading.acts and lead.tries == 0)


def _checked(lead: Lead, reading: Reading) -> Lead:
    """The visitor's answer to "did you mean ...?": yes takes what was meant, another address counts as it is, and what
    was typed stays with who says no, rather not, or goodbye."""
    meant, mail = lead.contact.email_meant, lead.facts.mail
    if meant is None:
        return lead
    says_more = bool(reading.answers or reading.topics)  # "sorry, about who decides: ..."
    yes = (reading.agrees is True and not says_more) or meant.rpartition("@")[2] in reading.text.lower()
    if reading.contact.email is not None:
        contact = replace(lead.contact, email_meant=None)
    elif yes:
        contact = replace(lead.contact, email=meant, email_meant=None)
        mail = replace(mail, domain=meant.rpartition("@")[2], meant=None) if mail else None
    elif reading.agrees is False or reading.leaves or "refusal" in reading.acts:
        contact = replace(lead.contact, email_meant=None)
    else:
        return lead
    facts = replace(lead.facts, mail=replace(mail, meant=None) if mail else None)
    return replace(lead, contact=contact, facts=facts, email_check="settled", tries=0)


def close(lead: Lead, services: Services, playbook: Playbook, now: datetime) -> Heard:
    """Carry out the route once nothing is left to ask: confirm the call, enrol, or let go. Repeatable."""
    if lead.aside or lead.status in ("booked", "nurture", "closed") or lead.route is None:
        return Heard(lead, (), None)
    if lead.callback:
        return _call_back(lead, services, now)
    if not lead.route.final:
        return Heard(lead, (), None)
    if lead.route.name == "book":
        return _book(lead, services, now)
    if _by_rule(lead) == "handover":
        return _left_to_a_person(lead, services, now)
    if _by_rule(lead) == "disqualified":
        return Heard(replace(lead, status="closed"), (Say("utter_let_go"),), None)
    if lead.route.name in playbook.sequences:
        if not lead.contact.email or lead.contact_declined:
            return Heard(replace(lead, status="closed"), (Say("utter_let_go"),), None)
        services.nurturing.enrol(lead, now)
        promise = playbook.sequences[lead.route.name].promise
        return Heard(replace(lead, status="nurture"), (Say("utter_enrolled", {"promise": promise}),), None)
    return Heard(lead, (), None)


def _book(lead: Lead, services: Services, now: datetime) -> Heard:
    reachable = lead.contact.reachable
    if lead.slot is None and lead.status == "handed_over" and "will_write" in lead.told:
        return Heard(lead, (), None)  # they know already
    if lead.slot is None or not reachable:
        services.diary.release(lead)
        said = Say("utter_someone_will_write" if reachable else "utter_let_go")
        status = "handed_over" if reachable else "closed"
        told = (*lead.told, "will_write") if reachable else lead.told
        return Heard(replace(lead, slot=None, status=status, told=told), (said,), None)
    slot = lead.slot
    try:
        services.diary.confirm(lead, now)
    except SlotTaken:
        lead = replace(lead, slot=None, offered=services.diary.times(lead, now), awaiting="slot")
        return Heard(lead, (Say("utter_time_taken"),), "slot", "first")
    values = {
        "time": services.diary.title(slot, lead, now),
        "address": lead.contact.email or lead.contact.phone or "",
    }
    said = Say("utter_booked" if lead.contact.email else "utter_booked_by_phone", values)
    return Heard(replace(lead, status="booked"), (said,), None)


def _by_rule(lead: Lead) -> str | None:
    """`handover` or `disqualified` where a rule of the rubric or the profile says so, and not the visitor."""
    name = lead.route.name if lead.route is not None else None
    return name if name in ("handover", "disqualified") and not (lead.elsewhere or lead.disqualifier) else None


def _left_to_a_person(lead: Lead, services: Services, now: datetime) -> Heard:
    """On the border: somebody of the team looks at it, and writes."""
    if lead.status == "handed_over":
        return Heard(lead, (), None)
    if not lead.contact.reachable or lead.contact_declined:
        return Heard(replace(lead, status="closed"), (Say("utter_let_go"),), None)
    services.alerts.tell(lead, "person", now)
    told = (*lead.told, "will_write")
    return Heard(replace(lead, status="handed_over", told=told), (Say("utter_someone_will_write"),), None)


def _call_back(lead: Lead, services: Services, now: datetime) -> Heard:
    """The call that was asked for; without a time for it, somebody writes."""
    heard = _book(lead, services, now)
    if heard.lead.status == "booked":
        services.alerts.tell(heard.lead, "callback", now)
        return heard
    return heard if heard.ask is not None else replace(heard, lead=replace(heard.lead, callback=False))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def goodbye(lead: Lead, reading: Reading, services: Services) -> Say:
    """The answer to a message after the end that asks nothing."""
    if "smalltalk" in reading.acts and not reading.wish.said and lead.status != "closed":
        return Say("utter_bye")
    link = services.diary.link(lead)
    if link:
        return Say("utter_after_booked", {"link": link})
    return Say(f"utter_after_{lead.status}")

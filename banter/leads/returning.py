"""Who comes back. After some hours they are told in a sentence where things stand; after weeks it begins anew, with
what is still known: who they are, their problem and who decides. Money and dates of a month ago are asked about again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from banter.leads.closing import is_checking
from banter.leads.model import Lead
from banter.leads.playbook import Conversation
from banter.leads.questions import next_question
from banter.leads.quoting import summary
from banter.leads.requalifying import is_back_cold, last_heard
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn
from scoring.model import DIMENSIONS, Dimension

#: What does not keep.
_STALE: tuple[Dimension, ...] = ("budget", "timeline")
#: What outlasts a new beginning, beside the answers that keep; all else of a lead begins again.
_KEPT = (
    "test",
    "opener",
    "contact",
    "email_check",
    "facts",
    "imported",
    "turns",
    "heard_at",
    "nudged",
    "welcomed_at",
    "unprompted",
    "events",
    "seen_at",
    "demo",
    "joined",
    "opted_out",
)
_SUMMED_UP, _BY_SMS = 130, 50  # characters of a summary; a text message is 160 with the words around it


def silent_since(lead: Lead) -> datetime | None:
    """When they last said something or were last welcomed back."""
    heard = last_heard(lead)
    return heard if heard is None or lead.welcomed_at is None else max(heard, lead.welcomed_at)


def is_back(lead: Lead, rules: Conversation, now: datetime) -> bool:
    """Whether who opens the chat now is to be told where things stand: after an absence, once in it, and not by a bot
    that has stepped aside."""
    heard = last_heard(lead)
    if heard is None or lead.aside:
        return False
    told = lead.welcomed_at is not None and lead.welcomed_at > heard
    return begins_anew(lead, rules, now) or (not told and now - heard >= rules.recap_after)


def begins_anew(lead: Lead, rules: Conversation, now: datetime) -> bool:
    """Whether the last word is so long ago that the questions begin again; of cold leads who fit well and are back on
    the website, those with whom nothing is open, after a shorter absence. A call, a person on the case and a reason to
    end outlast that."""
    since = silent_since(lead)
    if since is None or lead.aside or lead.disqualifier or lead.elsewhere:
        return False
    sooner = lead.status in ("nurture", "closed") and is_back_cold(lead)
    after = rules.recap_after if sooner else rules.anew_after
    return now - since >= after and lead.status in ("open", "nurture", "closed")


def anew(lead: Lead, now: datetime) -> Lead:
    """The lead at a new beginning. What they would rather not say is still not asked; the reminder is not given twice;
    their wish that all of it be deleted stands.

    An open question stays open, and is the first that counts: its words are still on their screen.
    """
    kept = {d: a for d, a in lead.answers.items() if a.band == "declined" or (a.said and d not in _STALE)}
    open_question = next((d for d in DIMENSIONS if d == lead.awaiting and d not in kept), None)
    fresh = Lead(lead.id, lead.conversation, lead.channel, lead.timezone, lead.created_at, now)
    return replace(
        fresh,
        **{name: getattr(lead, name) for name in _KEPT},
        answers=kept,
        told=tuple(told for told in lead.told if told == "erase"),
        awaiting=open_question,
        asked=() if open_question is None else (open_question,),
        question="" if open_question is None else lead.question,
        worded={d: words for d, words in lead.worded.items() if d in kept or d == open_question},
    )


def anew_if_long_ago(lead: Lead, turn: Turn) -> Lead:
    """The lead as a message of theirs finds it: begun anew after a very long silence, without a held time that has
    gone by, off the mails that brought them back; and heard now."""
    if begins_anew(lead, turn.playbook.conversation, turn.now):
        turn.services.nurturing.stop(lead)
        turn.services.diary.release(lead)
        lead = anew(lead, turn.now)
    elif lead.status == "open" and lead.welcomed_at is not None and lead.welcomed_at == silent_since(lead):
        turn.services.nurturing.stop(lead)  # they came back to a new beginning, and now say something
    return replace(_without_the_past(lead, turn), heard_at=turn.now)


def welcome_back(lead: Lead, turn: Turn) -> Heard | None:
    """What is said to somebody who opens the chat again; None when they were not away, or were told already."""
    rules = turn.playbook.conversation
    if not is_back(lead, rules, turn.now):
        return None
    if begins_anew(lead, rules, turn.now):
        turn.services.diary.release(lead)
        lead = replace(anew(lead, turn.now), welcomed_at=turn.now)
        if lead.awaiting is not None:
            return Heard(lead, (said_anew(lead),), lead.awaiting, "again")
        first = next_question(lead, rules)
        lead = replace(lead, asked=() if first is None else (first,))
        return Heard(lead, (said_anew(lead),), first)
    lead = replace(_without_the_past(lead, turn), welcomed_at=turn.now, updated_at=turn.now)
    if _is_owed_a_call(lead):
        lead = replace(lead, awaiting="slot", status="open")
    if lead.awaiting is None:
        return Heard(lead, (_as_things_stand(lead, turn),), None)
    say = [_with_summary("utter_welcome_back", lead)]
    if is_checking(lead) and lead.contact.email_meant:
        say.append(Say("utter_did_you_mean", {"address": lead.contact.email_meant}))
    return put_again(lead, tuple(say), turn)


def said_anew(lead: Lead) -> Say:
    """The words of a new beginning, with what is still known."""
    return _with_summary("utter_anew", lead)


def put_again(lead: Lead, say: tuple[Say, ...], turn: Turn) -> Heard:
    """What is open, asked again in other words after `say`; not counted as a question asked. Times are those that are
    free now; where there are none any more, a colleague gets in touch or an address is asked for."""
    if lead.awaiting in DIMENSIONS:
        return Heard(lead, say, lead.awaiting, lead.probe or "again")
    if lead.awaiting != "slot":
        return Heard(lead, say, lead.awaiting, "check" if is_checking(lead) else "again")
    times = turn.services.diary.times(lead, turn.now)
    if times:
        return Heard(replace(lead, offered=times), say, "slot", "again")
    lead, say = replace(lead, offered=(), slot_declined=True), (*say, Say("utter_no_times"))
    if lead.contact.reachable:
        return Heard(replace(lead, status="handed_over"), say, None)
    return Heard(lead, say, "contact", "someone")


def _with_summary(response: str, lead: Lead) -> Say:
    words = summary(lead, _BY_SMS if lead.channel == "sms" else _SUMMED_UP)
    return Say(response, {"summary": words}) if words else Say(f"{response}_briefly")


def _as_things_stand(lead: Lead, turn: Turn) -> Say:
    """Where nothing is open."""
    if lead.status != "booked":
        kind = lead.status if lead.status in ("nurture", "handed_over") else "closed"
        return Say(f"utter_welcome_back_{kind}")
    link = turn.services.diary.link(lead)
    if link is None or lead.slot is None or lead.slot.starts_at <= turn.now:
        return Say("utter_welcome_back_called")
    time = turn.services.diary.title(lead.slot, lead, turn.now)
    return Say("utter_welcome_back_booked", {"time": time, "link": link})


def _is_owed_a_call(lead: Lead) -> bool:
    """Whether they qualified, and took back the call on its page; or qualify since, by what they did."""
    qualified = lead.route is not None and lead.route.final and lead.route.name == "book"
    talks = lead.status in ("open", "nurture") and lead.awaiting is None and lead.slot is None
    return qualified and talks and not lead.browsing


def _without_the_past(lead: Lead, turn: Turn) -> Lead:
    """A time that is held, and has gone by before an address was given, is given back and others are offered."""
    if lead.awaiting != "contact" or lead.slot is None or lead.slot.starts_at > turn.now:
        return lead
    turn.services.diary.release(lead)
    return replace(lead, slot=None, offered=(), awaiting="slot", tries=0)

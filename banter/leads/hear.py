"""One message heard: read, understood, decided. What it means for the dialogue comes back as `Heard`.

This is the one place that decides what a message does; `data/rules.yml` sends every message here by way of the form.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from banter.leads.answers import merge, unclear
from banter.leads.aside import asks_for_person, calls_back, is_called_back, picks_up, wants_person, while_aside
from banter.leads.closing import closing, goodbye, is_checking
from banter.leads.completing import without_misread_cost
from banter.leads.facts import merge_facts
from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.leads.questions import lacking, may_probe, next_question
from banter.leads.reading import Contact, Reading
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn
from scoring.model import DIMENSIONS, Answer, Dimension


def greet(lead: Lead, turn: Turn) -> Heard:
    """The first words: says that it is a bot, and asks the first question."""
    rules = turn.playbook.conversation
    first = next_question(lead, rules)
    if first is None:  # everything was said already: nothing to greet about
        return Heard(lead, (), None)
    lead = replace(lead, awaiting=first, asked=(*lead.asked, first), updated_at=turn.now)
    return Heard(qualify(lead, turn.playbook), (Say("utter_greet"),), first)


def hear(lead: Lead, text: str, *, hint: str | None, turn: Turn, reading: Reading | None = None) -> Heard:
    """One message of the visitor's. `hint` is the topic that the dialogue's classifier suggests for a question;
    `reading` is what `read` made of the message, where that was done already."""
    hello: tuple[Say, ...] = ()
    if not lead.asked and lead.opener is None and not lead.aside:
        greeted = greet(lead, turn)
        lead, hello = greeted.lead, greeted.say
    first = lead.opener is None
    reading = _meant(reading or read(lead, text, hint, turn), lead)
    lead = replace(
        lead,
        opener=lead.opener or reading.opener,
        contact=_contact(lead, reading.contact),
        facts=lead.facts if lead.aside == "joined" else merge_facts(lead.facts, reading.facts),
        updated_at=turn.now,
        turns=lead.turns + 1,
    )
    heard = while_aside(lead, reading, turn) if lead.aside else None
    heard = heard or _leaves(lead, reading, first, turn) or _goes_on(lead, text, reading, first, hint, turn)
    lead = qualify(replace(heard.lead, awaiting=heard.ask), turn.playbook)
    return replace(heard, lead=lead, say=(*hello, *heard.say))


def read(lead: Lead, text: str, hint: str | None, turn: Turn) -> Reading:
    """The message as the reader understands it at this point of the conversation."""
    today = turn.now.astimezone(ZoneInfo(lead.timezone)).date()
    known = {d: a.band for d, a in lead.answers.items() if a.said}
    return turn.reader.read(
        text, open_question=lead.awaiting, known=known, today=today, topic_hint=hint, question=lead.question
    )


def _meant(reading: Reading, lead: Lead) -> Reading:
    """The reading without what only looks like an answer: talk about the call is not talk about the timeline, and after
    the last question only what is marked as a correction changes an answer."""
    if lead.awaiting in DIMENSIONS or any(d not in lead.answers for d in DIMENSIONS):
        return reading
    about_the_call = reading.wish.said or {"move_call", "cancel_call", "call"} & set(reading.topics)
    meant = {
        d: a
        for d, a in reading.answers.items()
        if d in reading.corrects
        and "correction" in reading.acts
        and not (d == "timeline" and (about_the_call or a.value is None or a.band == "someday"))
    }
    return replace(reading, answers=meant, corrects=tuple(d for d in reading.corrects if d in meant))


def _leaves(lead: Lead, reading: Reading, first: bool, turn: Turn) -> Heard | None:
    """Visitors who want no more, who are no buyers, or who are customers with a problem."""
    if "stop" in reading.acts:
        turn.services.nurturing.stop(lead)
        status = lead.status if lead.status == "booked" else "closed"
        return Heard(replace(lead, status=status, aside="", callback=False), (Say("utter_stopped"),), None)
    if reading.disqualifier and lead.status == "open":
        turn.services.diary.release(lead)
        lead = replace(lead, disqualifier=reading.disqualifier, status="closed", slot=None)
        return Heard(lead, (Say(f"utter_disqualified_{reading.disqualifier}"),), None)
    if wants_person(lead, reading) and (lead.disqualifier or lead.elsewhere == "support"):
        return asks_for_person(lead, turn, _answers_to_questions(lead, reading, turn))
    if lead.disqualifier:
        return Heard(lead, _answers_to_questions(lead, reading, turn) or (Say("utter_after_closed"),), None)
    if (first or lead.elsewhere == "support") and reading.opener != "sales" and _needs_help(lead, reading):
        turn.services.alerts.tell(lead, "support", turn.now)
        lead = replace(lead, elsewhere="support", status="handed_over")
        return Heard(lead, (Say("utter_support" if first else "utter_support_more"),), None)
    return None


def _needs_help(lead: Lead, reading: Reading) -> bool:
    """A customer with a problem, who stays one until they ask about buying."""
    return reading.opener == "support" or lead.elsewhere == "support"


def _goes_on(lead: Lead, text: str, reading: Reading, first: bool, hint: str | None, turn: Turn) -> Heard:
    say = list(_answers_to_questions(lead, reading, turn))
    if lead.elsewhere == "handover" and lead.awaiting in DIMENSIONS and _leaves_an_address(reading):
        turn.services.alerts.tell(lead, "contact", turn.now)
        say.append(Say("utter_thanks_contact"))
    if first and reading.opener == "research" and "unknown" not in reading.topics:
        say.append(Say("utter_research"))
    if lead.elsewhere == "support":
        lead = replace(lead, elsewhere=None, status="open")

    before = lead.answers
    reading = without_misread_cost(reading, lead.probe, before.get("budget"))
    together = _together(lead, text, turn)
    merged = merge(before, reading, open_question=lead.awaiting, together=together, probe=lead.probe)
    lead = replace(lead, answers=merged)
    changed = {d for d in DIMENSIONS if merged.get(d) != before.get(d)}
    if (not say and not wants_person(lead, reading)) or changed & set(reading.corrects):
        say.extend(_acknowledgement(reading, merged, changed))
    if is_called_back(lead):
        return calls_back(lead, text, reading, tuple(say), answered=bool(changed), turn=turn)
    if wants_person(lead, reading):
        return asks_for_person(lead, turn, tuple(say))
    picked_up = picks_up(lead, tuple(say), turn) if reading.resumes else None
    if picked_up is not None:
        return picked_up

    if lead.status in ("closed", "booked", "nurture") or (lead.status == "handed_over" and lead.awaiting is None):
        lead, over = _after_the_end(lead, changed, turn)
        if over:
            return Heard(lead, tuple(say) or (goodbye(lead, reading, turn.services),), None)

    if _goes(reading, hint, changed) and not is_checking(lead):
        return Heard(replace(lead, status="closed"), (*say, Say("utter_goodbye")), None)
    aside, asked = _is_aside(lead, reading, changed, first), (lead.awaiting, lead.probe)
    lead, ask, wording = _next(lead, reading, changed, aside, turn)
    if ask is not None:
        if not say and "smalltalk" in reading.acts:
            say.append(Say("utter_smalltalk"))
        elif not say and "nonsense" in reading.acts:
            say.append(Say("utter_not_understood"))
        elif not say and asked[1] and asked[0] != ask:  # "we don't have the number yet"
            say.append(Say("utter_declined"))
        return Heard(lead, tuple(say), ask, wording)
    return closing(lead, text, reading, tuple(say), turn.services, turn.playbook, turn.now)


def _is_aside(lead: Lead, reading: Reading, changed: set[Dimension], first: bool) -> bool:
    """Whether a message that leaves the open question unanswered did something else, so that it is simply asked again:
    a question of theirs, an answer to another question, an address; small talk once; or it opened the conversation."""
    asks = {"human", "question"} & set(reading.acts)
    given = reading.contact.email or reading.contact.phone or reading.contact.email_hint
    chats = "smalltalk" in reading.acts and lead.tries == 0
    return bool(reading.topics or changed or asks or given or chats or first)


def _answers_to_questions(lead: Lead, reading: Reading, turn: Turn) -> tuple[Say, ...]:
    topics = dict.fromkeys(topic for topic in reading.topics if topic != "person")
    return tuple(say for topic in topics if (say := _answer_to(topic, lead, turn)) is not None)


def _answer_to(topic: str, lead: Lead, turn: Turn) -> Say | None:
    """The response for a question of theirs, as things stand; None where the dialogue itself is the answer."""
    link = turn.services.diary.link(lead)
    if topic in ("why", "meaning"):
        return Say(f"utter_answer_{topic}_{lead.awaiting}") if lead.awaiting else None
    if topic in ("move_call", "cancel_call"):
        if link:
            return Say("utter_answer_change_call", {"link": link})
        return None if lead.awaiting in ("slot", "contact") else Say("utter_answer_no_call")
    if topic == "call":
        minutes = str(round(turn.playbook.team.call.total_seconds() / 60))
        if link and lead.slot:
            time = turn.services.diary.title(lead.slot, lead, turn.now)
            return Say("utter_answer_your_call", {"minutes": minutes, "time": time, "link": link})
        return Say("utter_answer_call", {"minutes": minutes})
    return Say(f"utter_answer_{topic}")


def _leaves_an_address(reading: Reading) -> bool:
    return bool(reading.contact.email or reading.contact.phone)


def _together(lead: Lead, text: str, turn: Turn) -> Answer | None:
    """The open question's earlier, vague answer and this message, read as one answer."""
    if lead.awaiting not in DIMENSIONS:
        return None
    open_question = lead.awaiting
    earlier = lead.answers.get(open_question)
    if earlier is None or not earlier.said:
        return None
    return read(replace(lead, answers={}), f"{earlier.text}\n{text}", None, turn).answers.get(open_question)


def _acknowledgement(
    reading: Reading,
    merged: dict[Dimension, Answer],
    changed: set[Dimension],
) -> tuple[Say, ...]:
    if not changed:
        return ()
    if any(d in reading.corrects for d in changed):
        return (Say("utter_corrected"),)
    if all(merged[d].band == "declined" for d in changed):
        return (Say("utter_declined"),)
    return (Say("utter_acknowledged"),)


def _after_the_end(lead: Lead, changed: set[Dimension], turn: Turn) -> tuple[Lead, bool]:
    """Whether the conversation stays over. It goes on when questions were left open, or when a correction qualifies a
    lead that was not; a booked call stays booked whatever is corrected."""
    if lead.status == "booked":
        return lead, True
    left_open = any(d not in lead.answers for d in DIMENSIONS)
    route = qualify(lead, turn.playbook).route
    if changed and (left_open or (route is not None and route.name == "book" and lead.status == "nurture")):
        turn.services.nurturing.stop(lead)
        return replace(lead, status="open", contact_declined=False, slot_declined=False, tries=0), False
    if changed and lead.status == "nurture" and route is not None and lead.route is not None and route != lead.route:
        turn.services.nurturing.stop(lead)
        lead = qualify(lead, turn.playbook)
        turn.services.nurturing.enrol(lead, turn.now)
    return lead, True


def _next(
    lead: Lead, reading: Reading, changed: set[Dimension], aside: bool, turn: Turn
) -> tuple[Lead, Dimension | None, str]:
    """The question to ask after this message, None when all are settled, and its wording."""
    rules = turn.playbook.conversation
    if lead.awaiting in DIMENSIONS:
        open_question = lead.awaiting
        answer = lead.answers.get(open_question)
        probed = lead.asked.count(open_question) > 1
        if answer is None and aside:
            return replace(lead, tries=lead.tries + 1), open_question, (lead.probe or "probe") if probed else "again"
        if answer is None and not may_probe(lead, open_question, rules):
            lead = replace(lead, answers={**lead.answers, open_question: unclear(open_question, reading.text)})
        elif answer is None or open_question in changed:
            probe = lacking(answer, rules, reading.mentions, reading.facts, turn.playbook.market)
            if probe is not None and may_probe(lead, open_question, rules, probe):
                lead = replace(lead, asked=(*lead.asked, open_question), tries=0)
                return replace(lead, probe=probe.wording, about=probe.about), open_question, probe.wording
        elif open_question not in changed and probed and reading.topics and answer.said and lead.probe:
            return lead, open_question, lead.probe
        lead = replace(lead, tries=0)
    lead = replace(lead, probe="", about="")
    upcoming = next_question(lead, rules)
    if upcoming is None:
        return lead, None, "first"
    wording = "again" if upcoming in lead.asked else "first"
    if upcoming not in lead.asked:
        lead = replace(lead, asked=(*lead.asked, upcoming))
    return lead, upcoming, wording


def _goes(reading: Reading, hint: str | None, changed: set[Dimension]) -> bool:
    """Whether the visitor takes leave in the middle: "gotta go", "not interested, bye"."""
    return hint == "goodbye" and not changed and not reading.topics and not reading.answers


def _contact(lead: Lead, new: Contact) -> Contact:
    """What is known of the visitor, the last word winning; once a call is booked, its invitation has gone out."""
    known = lead.contact
    if lead.status == "booked":
        return replace(known, email_hint=None)
    given = bool(new.email or new.email_meant)
    return Contact(
        name=new.name or known.name,
        email=new.email or known.email,
        phone=new.phone or known.phone,
        company=new.company or known.company,
        email_hint=new.email_hint,
        email_meant=new.email_meant if given else known.email_meant,
    )

"""One message heard: read, understood, decided. What it means for the dialogue comes back as `Heard`.

This is the one place that decides what a message does; `data/rules.yml` sends every message here by way of the form.
The concerns are asked in this order, and the first that claims the message has it: a person who has joined, a visitor
the questions are not for, one who only looks around, one who insults for the third time, a doubt that is put off, a
goodbye, a call-back, a wish for a person, the end, a new doubt, the next question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from banter.leads.answering import answer_questions
from banter.leads.answers import merge
from banter.leads.aside import asks_for_person, calls_back, is_called_back, picks_up, wants_person, while_aside
from banter.leads.asking import ask_next, is_aside
from banter.leads.browsing import begin, begins_to_browse, browse
from banter.leads.closing import closing, is_checking
from banter.leads.completing import without_misread_cost
from banter.leads.consent import MOST_WORDS
from banter.leads.correcting import as_if_said_at_once
from banter.leads.doubts import doubtful, puts_off, raised, settled
from banter.leads.ending import after_the_end, is_over, let_go
from banter.leads.facts import dated, merge_facts
from banter.leads.leaving import leave, wants_no_more
from banter.leads.manners import forgiven, is_too_much, notice_manner, small_talk
from banter.leads.meaning import meant
from banter.leads.model import Asked, Lead
from banter.leads.qualify import qualify
from banter.leads.questions import next_question
from banter.leads.reacting import reaction
from banter.leads.reading import Contact, Reading
from banter.leads.returning import anew_if_long_ago
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn
from scoring.model import DIMENSIONS, Answer, Dimension

_A_WORD_OR_TWO = 3
#: Who answers so many of the four in the first message has said what they want to say: what is missing is asked, and
#: nothing is followed up beside it.
_NEARLY_ALL = 3
_TELLING = frozenset(("answer", "multi_answer", "correction"))


@dataclass(frozen=True)
class Said:
    """A message as it is decided about: `hint` is the classifier's, `first` that it opens the conversation, `greeted`
    that nothing had been asked when it was written."""

    reading: Reading
    hint: str | None
    first: bool
    greeted: bool = False

    @property
    def chat(self) -> Say | None:
        """What is said to a message that only greets, thanks or chats."""
        return small_talk(self.reading, self.hint)


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
    lead = anew_if_long_ago(lead, turn)
    hello: tuple[Say, ...] = ()
    if not lead.asked and lead.opener is None and not lead.aside:
        greeted = greet(lead, turn)
        lead, hello = greeted.lead, greeted.say
    first = lead.opener is None
    reading = meant(reading or read(lead, text, hint, turn), lead)
    lead = replace(
        lead,
        opener=lead.opener or reading.opener,
        contact=_contact(lead, reading.contact),
        facts=lead.facts if lead.aside == "joined" else merge_facts(lead.facts, dated(reading.facts, turn.today)),
        updated_at=turn.now,
        turns=lead.turns + 1,
        demo=lead.demo or (Asked(turn.now, text[:MOST_WORDS]) if reading.demo else None),
        opted_out=lead.opted_out if wants_no_more(reading) else None,  # who writes again wants an answer
    )
    lead = replace(lead, imported=turn.imported(lead))  # they may just have said who they are
    heard = while_aside(lead, reading, turn) if lead.aside else None
    heard = heard or _decide(lead, Said(reading, hint, first, bool(hello)), turn)
    lead = qualify(replace(heard.lead, awaiting=heard.ask), turn.playbook)
    return replace(heard, lead=lead, say=(*hello, *heard.say))


def read(lead: Lead, text: str, hint: str | None, turn: Turn) -> Reading:
    """The message as the reader understands it at this point of the conversation."""
    today = turn.now.astimezone(ZoneInfo(lead.timezone)).date()
    known = {d: a.band for d, a in lead.answers.items() if a.said}
    asked = lead.awaiting or (next_question(lead, turn.playbook.conversation) if lead.browsing else None)
    return turn.reader.read(
        text, open_question=asked, known=known, today=today, topic_hint=hint, question=lead.question
    )


def _decide(lead: Lead, said: Said, turn: Turn) -> Heard:
    """A message that the bot has to deal with itself: the first concern that claims it."""
    reading, before = said.reading, lead.answers
    person, offer = wants_person(lead, reading), lead.proposed
    lead, answers = answer_questions(replace(lead, proposed=""), reading, turn)
    gone = leave(lead, reading, answers, first=said.first, offer=offer, person=person, turn=turn)
    if gone is not None:
        return gone
    if lead.elsewhere == "support":  # a customer who asks about buying
        lead = replace(lead, elsewhere=None, status="open")
    if said.first and begins_to_browse(reading) and not person:
        return begin(lead, reading, answers)
    if lead.browsing:
        looked = None if person else browse(lead, reading, answers, offer == "questions", turn)
        if looked is not None:
            return looked
        lead = replace(lead, browsing=False, awaiting=next_question(lead, turn.playbook.conversation))
    say = (*answers, *notice_manner(lead, reading))
    if is_too_much(lead, reading):
        return Heard(replace(lead, status="closed"), (*say, Say("utter_goodbye")), None)
    if reading.abusive:
        lead = replace(lead, told=(*lead.told, "abuse"))
    reading = as_if_said_at_once(lead, reading, lambda there, text: read(there, text, None, turn))
    said = replace(said, reading=reading)
    if lead.doubt is not None and not person and lead.tries == 0 and puts_off(lead, reading):
        say = say or (said.chat or Say("utter_not_understood"),)
        return Heard(replace(lead, tries=1), say, lead.doubt.dimension, "doubt")
    lead, say, changed = _take_in(lead, reading, say, person, turn)
    if said.first and len(changed) >= _NEARLY_ALL and changed.issuperset(lead.asked):
        lead = replace(lead, at_once=True)
    if not person and not is_over(lead) and _goes(reading, said.hint, changed):
        return let_go(lead, say)
    thanks = said.hint == "thank" and not is_checking(lead)  # to "did you mean ...?" it is a yes
    settles = reading.leaves or (reading.agrees is not None and not thanks)
    if said.chat is not None and not say and not settles and lead.awaiting in ("slot", "contact"):
        say = (said.chat,)
    if is_called_back(lead):
        return calls_back(lead, reading.text, reading, say, answered=bool(changed), turn=turn)
    if person:
        return asks_for_person(lead, turn, say)
    picked_up = picks_up(lead, say, turn) if reading.resumes else None
    if picked_up is not None:
        return picked_up
    if is_over(lead):
        lead, ended = after_the_end(lead, reading, changed, say, turn)
        if ended is not None:
            return ended
    doubted = doubtful(lead, before, reading, turn.playbook.conversation)
    if doubted is not None:
        return Heard(raised(lead, doubted, before[doubted]), answers, doubted, "doubt")
    return _ask_on(lead, said, say, changed, turn)


def _take_in(
    lead: Lead, reading: Reading, say: tuple[Say, ...], person: bool, turn: Turn
) -> tuple[Lead, tuple[Say, ...], set[Dimension]]:
    """The lead with what the message answers, with what is said to that, and the dimensions that it changed."""
    before, in_doubt = lead.answers, lead.doubt is not None
    reading = without_misread_cost(reading, lead.probe, before.get("budget"))
    probe, together = ("", None) if in_doubt else (lead.probe, _together(lead, turn, reading))
    lead = replace(lead, answers=merge(before, reading, open_question=lead.awaiting, together=together, probe=probe))
    if in_doubt:
        lead = settled(lead, reading)
    changed = {d for d in DIMENSIONS if lead.answers.get(d) != before.get(d)}
    if changed and not reading.abusive:
        lead = forgiven(lead)
    corrected = changed & set(reading.corrects)
    lead = replace(lead, probed=tuple(d for d in lead.probed if d not in corrected))
    if lead.elsewhere == "handover" and lead.awaiting in DIMENSIONS and reading.contact.reachable:
        turn.services.alerts.tell(lead, "contact", turn.now)
        say = (*say, Say("utter_thanks_contact"))
    if in_doubt and not say and not person:
        say = (Say("utter_doubt_settled"),)
    elif (not say and not person) or corrected:
        say = (*say, *reaction(reading, before, lead.answers, changed, lead.awaiting))
    return lead, say, changed


def _ask_on(lead: Lead, said: Said, say: tuple[Say, ...], changed: set[Dimension], turn: Turn) -> Heard:
    """The next question, the open one again, or what is left to settle after the last."""
    reading, asked = said.reading, (lead.awaiting, lead.probe)
    aside = said.greeted or is_aside(lead, reading, changed, said.first)
    lead, ask, wording = ask_next(lead, reading, changed, aside, turn)
    if asked[1] and not say and not changed and "refusal" in reading.acts:  # what a follow-up asked for
        say = (Say("utter_declined"),)
    if ask is None:
        if not say and not changed and asked[0] in DIMENSIONS and "nonsense" in reading.acts:
            say = (Say("utter_not_understood"),)
        return closing(lead, reading.text, reading, say, turn.services, turn.playbook, turn.now)
    if not say:
        if said.chat is not None:
            say = (said.chat,)
        elif "nonsense" in reading.acts:
            say = (Say("utter_not_understood"),)
        elif asked[1] and asked[0] != ask:  # "we don't have the number yet"
            say = (Say("utter_left_at_that"),)
    return Heard(lead, say, ask, wording)


def _together(lead: Lead, turn: Turn, reading: Reading) -> Answer | None:
    """The open question's earlier, vague answer and this message, read as one answer; a message that tells nothing adds
    nothing to it."""
    if lead.awaiting not in DIMENSIONS or reading.leaves or reading.evades or not _TELLING & {*reading.acts}:
        return None
    open_question = lead.awaiting
    earlier = lead.answers.get(open_question)
    if earlier is None or not earlier.said:
        return None
    return read(replace(lead, answers={}), f"{earlier.text}\n{reading.text}", None, turn).answers.get(open_question)


def _goes(reading: Reading, hint: str | None, changed: set[Dimension]) -> bool:
    """Whether the visitor takes leave in the middle: "gotta go", "not interested, bye". The classifier alone is
    believed of a word or two only: it takes "ok, I have a minute now" for a goodbye."""
    bye = reading.leaves or (hint == "goodbye" and len(reading.text.split()) <= _A_WORD_OR_TWO)
    return bye and not changed and not reading.topics and not reading.answers


def _contact(lead: Lead, new: Contact) -> Contact:
    """What is known of the visitor, the last word winning. Once a call is booked or mails are promised, another address
    is a matter of its own (`ending.py`)."""
    known = lead.contact
    if lead.status in ("booked", "nurture"):
        return replace(known, phone=known.phone or new.phone, email_hint=None)
    given = bool(new.email or new.email_meant)
    return Contact(
        name=new.name or known.name,
        email=new.email or known.email,
        phone=new.phone or known.phone,
        company=new.company or known.company,
        email_hint=new.email_hint,
        email_meant=new.email_meant if given else known.email_meant,
    )

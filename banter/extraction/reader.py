"""One message, read once: the real `banter.leads.reading.Reader`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from banter.extraction.abuse import is_abusive, is_nothing_else
from banter.extraction.acts import Doing, Means, read_doing
from banter.extraction.contact import agrees, find_contact
from banter.extraction.corrections import takes_back, without_lead_in, without_remark
from banter.extraction.disqualify import find_disqualifier
from banter.extraction.evasions import evades
from banter.extraction.facts import FactFinder
from banter.extraction.gibberish import orders_a_program
from banter.extraction.going_on import goes_on
from banter.extraction.knowledge_asks import pieces
from banter.extraction.knowledge_reading import Answers
from banter.extraction.languages import other_language
from banter.extraction.mail_signs import with_mail_signs
from banter.extraction.mentions import find_mentions
from banter.extraction.nothing_said import without_nothing
from banter.extraction.openers import read_opener
from banter.extraction.requests import (
    asks_for_demo,
    asks_for_mail,
    asks_for_material,
    refuses,
    takes_leave,
    which_of_two,
    with_requests,
)
from banter.extraction.signature import without_signature
from banter.extraction.spam import is_spam
from banter.extraction.topics import labels, parts, rules, said_in, topic_of
from banter.leads.playbook import Knowledge, Market
from banter.leads.reading import ACTS, TOPICS, Reading
from scoring.model import Dimension

#: The channel lets no longer text in; what comes by another way is read to here.
_LONGEST = 2_000


#: What a program would say, not a person: Rasa's commands, markup, JSON.
_MACHINE = re.compile(r"^\s*/\w+\s*(\{|$)|<\s*script|javascript:|\{\s*\"", re.ASCII | re.IGNORECASE)
#: Topics that a question about the call can look like.
_VAGUER = ("unknown", "how_it_works", "hours")
#: Labels of `openers.jsonl` that only somebody who uses the product already gives rise to.
_CUSTOMER = frozenset(("customer", "login", "billing", "cancel"))
_USES_IT = frozenset(("own_account", "own_thing", "howto"))
#: What only a buyer says of the money and the decision.
_OF_BUYERS = frozenset(("final", "shared", "approved", "approved_amount"))
#: Topics that sound like a call for help, and like a wish for a person, and are neither.
_NO_TROUBLE = frozenset(("privacy", "deletion", "erase"))
#: "Are you deaf?" asks nothing.
_RUDE_QUESTIONS = ("unknown", "meaning")
_NO_WISH_FOR_A_PERSON = frozenset(("alive", "caller"))


_NO_MARKET = Market()
_NOTHING_KNOWN = Knowledge()


class SpacyReader:
    """Reads messages by phrases and patterns that are data. Deterministic; keeps nothing between messages."""

    def __init__(
        self,
        *,
        day_first: bool = False,
        currency: str | None = None,
        competitor_names: tuple[str, ...] = (),
        region: str = "US",
        market: Market = _NO_MARKET,
        fiscal_year_start: int = 1,
        knowledge: Knowledge = _NOTHING_KNOWN,
    ) -> None:
        self._day_first = day_first
        self._currency = currency
        self._competitor_names = competitor_names
        self._region = region
        self._fiscal_year_start = fiscal_year_start
        self._market = market
        self._facts = FactFinder(market, competitor_names)
        self._answers = Answers(knowledge, competitor_names)
        # Patterns are compiled at their first use, which takes seconds: not while the first visitor waits.
        self.read("hi, 10k by May", open_question="budget", known={}, today=date(2026, 1, 1), topic_hint=None)

    def read(
        self,
        text: str,
        *,
        open_question: str | None,
        known: Mapping[Dimension, str],
        today: date,
        topic_hint: str | None,
        question: str = "",
    ) -> Reading:
        """As `banter.leads.reading.Reader.read`. `corrects` holds only dimensions of `known`; who answered before opens
        no conversation, so `opener` is "other" then."""
        said = text[:_LONGEST]
        if _MACHINE.search(said) or orders_a_program(said):
            return Reading(text=text, acts=("nonsense",), opener="other")
        if is_spam(said):
            return Reading(text=text, acts=("nonsense",), opener="other", disqualifier="vendor")
        means = Means(
            today=today,
            known=known,
            topic_hint=topic_hint,
            day_first=self._day_first,
            currency=self._currency,
            competitor_names=self._competitor_names,
            region=self._region,
            fiscal_year_start=self._fiscal_year_start,
            question=question,
            question_on=open_question,
        )
        whole, said = said, without_remark(without_signature(said))
        seemed = read_doing(said, open_question, means)
        doing = without_nothing(seemed, said, open_question)
        idle = doing is not seemed and "smalltalk" in doing.acts
        contact = doing.contact
        if whole != said:
            contact = find_contact(whole, asked=open_question == "contact", region=self._region)
        asked = self._asked(said, doing.topics)
        topics = _topics(said, open_question, asked, addressed=bool(contact.email))
        topics = with_requests(said, open_question, topics)
        picks = doing.wish.said and "question" not in doing.acts  # "first please" asks for no free trial
        found, left = ((), topics) if picks else self._answers.found(said, open_question, topics, topic_hint)
        abusive = is_abusive(said)
        left = tuple(topic for topic in left if not abusive or topic not in _RUDE_QUESTIONS)
        asks_for_nobody = bool(found) and "person" in topics and "person" not in left
        asks_for_nobody = asks_for_nobody or bool(_NO_WISH_FOR_A_PERSON & {*left} and "person" not in left)
        helped = self._answers.helped(said)
        opener = _opener(said, open_question, doing, left) if not known and doing is seemed else "other"
        if opener == "support" and found and not helped and not (_CUSTOMER | _USES_IT) & _labels(said):
            opener = "research"  # "what's the notice period?"
        doing = _without_seeming_answers(doing, said, open_question, left, opener)
        return Reading(
            text=text,
            acts=_acts(doing.acts, asks_for_nobody=asks_for_nobody),
            answers=doing.answers,
            corrects=doing.corrects,
            contradicts=doing.contradicts,
            bare=without_lead_in(whole),
            takes_back=takes_back(said),
            leaves=takes_leave(said, open_question),
            mail_instead=asks_for_mail(said),
            material=asks_for_material(said),
            demo=asks_for_demo(said),
            topics=left,
            found=found,
            helped=helped,
            opener=opener,
            disqualifier=find_disqualifier(said),
            contact=contact,
            wish=doing.wish,
            facts=with_mail_signs(self._facts.find(whole, contact, open_question=open_question), self._market),
            agrees=None if idle else _agrees(said, open_question),
            resumes=goes_on(said) and "refusal" not in doing.acts,
            evades=evades(said),
            idle=idle,
            which=which_of_two(said),
            abusive=abusive,
            language=other_language(said),
            mentions=find_mentions(said),
        )

    def _asked(self, text: str, topics: tuple[str, ...]) -> tuple[str, ...]:
        """With the second question of a sentence: "what does it cost and where is our data kept?"."""
        asked = [part for part in pieces(text) if part.asks]
        if len(asked) < 2:
            return topics
        known = (topic_of(part, competitor_names=self._competitor_names) for part in asked)
        return tuple(dict.fromkeys([*topics, *(topic for topic in known if topic not in (None, "unknown"))]))


def _without_seeming_answers(
    doing: Doing, said: str, open_question: str | None, topics: tuple[str, ...], opener: str
) -> Doing:
    """Without what a bare insult, a complaint about their data ("I never signed up to anything") or a request for
    something to read seems to say."""
    answers = doing.answers
    if is_abusive(said) and not refuses(said) and agrees(said) is not False:  # "you're useless" declines nothing
        doing = replace(doing, acts=tuple(act for act in doing.acts if act != "refusal"))
    if is_nothing_else(said):
        answers = {}
    elif _NO_TROUBLE & {*topics}:
        answers = {d: a for d, a in answers.items() if d == open_question or a.specificity == "precise"}
    elif "material" in topics and opener == "research":
        answers = {d: a for d, a in answers.items() if a.specificity == "precise"}
    if answers or not doing.answers:
        return replace(doing, answers=answers)
    acts = {*doing.acts, *(("question",) if topics else ("smalltalk",))} - {"answer", "multi_answer", "correction"}
    return replace(doing, answers={}, corrects=(), contradicts=(), acts=tuple(act for act in ACTS if act in acts))


def _acts(acts: tuple[str, ...], *, asks_for_nobody: bool) -> tuple[str, ...]:
    """Who asks "can we talk to one of your customers?", which the owner has answered, wants no person of ours."""
    if not asks_for_nobody:
        return acts
    return tuple(act for act in ACTS if act in {*acts, "question"} - {"human"})


def _agrees(said: str, open_question: str | None) -> bool | None:
    """A short yes or no; "skip that, please" is no yes."""
    agreed = agrees(said, of_a_mistake=open_question == "contact")
    return None if agreed and refuses(said) else agreed


def _topics(
    text: str, open_question: str | None, topics: tuple[str, ...], *, addressed: bool = False
) -> tuple[str, ...]:
    """With what is asked about the call, once the questions are over: before that, "can't make it" is no call.
    `addressed`: the message holds an address, which "add" and "as well" make one more guest's."""
    if open_question not in (None, "slot", "contact"):
        asked = [part for part in parts(text) if part.asks and "call" in labels(rules("calls.jsonl"), part.words)]
        named = [part for part in asked if "names_it" in labels(rules("calls.jsonl"), part.words)]
        vaguer = {"unknown"} if asked else set()
        vaguer |= {"how_it_works"} & {topic_of(part) for part in named}
        return tuple(dict.fromkeys("call" if topic in vaguer else topic for topic in topics))
    about = [label for part in parts(text) for label in labels(rules("calls.jsonl"), part.words)]
    about = ["guest" if label == "adds" and addressed else label for label in about]
    about = [label for label in about if label in TOPICS]
    if "caller" in topics or "zone" in topics:
        about = [label for label in about if label != "call"]
    if open_question is None and not about:
        return topics
    known = [topic for topic in topics if not about or topic not in _VAGUER]
    return tuple(dict.fromkeys([*known, *about]))


def _opener(text: str, open_question: str | None, doing: Doing, topics: tuple[str, ...]) -> str:
    """The intent of a first message. Asked what bothers them, people name a problem: that is no call for help, unless
    they speak as somebody who uses the product already."""
    opener = read_opener(text)
    if opener == "support" and _NO_TROUBLE & {*topics} and not (_CUSTOMER - {"cancel"}) & _labels(text):
        return "other"
    if opener != "support" or open_question != "need" or not any(_tells(doing, name) for name in doing.answers):
        return opener
    said = _labels(text)
    if said_in(text, "complaints.jsonl"):
        said -= {"customer"}
    return opener if said & _CUSTOMER else "sales"


def _tells(doing: Doing, dimension: Dimension) -> bool:
    """Whether it answers as a buyer does: on their problem, or who decides or pays in plain words ("I sign it")."""
    answer = doing.answers[dimension]
    return dimension == "need" or (answer.band in _OF_BUYERS and any(e.kind != "statement" for e in answer.evidence))


def _labels(text: str) -> set[str]:
    return {*said_in(text, "openers.jsonl")}

"""A visitor talking to the use cases without Rasa, and a reader that understands just what a test says it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from banter.booking.diary import TeamDiary
from banter.configuration import load_playbook
from banter.leads.closing import close
from banter.leads.facts import Place, Size
from banter.leads.hear import greet, hear
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.reading import Contact, Reading, TimeWish
from banter.leads.saying import Heard
from banter.leads.turn import Turn, worded
from scoring.model import Answer, Dimension, Evidence
from tests.fakes import FakeCalendar, FakeLeadStore, FakeOutbox, FakeState, FakeTransaction, FakeTranscript

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)  # a Saturday
PLAYBOOK = load_playbook(Path(__file__).parent.parent.parent / "playbook")


def answer(dimension: Dimension, band: str, specificity: str = "precise", commitment: str = "intending") -> Answer:
    text = f"{dimension} is {band}"
    found = (Evidence(text, 0, len(text), "fact"),) if specificity == "precise" else ()
    return Answer(dimension, band, specificity, commitment, text, found)


class FakeReader:
    """Reads `budget=approved_amount`, `authority=final:some`, `!price` (a question), `#stop` (an act), an address with
    @, `ring:` and a number, `~` (a correction of what follows), `?` (a contradiction), `when:any`, `when:none`,
    `when:thursday`, `go-on`, `yes`, `no`, `which:former`, `show-us` (a demo), `know:key`, `help:key`,
    `in:de` (a language), `from:GB`, `people:3`, `rude`; everything else is nonsense.
    `questions` keeps what it was told that was asked."""

    def __init__(self) -> None:
        self.questions: list[str] = []

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
        self.questions.append(question)
        reading = Reading(text, opener="sales", bare=text)
        corrects = contradicts = False
        for word in text.split():
            if word == "~":
                corrects = True
                reading = replace(reading, acts=(*reading.acts, "correction"))
            elif word.startswith("!"):
                reading = replace(reading, topics=(*reading.topics, word[1:]), acts=(*reading.acts, "question"))
            elif word.startswith("#"):
                reading = replace(reading, acts=(*reading.acts, word[1:]))
            elif word.startswith("is:"):
                reading = replace(reading, disqualifier=word[3:])
            elif word.startswith("opener:"):
                reading = replace(reading, opener=word[7:])
            elif word == "?":  # what follows contradicts, without a word that marks a change
                corrects = contradicts = True
                reading = replace(reading, acts=(*reading.acts, "correction"))
            elif word in ("yes", "no"):
                reading = replace(reading, agrees=word == "yes", acts=(*reading.acts, "answer"))
            elif word == "rude":
                reading = replace(reading, abusive=True, acts=(*reading.acts, "nonsense"))
            elif word.startswith("in:"):
                reading = replace(reading, language=word[3:], acts=(*reading.acts, "nonsense"))
            elif word.startswith("which:"):
                reading = replace(reading, which=word[6:], acts=(*reading.acts, "answer"))
            elif word.startswith(("know:", "help:")):
                field = "found" if word.startswith("know:") else "helped"
                reading = replace(reading, acts=(*reading.acts, "question"), **{field: (word[5:],)})  # type: ignore[arg-type]
            elif word.startswith("from:"):
                place = Place(word[5:])
                reading = replace(reading, facts=replace(reading.facts, place=place), acts=(*reading.acts, "smalltalk"))
            elif word.startswith("people:"):
                size = Size("employees", int(word[7:]), int(word[7:]))
                reading = replace(
                    reading, facts=replace(reading.facts, sizes=(size,)), acts=(*reading.acts, "smalltalk")
                )
            elif word == "show-us":
                reading = replace(reading, demo=True, acts=(*reading.acts, "question"))
            elif word == "go-on":
                reading = replace(reading, resumes=True, acts=(*reading.acts, "smalltalk"))
            elif word == "when:none":
                reading = replace(reading, wish=TimeWish(none_fit=True), acts=(*reading.acts, "answer"))
            elif word.startswith("ring:"):
                reading = replace(reading, contact=Contact(phone=word[5:]), acts=(*reading.acts, "answer"))
            elif word == "when:thursday":
                reading = replace(reading, wish=TimeWish(weekdays=(3,)), acts=(*reading.acts, "answer"))
            elif word == "when:any":
                reading = replace(reading, wish=TimeWish(any_time=True))
            elif "@" in word:
                reading = replace(reading, contact=Contact(email=word))
            elif "=" in word:
                name, said = word.split("=")
                band, _, specificity = said.partition(":")
                answers = {**reading.answers, name: answer(name, band, specificity or "precise")}  # type: ignore[arg-type]
                reading = replace(reading, answers=answers, acts=(*reading.acts, "answer"))
                if corrects:
                    reading = replace(reading, corrects=(*reading.corrects, name))  # type: ignore[arg-type]
                if contradicts:
                    reading = replace(reading, contradicts=(*reading.contradicts, name))  # type: ignore[arg-type]
        return reading if reading.acts or reading.contact.email else replace(reading, acts=("nonsense",))


class FakeNurturing:
    def __init__(self) -> None:
        self.enrolled: list[str] = []
        self.stopped = 0

    def enrol(self, lead: Lead, now: datetime) -> None:
        assert lead.route is not None
        self.enrolled.append(lead.route.name)

    def stop(self, lead: Lead) -> None:
        self.stopped += 1

    def reason(self, lead: Lead) -> Dimension | None:
        return "budget"


class FakeAlerts:
    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, lead: Lead, kind: str, now: datetime) -> None:
        if kind not in self.told:
            self.told.append(kind)


class FakeTimers:
    """What is set, by name."""

    def __init__(self) -> None:
        self.due: dict[str, datetime] = {}

    def set(self, lead: Lead, name: str, due_at: datetime) -> None:
        self.due[name] = due_at

    def cancel(self, lead: Lead, name: str) -> None:
        self.due.pop(name, None)


class FakeServices:
    def __init__(self, state: FakeState, playbook: Playbook) -> None:
        tx = FakeTransaction(FakeLeadStore(state), FakeCalendar(state), FakeOutbox(state), FakeTranscript(state))
        self.diary = TeamDiary(tx, playbook, "http://127.0.0.1:8080")
        self.nurturing = FakeNurturing()
        self.alerts = FakeAlerts()
        self.timers = FakeTimers()


class Visitor:
    """Says one message after the other; keeps everything the bot said and asked."""

    def __init__(self, playbook: Playbook = PLAYBOOK, *, reader: object | None = None, now: datetime = NOW) -> None:
        self.playbook = playbook
        self.state = FakeState()
        self.reader = reader or FakeReader()
        self.now = now
        self.lead = Lead("l_1", "c_1", "web", playbook.company.timezone.key, now, now)
        self.said: list[str] = []
        self.asked: list[tuple[str | None, str]] = []
        self.services = FakeServices(self.state, playbook)
        self._keep(greet(self.lead, self._turn()))

    def says(self, *messages: str) -> Visitor:
        for text in messages:
            self.now += timedelta(seconds=20)
            before = len(self.said)
            heard = hear(self.lead, text, hint=None, turn=self._turn())
            self._keep(heard)
            if heard.ask is None:
                self._keep(close(self.lead, self.services, self.playbook, self.now))
            self.last = self.said[before:]
        return self

    @property
    def questions(self) -> int:
        return len(self.lead.asked)

    def _turn(self) -> Turn:
        return Turn(self.reader, self.services, self.playbook, self.now)  # type: ignore[arg-type]

    def _keep(self, heard: Heard) -> None:
        self.lead = worded(replace(heard.lead, awaiting=heard.ask), f"{heard.ask} {heard.wording}?")
        self.said.extend(say.response for say in heard.say)
        self.asked.append((heard.ask, heard.wording))

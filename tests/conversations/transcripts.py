"""Whole conversations as people have them: read from YAML, played over HTTP, and what was wrong is told in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.conversations.when import with_days
from tests.product.running import Visitor

QUESTIONS = ("need", "budget", "authority", "timeline")
MOST_QUESTIONS = 6
HEAD = {"who", "worst", "framework", "locale", "timezone", "talk", "finally"}
TURN = {"visitor", "when", "aside", "silent", "expect"}
OF_A_REPLY = {"awaiting", "not_awaiting", "status", "says", "says_too", "never_says", "buttons", "chose"}
OF_THE_LEAD = {"answers", "total", "route", "learns", "booking", "contact", "questions_at_most"}


class BadTranscript(ValueError):
    """A transcript that cannot be played; says where and what to write."""


@dataclass(frozen=True)
class Transcript:
    file: str
    who: str
    talk: tuple[Mapping[str, Any], ...]
    finally_: Mapping[str, Any]
    framework: str = "bant"
    begin: Mapping[str, str] = field(default_factory=dict)
    worst: bool = False

    @property
    def name(self) -> str:
        return f"{self.file}: {self.who}"


@dataclass(frozen=True)
class Play:
    """What came of one playing: the dialogue as text with each fault beneath its turn, and the points in the end."""

    faults: int
    dialogue: str
    score: Mapping[str, Any]


def read(folder: Path) -> list[Transcript]:
    found = [one for path in sorted(folder.glob("*.yml")) for one in _of_file(path)]
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadTranscript(f"{twice[0]}: stands there twice; give each `who` words of its own")
    return found


def _of_file(path: Path) -> Iterable[Transcript]:
    for number, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["transcripts"], 1):
        where = f"{path.name}, transcript {number} ({raw.get('who', 'no `who`')})"
        _known(where, raw, HEAD, needs=("who", "talk"))
        for place, turn in enumerate(raw["talk"], 1):
            here = f"{where}, message {place}"
            _known(here, turn, TURN, needs=("visitor",))
            said = turn["visitor"]
            if not (isinstance(said, str) or (isinstance(said, dict) and list(said) == ["button"])):
                raise BadTranscript(f"{here}: write the visitor's words in quotes, or {{button: 1}}")
            _known(here, turn.get("expect", {}), OF_A_REPLY | OF_THE_LEAD)
        _known(f"{where}, finally", raw.get("finally", {}), OF_A_REPLY | OF_THE_LEAD)
        yield Transcript(
            file=path.stem,
            who=raw["who"],
            talk=tuple(raw["talk"]),
            finally_=raw.get("finally", {}),
            framework=raw.get("framework", "bant"),
            begin={key: raw[key] for key in ("locale", "timezone") if key in raw},
            worst=raw.get("worst", False),
        )


def _known(where: str, raw: Mapping[str, Any], known: set[str], needs: Sequence[str] = ()) -> None:
    for key in sorted(set(raw) - known):
        raise BadTranscript(f"{where}: `{key}` is unknown; there are {', '.join(sorted(known))}")
    for key in needs:
        if key not in raw:
            raise BadTranscript(f"{where}: `{key}` is missing")


class _Playing:
    """One visitor on the way through one transcript."""

    def __init__(self, transcript: Transcript, url: str, today: date) -> None:
        self.transcript = transcript
        self.today = today
        self.lines: list[str] = []
        self.faults = 0
        self.visitor = Visitor(url, **transcript.begin)
        self.shown: list[str] = []
        self.ever_shown: set[str] = set()
        self.said = ""
        self.asked = int(self.visitor.awaiting in QUESTIONS)
        self.before: list[str] = sentences(m["text"] for m in self.visitor.last["messages"])
        self._writes_replies()

    def plays(self) -> Play:
        for turn in self.transcript.talk:
            if "when" in turn and self.visitor.awaiting not in _several(turn["when"]):
                continue
            self._turn(turn)
        lead = self.visitor.lead()
        for fault in [*self._of_lead(self.transcript.finally_, lead, None), *_sums(lead)]:
            self._fault(f"in the end: {fault}")
        for fault in self._of_reply(self.transcript.finally_):
            self._fault(f"in the end: {fault}")
        self.lines.append(_lead_in_words(lead))
        return Play(self.faults, "\n".join(self.lines), lead["score"])

    def _turn(self, turn: Mapping[str, Any]) -> None:
        expected: Mapping[str, Any] = turn.get("expect", {})
        text = self._text(turn["visitor"])
        known = self.visitor.lead()["answers"] if "learns" in expected else None
        self.said = text
        self.lines.append(f"  visitor: {text}")
        self.visitor.says(text)
        self._writes_replies()
        if self.visitor.awaiting in QUESTIONS and not turn.get("aside") and "learns" not in expected:
            self.asked += 1
        faults = [*self._always(turn), *self._of_reply(expected)]
        if OF_THE_LEAD & set(expected):
            lead = self.visitor.lead()
            faults += [*self._of_lead(expected, lead, known), *_sums(lead)]
        for fault in faults:
            self._fault(fault)
        self.shown = [button["title"] for button in self.visitor.buttons] or self.shown
        self.ever_shown |= set(self.shown)

    def _text(self, said: str | Mapping[str, int]) -> str:
        if isinstance(said, str):
            return with_days(said, self.today)
        buttons = self.visitor.buttons
        if len(buttons) < said["button"]:
            self._fault(f"there is no button {said['button']} to press; {len(buttons)} were shown")
            return "the first one"
        return buttons[said["button"] - 1]["value"]

    def _writes_replies(self) -> None:
        for message in self.visitor.last["messages"]:
            titles = "".join(f" [{button['title']}]" for button in message["buttons"])
            self.lines.append(f"      bot: {message['text']}{titles}")
        self.lines.append(f"           ({self.visitor.awaiting}, {self.visitor.status})")

    def _fault(self, words: str) -> None:
        self.faults += 1
        self.lines.append(f"  >>>>>>>  {words}")

    def _always(self, turn: Mapping[str, Any]) -> Iterable[str]:
        """What holds after each message of each visitor, unasked."""
        texts = [message["text"] for message in self.visitor.last["messages"]]
        if not texts and not turn.get("silent"):
            yield "nothing came back"
        for text in texts:
            if not text.strip():
                yield "an empty message came back"
            if re.search(r"\{\w*\}|\bNone\b|\bnull\b", text):
                yield f"a placeholder was not filled: {text}"
        now = sentences(texts)
        for sentence in dict.fromkeys(one for one in now if one in self.before):
            yield f"said twice in a row: {sentence}"
        if texts:
            self.before = now
        if self.asked > MOST_QUESTIONS:
            yield f"question {self.asked}; {MOST_QUESTIONS} is the most"
        dead = self.visitor.status == "open" and self.visitor.awaiting is None and not asks(self.said)
        if dead and texts and not re.search(r"\?|\b(ask|tell|write|here)\b", " ".join(texts)):
            yield "a dead end: nothing is open and nothing was offered"

    def _of_reply(self, expected: Mapping[str, Any]) -> Iterable[str]:
        awaiting, said = self.visitor.awaiting, " ".join(m["text"] for m in self.visitor.last["messages"])
        if "awaiting" in expected and awaiting not in _several(expected["awaiting"]):
            yield f"waits for {awaiting}, should wait for {expected['awaiting']}"
        if "not_awaiting" in expected and awaiting in _several(expected["not_awaiting"]):
            yield f"waits for {awaiting}, which should not be asked now"
        if "status" in expected and self.visitor.status not in _several(expected["status"]):
            yield f"status {self.visitor.status}, should be {expected['status']}"
        for key in ("says", "says_too"):
            words = [with_days(one, self.today) for one in _several(expected.get(key, ()))]
            if words and not any(re.search(one, said, re.I) for one in words):
                yield f"says nothing of: {' | '.join(words)}"
        for one in _several(expected.get("never_says", ())):
            found = re.search(with_days(one, self.today), said, re.I)
            if found:
                yield f"says what it should not: {found[0]!r}"
        if "chose" in expected:
            title = self.shown[expected["chose"] - 1] if len(self.shown) >= expected["chose"] else "nothing shown"
            if not all(number in said for number in re.findall(r"\d+", title)):
                yield f"does not say that it took the time in place {expected['chose']}, {title}"
        yield from self._of_buttons(expected.get("buttons"))

    def _of_buttons(self, expected: bool | str | None) -> Iterable[str]:
        titles = {button["title"] for button in self.visitor.buttons}
        if expected is True and not titles:
            yield "shows no buttons"
        if expected is False and titles:
            yield "shows buttons"
        if expected == "new" and (not titles or titles & self.ever_shown):
            yield "shows times that were turned down before, or none"

    def _of_lead(
        self, expected: Mapping[str, Any], lead: Mapping[str, Any], known: Mapping[str, Any] | None
    ) -> Iterable[str]:
        for dimension, wanted in expected.get("answers", {}).items():
            yield from _of_answer(dimension, wanted, lead["answers"].get(dimension))
        if "learns" in expected and known is not None:
            for dimension in QUESTIONS:
                old, new = known.get(dimension), lead["answers"].get(dimension)
                if _answer(old) != _answer(new):
                    yield f"learnt {dimension} from what was no answer: {_answer(old)} became {_answer(new)}"
        if "total" in expected and not _within(lead["score"]["total"], str(expected["total"])):
            yield f"{lead['score']['total']} points, should be {expected['total']}"
        if "route" in expected and lead["route"]["name"] not in _several(expected["route"]):
            yield f"route {lead['route']['name']}, should be {expected['route']}"
        if "booking" in expected:
            status = (lead["booking"] or {}).get("status", "none")
            if status not in _several(expected["booking"]):
                yield f"booking {status}, should be {expected['booking']}"
        for key, value in expected.get("contact", {}).items():
            if not re.fullmatch(str(value), str(lead["contact"][key] or "nothing"), re.I):
                yield f"{key} is {lead['contact'][key]}, should be {value}"
        if "questions_at_most" in expected and self.asked > expected["questions_at_most"]:
            yield f"asked {self.asked} times, {expected['questions_at_most']} at most"


def play(transcript: Transcript, url: str, today: date) -> Play:
    return _Playing(transcript, url, today).plays()


def asks(text: str) -> bool:
    """Who asked and got an answer isn't at a dead end, though nothing is asked in return."""
    return "?" in text or bool(
        re.match(r"(and |so )?(what|who|whom|why|how|when|where|which|can|do|does|is|are)\b", text, re.I)
    )


def sentences(texts: Iterable[str]) -> list[str]:
    return [one.strip() for text in texts for one in re.split(r"(?<=[.!?])\s+", text) if one.strip()]


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _within(total: int, wanted: str) -> bool:
    low, dots, high = wanted.partition("..")
    if not dots:
        return total == int(low)
    return int(low or -1000) <= total <= int(high or 1000)


def _answer(answer: Mapping[str, Any] | None) -> str:
    if answer is None or (answer["band"] == "unclear"):
        return "nothing"
    return f"{answer['band']} ({answer['text']!r})"


def _of_answer(dimension: str, wanted: str | Mapping[str, Any], answer: Mapping[str, Any] | None) -> Iterable[str]:
    """`wanted`: a band, bands with | between, `nothing` (not said, unclear), or {band, min, max, currency, period}."""
    band = wanted if isinstance(wanted, str) else wanted["band"]
    found = "nothing" if answer is None or answer["band"] == "unclear" else answer["band"]
    if found not in band.split("|"):
        yield f"{dimension} is read as {_answer(answer)}, should be {band}"
    if isinstance(wanted, str) or answer is None:
        return
    value = answer["value"] or {}
    for key in ("min", "max", "currency", "period"):
        if key in wanted and value.get(key) not in _several(wanted[key]):
            yield f"{dimension}: {key} is {value.get(key)}, should be {wanted[key]}"


def _sums(lead: Mapping[str, Any]) -> Iterable[str]:
    added = sum(line["points"] for line in lead["score"]["lines"])
    if added != lead["score"]["total"]:
        yield f"the lines add up to {added}, the total says {lead['score']['total']}"


def _lead_in_words(lead: Mapping[str, Any]) -> str:
    answers = ", ".join(f"{dimension} {_answer(answer)}" for dimension, answer in lead["answers"].items())
    booking = (lead["booking"] or {}).get("status", "none")
    contact = ", ".join(f"{key} {value}" for key, value in lead["contact"].items() if value)
    return (
        f"     lead: {lead['score']['total']} points, route {lead['route']['name']}, booking {booking}; "
        f"{contact or 'no contact'}; {answers}"
    )

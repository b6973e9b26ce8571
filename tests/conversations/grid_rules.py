"""What holds in each cell of the grid, whatever was said. A rule names in words what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from banter.leads.model import AWAITING, STATUSES
from tests.conversations.grid import DIMENSIONS, Cell, Line
from tests.conversations.grid_talk import Reply, Standing

MOST_QUESTIONS = 6
ASKS = {**{d: f"utter_ask_{d}" for d in DIMENSIONS}, "slot": "utter_ask_meeting_time", "contact": "utter_ask_contact"}
#: What also somebody asks who only reads up, when it is the first that they say.
OF_RESEARCH = ("asks_how_it_works", "asks_company", "asks_competitors", "asks_listed", "asks_unknown")
Faults = Iterable[str]


@dataclass(frozen=True)
class Turn:
    """One turn in a cell: how it stood `before` and after `line` was said."""

    cell: Cell
    line: Line
    before: Standing
    after: Standing

    @property
    def responses(self) -> list[str]:
        return [reply.response for reply in self.after.replies]


Rule = Callable[[Turn], Faults]


def always(turn: Turn) -> Faults:
    """What holds after each message, whatever it was."""
    lead, replies = turn.after.lead, turn.after.replies
    if not replies:
        yield "nothing came back"
    for reply in replies:
        if not reply.text.strip():
            yield f"an empty message came back ({reply.response})"
        if re.search(r"[{}]|\bNone\b|\bnull\b", reply.text):
            yield f"a placeholder was not filled: {reply.text}"
    now, last = _sentences(replies), _sentences(turn.before.replies)
    for sentence in dict.fromkeys(one for one in now if one in last or now.count(one) > 1):
        yield f"said twice: {sentence}"
    if len(lead.asked) > MOST_QUESTIONS:
        yield f"{len(lead.asked)} questions were asked"
    if lead.awaiting not in (*AWAITING, None) or lead.status not in STATUSES:
        yield f"no such state: {lead.awaiting}, {lead.status}"
    if lead.awaiting is not None and (lead.aside or lead.status in ("booked", "nurture", "closed")):
        yield f"waits for {lead.awaiting} although it is {lead.aside or lead.status}"
    if lead.awaiting is None and lead.status == "open" and not _is_offered_material(turn):
        yield "a dead end: it is open and nothing is asked"
    if lead.awaiting is not None and (not replies or replies[-1].response != ASKS[lead.awaiting]):
        yield f"waits for {lead.awaiting} and does not ask for it last"
    if lead.awaiting == "slot" and replies and not replies[-1].buttons:
        yield "asks for a time and shows none"
    total = lead.score.total if lead.score else 0
    if total != sum(line.points for line in (lead.score.lines if lead.score else ())):
        yield "the points do not add up"
    if lead.disqualifier:
        yield f"was sent away as {lead.disqualifier}"


def comes_back(turn: Turn, *, asked_more: int = 0) -> Faults:
    """The open question comes back in other words, and nothing was read into what was said."""
    yield from unpolluted(turn)
    before, after = turn.before.lead, turn.after.lead
    if _is_offered_material(turn):
        return
    if (after.awaiting, after.status) != (before.awaiting, before.status):
        yield f"waits for {after.awaiting} ({after.status}) after {before.awaiting} ({before.status})"
    elif len(after.asked) - len(before.asked) > asked_more:
        yield "what is only put again was counted as a question"
    elif turn.after.replies and turn.before.replies:
        old, new = turn.before.replies[-1].text, turn.after.replies[-1].text
        same = [one for one in _sentences((Reply("", old),)) if one in _plain(new)]
        if same:
            yield f"asks in the same words: {new}"


def known_now(turn: Turn) -> Faults:
    """What the line says is known, and nothing else has changed."""
    yield from unpolluted(turn, but=turn.line.known)
    for dimension, band in turn.line.known.items():
        answer = turn.after.lead.answers.get(dimension)  # type: ignore[call-overload]
        if answer is None or answer.band != band:
            yield f"{dimension} is {answer.band if answer else 'not known'}, should be {band}"


def _is_offered_material(turn: Turn) -> bool:
    """Whether the first message was a researcher's, who gets the answer and the material before any question."""
    offered = turn.after.lead.browsing and turn.responses[-2:] == ["utter_research_first", "utter_research_offer"]
    return offered and turn.cell.question == "need" and turn.cell.act in OF_RESEARCH


def unpolluted(turn: Turn, but: Iterable[str | None] = ()) -> Faults:
    before, after = turn.before.lead, turn.after.lead
    for dimension in DIMENSIONS:
        old, new = before.answers.get(dimension), after.answers.get(dimension)  # type: ignore[call-overload]
        unclear = new is not None and new.band == "unclear" and old is None
        if old != new and dimension not in set(but) and not unclear:
            yield f"learnt {dimension} ({new.band if new else 'nothing'}) from what does not say it"
    old_ways, new_ways = ((c.name, c.email, c.phone, c.company) for c in (before.contact, after.contact))
    if old_ways != new_ways and not turn.line.email:
        yield f"learnt how to reach them from what does not say it: {new_ways}"
    if before.slot != after.slot and turn.line.place is None and after.slot is not None:
        yield "took a time that nobody chose"


def _sentences(replies: Iterable[Reply]) -> list[str]:
    parts = (part for reply in replies for part in re.split(r"(?<=[.!?])\s+", reply.text))
    return [_plain(part) for part in parts if _plain(part)]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))

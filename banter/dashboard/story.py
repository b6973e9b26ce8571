"""One lead's page, ready to be written: the score card, the transcript with what counted, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from banter.dashboard import words
from banter.dashboard.highlight import Segment, Span, find, segments
from banter.dashboard.listing import UNSUBSCRIBED, who
from banter.leads.joining import Question
from banter.leads.model import Booking, Lead, Message, OutboxItem
from banter.leads.playbook import Playbook
from scoring.model import CRITERIA, DIMENSIONS, Dimension, Framework, Line
from scoring.rubric import Rubric

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


@dataclass(frozen=True)
class CardLine:
    """One criterion, or what counts beside. `points` is None when it is missing; `most` when the rubric has changed."""

    criterion: str
    plain: str
    points: int | None
    most: int | None
    rule: str | None
    understood: str | None
    manner: str | None  # how precise, how bound
    words: tuple[str, ...]
    anchor: str | None  # where in the transcript they stand


@dataclass(frozen=True)
class Card:
    rubric: str | None
    outdated: bool  # made with other points than count today
    total: int
    most: int
    warm: int
    qualified: int
    lines: tuple[CardLine, ...]


@dataclass(frozen=True)
class Said:
    """A line of the transcript. `where`: the channel, where the lead has talked in more than one conversation."""

    message: Message
    anchor: str
    who: str
    segments: tuple[Segment, ...]
    where: str | None = None


@dataclass(frozen=True)
class Perhaps:
    """Another lead that may be the same person: they were asked, and have not answered."""

    lead: str
    who: str
    question: Question


def perhaps(tx: SqlTransaction, lead: Lead) -> list[Perhaps]:
    """Who else this lead may be."""
    found = []
    for question in tx.joinings.unanswered(lead.id):
        other = tx.leads.get(question.second if question.first == lead.id else question.first)
        if other is not None and other.id != lead.id:
            found.append(Perhaps(other.id, who(other), question))
    return found


@dataclass(frozen=True)
class Step:
    """A nurture mail."""

    item: OutboxItem
    subject: str
    status: str


def rubric_of(lead: Lead, playbook: Playbook) -> Rubric:
    """The rubric that counts today for the framework that the lead was scored with."""
    framework = lead.score.rubric.partition("@")[0] if lead.score else ""
    return next((r for name, r in playbook.rubrics.items() if name == framework), playbook.rubric)


def card(lead: Lead, rubric: Rubric, anchors: Mapping[Dimension, str]) -> Card:
    score = lead.score
    outdated = score is not None and score.rubric != rubric.name
    total = score.total if score else 0
    limits = rubric.limits(score) if score and not outdated else rubric.thresholds
    return Card(
        rubric=score.rubric if score else None,
        outdated=outdated,
        total=total,
        most=max(total, rubric.most),
        warm=limits.warm,
        qualified=limits.qualified,
        lines=(
            *(_line(lead, d, rubric, outdated, anchors.get(d)) for d in CRITERIA[rubric.framework]),
            *(_beside(line) for line in (score.lines if score else ()) if line.group != "answers"),
        ),
    )


def _line(lead: Lead, dimension: Dimension, rubric: Rubric, outdated: bool, anchor: str | None) -> CardLine:
    answer = lead.answers.get(dimension)
    line = next((line for line in lead.score.lines if line.dimension == dimension), None) if lead.score else None
    criterion = CRITERIA[rubric.framework][dimension].capitalize()
    most = None if outdated else max(rubric.points[dimension].values())
    if line is None:
        said = tuple(e.text for e in answer.evidence) or (answer.text,) if answer is not None else ()
        plain = words.missing(answer, dimension in lead.asked)
        return CardLine(criterion, plain, None, most, None, None, None, said, anchor)
    band = line.rule.partition(".")[2]
    return CardLine(
        criterion=criterion,
        plain=words.BANDS[dimension].get(band, band.replace("_", " ")),
        points=line.points,
        most=most,
        rule=line.rule,
        understood=words.understood(answer.value) if answer is not None else None,
        manner=words.manner(answer) if answer is not None else None,
        words=line.evidence,
        anchor=anchor,
    )


def _beside(line: Line) -> CardLine:
    """Points that are no answer's: a signal, a visit, a cap."""
    name = line.rule.partition(".")[2].replace(".", ", ").replace("_", " ")
    return CardLine(line.group.capitalize(), name, line.points, None, line.rule, None, None, line.evidence, None)


def together(transcripts: Sequence[Sequence[Message]]) -> list[Message]:
    """The lines of all of a lead's conversations, in the order in which they were said."""
    return sorted((line for lines in transcripts for line in lines), key=lambda line: line.at)


def transcript(
    lead: Lead, messages: Sequence[Message], framework: Framework, channels: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[Said, ...], dict[Dimension, str]]:
    """The lines, and for each dimension the anchor of the first line that speaks for it. `channels` are those of the
    lead's conversations."""
    several = len(channels) > 1
    labels: dict[Dimension, str] = {d: CRITERIA[framework][d].capitalize() for d in DIMENSIONS}
    visitors = [number for number, message in enumerate(messages) if message.sender == "visitor"]
    found = find(lead.answers, [messages[n].text for n in visitors], asked=lead.asked, labels=labels)
    spans: dict[int, list[Span]] = {}
    anchors: dict[Dimension, str] = {}
    for number, marks in zip(visitors, found, strict=True):
        spans[number] = [span for _, span in marks]
        for dimension, _ in marks:
            anchors.setdefault(dimension, _anchor(number))
    lines = tuple(
        Said(
            message,
            _anchor(number),
            words.SENDERS.get(message.sender, message.sender),
            segments(message.text, spans.get(number, ())),
            words.CHANNELS.get(channels[message.conversation]) if several else None,
        )
        for number, message in enumerate(messages)
    )
    return lines, anchors


def _anchor(number: int) -> str:
    return f"said-{number + 1}"


def nurture_steps(items: Sequence[OutboxItem]) -> tuple[Step, ...]:
    """The sequence that was begun last, each step once: a lead who came back has older rows that were taken back."""
    mails = [item for item in items if item.kind == "nurture" and item.payload.get("step")]
    if not mails:
        return ()
    sequence = max(mails, key=lambda item: item.id).payload.get("sequence")
    newest = {
        item.payload["step"]: item
        for item in sorted(mails, key=lambda item: item.id)
        if item.payload.get("sequence") == sequence
    }
    return tuple(
        Step(item, str(item.payload.get("subject", "")), words.OUTBOX.get(item.status, item.status))
        for item in sorted(newest.values(), key=lambda item: item.due_at)
    )


def opted_out(items: Sequence[OutboxItem]) -> OutboxItem | None:
    """The mark of a lead who asked for no more mails."""
    return next((item for item in items if item.kind == "nurture" and item.key.endswith(UNSUBSCRIBED)), None)


def rep_name(booking: Booking, playbook: Playbook) -> str:
    """A rep who has left the team is shown by key."""
    return next((rep.name for rep in playbook.team.reps if rep.key == booking.rep), booking.rep)


def mailto(address: str) -> str:
    return f"mailto:{quote(address, safe='@+')}"

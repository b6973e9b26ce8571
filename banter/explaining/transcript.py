"""What was said, with the words marked that count. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from banter.explaining.marks import Segment, Span, find, segments
from banter.leads.model import Lead, Message
from banter.leads.plain import CHANNELS, SENDERS
from scoring.model import CRITERIA, DIMENSIONS, Dimension, Framework


@dataclass(frozen=True)
class Said:
    """A line of the transcript. `where`: the channel, where the lead has talked in more than one conversation."""

    message: Message
    anchor: str
    who: str
    segments: tuple[Segment, ...]
    where: str | None = None


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
            SENDERS.get(message.sender, message.sender),
            segments(message.text, spans.get(number, ())),
            CHANNELS.get(channels[message.conversation]) if several else None,
        )
        for number, message in enumerate(messages)
    )
    return lines, anchors


def _anchor(number: int) -> str:
    return f"said-{number + 1}"

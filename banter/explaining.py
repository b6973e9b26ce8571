"""One lead, explained in the terminal: the lead's page in text, by the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from banter.dashboard import listing, story, words
from banter.leads.known import known_of
from banter.leads.model import Lead
from banter.leads.moments import Clock
from banter.leads.override import Override
from banter.leads.plain import printable
from banter.leads.playbook import Playbook
from banter.leads.published import Edition, edition
from banter.slack.card import what_would_have_changed
from scoring.model import DIMENSIONS
from scoring.rubric import Rubric

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

TITLE, MARK, SOFT, GOOD = "bold", "bold black on yellow", "dim", "bold green"


def explained(tx: SqlTransaction, lead: Lead, playbook: Playbook) -> Text:
    """All there is to say, with colours that a terminal may leave out: no sense is in the colours alone."""
    clock = Clock(playbook.company.timezone, lead.updated_at)
    channels = dict(tx.leads.conversations(lead.id))
    messages = story.together([tx.transcript.of_conversation(each) for each in channels])
    by = edition_of(tx, lead, playbook)
    rubric = by.rubric
    said, anchors = story.transcript(lead, messages, rubric.framework, channels)
    out = Text()
    _head(out, lead, clock)
    _team(out, tx.overrides.all_of(lead.id), clock)
    _score(out, story.card(lead, rubric, anchors), rubric)
    _beside(out, lead)
    _route(out, lead, by, playbook)
    _transcript(out, said)
    return out


def edition_of(tx: SqlTransaction, lead: Lead, playbook: Playbook) -> Edition:
    """The rubric and the profile that the lead was scored by, as they were published; else today's."""
    stamp = lead.score.rubric if lead.score else None
    name, _, version = (stamp or "").partition("@")
    standing = tx.rubrics.get(name, int(version)) if version.isdecimal() else None
    return edition(stamp, standing, playbook)


def _head(out: Text, lead: Lead, clock: Clock) -> None:
    out.append(printable(listing.who(lead)), TITLE)
    out.append(f"  {lead.id}{'  a test: it counts nowhere' if lead.test else ''}\n")
    status = words.STATUSES.get(lead.status, lead.status)
    channel = words.CHANNELS.get(lead.channel, lead.channel)
    out.append(f"{channel}, came {clock.full(lead.created_at)}, {status.lower()}\n", SOFT)


def _team(out: Text, overrides: Sequence[Override], clock: Clock) -> None:
    if not overrides or overrides[-1].route is None:
        return
    last = overrides[-1]
    out.append(f"\nThe team: {words.ROUTES[overrides[-1].route]}", TITLE)
    out.append(f", says {printable(last.name or last.by)} on {clock.full(last.at)}: {printable(last.reason)}\n")
    out.append("What follows is what the points say.\n", SOFT)


def _score(out: Text, card: story.Card, rubric: Rubric) -> None:
    out.append(f"\n{card.total} of {card.most} points", TITLE)
    out.append(f" by {card.rubric}\n" if card.rubric else "\n")
    criteria = card.lines[: len(DIMENSIONS)]  # what counts beside them follows below
    width = max(len(line.criterion) for line in criteria)
    for line in criteria:
        most = "" if line.most is None else f" of {line.most}"
        points = f"{line.points or 0}{most}"
        out.append(f"  {line.criterion:<{width}}  ")
        out.append(f"{points:>8}", GOOD if line.points else SOFT)
        if line.points is None:
            out.append(f"  {line.plain}, so it adds nothing\n", SOFT)
        else:
            out.append(f"  {line.plain}  ")
            out.append(f"{line.rule}\n", SOFT)
        if line.words:
            quoted = ", ".join(f"“{printable(word)}”" for word in line.words).replace("\n", " ")
            out.append(f"  {'':<{width}}            {quoted}\n", "italic")


def _beside(out: Text, lead: Lead) -> None:
    """What points come from beside the four answers, where the rubric counts more; and how sure all of it is."""
    score = lead.score
    if score is None:
        return
    for line in score.lines:
        if line.dimension is None or line.group != "answers":
            day = f", {line.at:%Y-%m-%d}" if line.at else ""
            quoted = ", ".join(f"“{printable(word)}”" for word in line.evidence)
            out.append(f"  {line.points:+d}", GOOD if line.points > 0 else SOFT)
            out.append(f"  {line.rule}  ({line.source}{day})  {quoted}\n")
    if score.confidence is not None:
        out.append(f"  {score.confidence}% of what could be known is known.\n", SOFT)


def _route(out: Text, lead: Lead, by: Edition, playbook: Playbook) -> None:
    if lead.route is None:
        out.append("\nNothing has been decided yet.\n")
        return
    out.append(f"\n{words.ROUTES.get(lead.route.name, lead.route.name)}", TITLE)
    out.append("\n" if lead.route.final else ", so far: questions are still open\n")
    for reason in lead.route.reasons:
        out.append(f"  {printable(reason)}\n")
    out.append("\nWhat would have changed it\n", TITLE)
    out.append(f"  {what_would_have_changed(lead, by.rubric, known_of(lead, playbook), by.profile)}\n")
    stamp = lead.score.rubric if lead.score else ""
    if not by.rubric_kept:
        out.append(f"  By {by.rubric.name}, because {stamp} was not kept.\n", SOFT)
    elif not by.profile_kept:
        out.append(f"  By today's icp.yml, because the profile of {stamp} was not kept.\n", SOFT)


def _transcript(out: Text, said: Sequence[story.Said]) -> None:
    out.append("\nTranscript\n", TITLE)
    if not said:
        out.append("  Nothing was said yet.\n")
    for line in said:
        out.append(f"  {line.who:<8}", "bold cyan" if line.message.sender == "visitor" else SOFT)
        if line.where:
            out.append(f"({line.where}) ", SOFT)
        for piece in line.segments:
            text = printable(piece.text).replace("\n", "\n          ")
            if piece.labels:
                out.append(f"«{text}»", MARK)
                out.append(f" [{', '.join(piece.labels)}]", SOFT)
            else:
                out.append(text)
        out.append("\n")

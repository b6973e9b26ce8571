"""History, scored again by another rubric from the answers that are stored, and from what visitors did. No text is read
again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from banter.leads.known import events_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.qualify import verdict
from scoring.backtest import Move, Outcome, Tally
from scoring.fit import Profile
from scoring.rubric import Rubric

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


#: So many leads' deeds are in memory at once.
_BATCH = 500


@dataclass(frozen=True)
class Moved:
    """A lead that would have gone elsewhere. `called`: it has a call."""

    lead: Lead
    called: bool
    move: Move


def by(rubric: Rubric, playbook: Playbook, profile: Profile | None = None) -> Playbook:
    """The playbook with that rubric in force, and that profile beside it; None: today's."""
    talk = replace(playbook.conversation, framework=rubric.framework)
    rubrics = {**playbook.rubrics, rubric.framework: rubric}
    return replace(
        playbook, conversation=talk, rubrics=rubrics, profile=playbook.profile if profile is None else profile
    )


def backtest(
    tx: SqlTransaction,
    playbook: Playbook,
    tally: Tally,
    *,
    since: datetime | None = None,
    most: int | None = None,
) -> Iterator[Moved | None]:
    """Each lead there is by the rubric of `playbook`, counted in `tally`: who would have moved, None for who would not.
    Leads that have no score yet are passed over."""
    said = tx.overrides.routes()
    for lead, called in _with_deeds(tx, playbook, tx.history.each(since=since, most=most)):
        if lead.score is None or lead.route is None:
            yield None
            continue
        then = verdict(lead, playbook)
        moved = tally.add(
            Outcome(lead.score, lead.route), Outcome(then.score, then.route), called=called, override=said.get(lead.id)
        )
        yield None if moved is None else Moved(lead, called, moved)


def _with_deeds(
    tx: SqlTransaction, playbook: Playbook, found: Iterator[tuple[Lead, bool]]
) -> Iterator[tuple[Lead, bool]]:
    """Leads with what they did, where the rubric counts it: the one that they were scored by may not have."""
    if not playbook.rubric.parts.behaviour.worth:
        yield from found
        return
    while some := list(islice(found, _BATCH)):
        seen = tx.behaviour.of_leads([lead.id for lead, _ in some])
        for lead, called in some:
            did = seen.get(lead.id)
            if did:
                events = events_of(did, playbook.channels.widget, lead)
                # Where it was not counted as it happened, all of it counts now, faded up to the last of it.
                seen_at = lead.seen_at if lead.events else events[-1].at
                lead = replace(lead, events=events, seen_at=seen_at)
            yield lead, called

"""What `banter rubric` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from banter.configuration.rubric_file import read_rubric_file
from banter.leads import plain
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.rubrics.backtest import Moved
from banter.rubrics.publishing import same_profile, same_rubric
from scoring.backtest import Tally

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

ROUTES = tuple(plain.ROUTES)


def table(tx: SqlTransaction, file: Path, playbook: Playbook) -> str:
    """The published rubrics, a line each, and how the playbook stands to them."""
    force, clock = tx.rubrics.in_force(), playbook.company.timezone
    lines = []
    for one in tx.rubrics.all():
        day = f"{one.published_at.astimezone(clock):%Y-%m-%d %H:%M}"
        without = "  without its profile" if one.profile is None else ""
        here = "  in force" if force is not None and force.stamp == one.stamp else ""
        lines.append(f"{one.stamp:<12} published {day}  from {one.source}{without}{here}")
    written = read_rubric_file(file)[playbook.conversation.framework]
    standing = tx.rubrics.get(written.rubric.framework, written.rubric.version)
    if standing is None:
        lines.append(f"{written.rubric.name:<12} stands in {written.file}, not published yet")
        return "\n".join(lines)
    if not same_rubric(standing, written):
        lines.append(f"{written.file} has other numbers under {standing.stamp}: see `banter rubric diff`")
    if not same_profile(standing, playbook.profile):
        lines.append(f"icp.yml describes another customer under {standing.stamp}: see `banter rubric diff`")
    return "\n".join(lines)


def show(name: str, tally: Tally, moved: Sequence[Moved], *, since: bool = False) -> None:
    """The sums and the leads that would have moved. `since`: older leads were left out."""
    out = Console(highlight=False, soft_wrap=True)
    if not tally.leads:
        none = "No lead with a score came since then" if since else "There are no leads with a score yet"
        out.print(f"{none}, so there is nothing to try it on.")
        return
    out.print(Text(f"{tally.leads:,} leads by {name}"), style="bold")
    out.print(
        f"{tally.moved:,} would have gone elsewhere, {tally.points_changed:,} would have another number of points."
    )
    sums = Table("Route", *(_right(title) for title in ("as it was", "would be", "")))
    for route in ROUTES:
        was, then = tally.before[route], tally.after[route]
        if was or then:
            change = f"{then - was:+,}" if then != was else ""
            sums.add_row(plain.ROUTES[route], f"{was:,}", f"{then:,}", change)
    out.print(sums)
    out.print(
        f"Calls that leads took up: {tally.calls:,}. Leads with such a call that would not have qualified: "
        f"{tally.calls_lost:,}. Leads that did not qualify and would have: {tally.newly_qualified:,}."
    )
    if tally.overridden:
        out.print(
            f"Your team said otherwise of {tally.overridden:,}: {tally.agreed_before:,} of them went where the team "
            f"says, {tally.agreed_after:,} would have."
        )
    for one in moved:
        out.print(Text(""))
        about = f"  {one.lead.id}  {one.lead.created_at:%Y-%m-%d}{'  has a call' if one.called else ''}"
        out.print(Text.assemble((_who(one.lead), "bold"), about))
        out.print(Text(f"  {_route(one.move.before)} -> {_route(one.move.after)}"))
        for line in one.move.why:
            out.print(Text(f"    {line}"))
    if len(moved) < tally.moved:
        out.print(f"\n{tally.moved - len(moved):,} more would have moved: --show N shows more, --json all.")


def moved_json(moved: Moved) -> dict[str, Any]:
    move = moved.move
    return {
        "lead": moved.lead.id,
        "before": {"route": move.before, "total": move.total_before},
        "after": {"route": move.after, "total": move.total_after},
        "why": list(move.why),
        "call": moved.called,
    }


def tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "leads": tally.leads,
        "moved": tally.moved,
        "points_changed": tally.points_changed,
        "routes": {route: {"before": tally.before[route], "after": tally.after[route]} for route in ROUTES},
        "moves": [{"before": a, "after": b, "leads": count} for (a, b), count in tally.moves.most_common()],
        "calls": tally.calls,
        "calls_of_leads_that_would_not_have_qualified": tally.calls_lost,
        "would_have_qualified": tally.newly_qualified,
        "overridden": {"leads": tally.overridden, "met_before": tally.agreed_before, "met_after": tally.agreed_after},
    }


def _who(lead: Lead) -> str:
    contact = lead.contact
    return plain.printable(contact.name or contact.email or contact.phone or "No address")


def _route(name: str) -> str:
    return str(plain.ROUTES.get(name, name))  # type: ignore[call-overload]


def _right(title: str) -> Any:
    from rich.table import Column

    return Column(title, justify="right")

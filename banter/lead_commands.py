"""`banter explain` and `banter override`: one lead, in the terminal."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, cast

from banter.leads.plain import printable

if TYPE_CHECKING:
    from banter.leads.model import Lead
    from banter.store.database import SqlTransaction
    from scoring.model import RouteName

MOST_NAMED = 10
BACK = "back"


class NoSuchLead(Exception):
    """Nobody, or more than one, is meant; the message says who may be."""


def explain(lead: str) -> None:
    """Print where the points and the route of one lead come from. Raises NoSuchLead."""
    from rich.console import Console

    from banter.explaining.terminal import print_explained, rows_of
    from banter.records import records

    with records() as (_, playbook, store), store.begin(readonly=True) as tx:
        rows = rows_of(tx, find(tx, lead), playbook)
    print_explained(Console(highlight=False), rows)


def override(lead: str, route: str, *, reason: str, by: str) -> str:
    """Put the team's judgement beside the rubric's, and say so. Raises NoSuchLead, BadOverride."""
    from banter.bootstrap import now
    from banter.leads import plain
    from banter.leads.override import Override
    from banter.overriding import override as run
    from banter.overriding import wrong_reason
    from banter.records import records

    route = route.strip().lower()
    if route != BACK and route not in plain.ROUTES:
        raise BadOverride(
            f"There is no route {route}; use one of {', '.join(plain.ROUTES)}, or {BACK} to take it back."
        )
    problem = wrong_reason(reason)
    if problem is not None:
        raise BadOverride(f"{problem} (--reason)")
    name = by or getpass.getuser()
    with records() as (_, _, store), store.begin() as tx:
        meant = find(tx, lead)
        tx.conversations.lock(tx.leads.home(meant.id) or meant.conversation)
        to = None if route == BACK else cast("RouteName", route)
        why_not = run(tx, Override(meant.id, to, reason.strip(), f"terminal:{name}", now(), name))
        if why_not is not None:
            raise BadOverride(why_not)
        scored = plain.ROUTES[meant.route.name] if meant.route else "nothing yet"
    if to is None:
        return f"{who(meant)} is where the points say again: {scored}."
    return f"{who(meant)} belongs to {plain.ROUTES[to]}, says {name}. By the points it is {scored}, and that stays."


class BadOverride(Exception):
    """Why nothing was changed."""


def find(tx: SqlTransaction, text: str) -> Lead:
    """The lead that `text` means: an id, a conversation's id, or part of one name or address. Raises NoSuchLead."""
    found = tx.history.search(text, most=MOST_NAMED + 1) if text.strip() and text.isprintable() else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchLead(f"No lead has the id, the conversation, the name or the address {text!r}: see /leads.")
    lines = "\n".join(f"  {one.id}  {who(one)}  {one.created_at:%Y-%m-%d}" for one in found[:MOST_NAMED])
    more = "\n  ..." if len(found) > MOST_NAMED else ""
    raise NoSuchLead(f"Several leads fit {text!r}; name one of them by its id:\n{lines}{more}")


def who(lead: Lead) -> str:
    contact = lead.contact
    return printable(contact.name or contact.email or contact.phone or lead.id)

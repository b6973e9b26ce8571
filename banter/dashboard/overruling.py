"""The form on the lead's page with which somebody says where the lead belongs, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from banter.dashboard import taking, words
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.overriding import wrong_reason
from banter.slack.alert import OF_TEAM
from scoring.model import RouteName

NO_ROUTE = "Please choose where the lead belongs."
BACK = "back"


@dataclass(frozen=True)
class Wish:
    """The form: who wants it where, and why that does nothing."""

    by: str = ""
    route: str = ""
    reason: str = ""
    problem: str | None = None


def empty(playbook: Playbook) -> Wish:
    return Wish(by=taking.empty(playbook).by)


def read_wish(form: dict[str, str], playbook: Playbook) -> Wish:
    """The form as it was sent, with what is wrong with it."""
    by, route, reason = form.get("by", ""), form.get("route", ""), form.get("why", "").replace("\r\n", "\n").strip()
    if by not in taking.people(playbook):
        return Wish("", route, reason, taking.NOBODY)
    if route not in words.ROUTES and route != BACK:
        return Wish(by, "", reason, NO_ROUTE)
    return Wish(by, route, reason, wrong_reason(reason))


def wanted(lead: Lead, wish: Wish, playbook: Playbook, now: datetime) -> Override:
    route = None if wish.route == BACK else cast("RouteName", wish.route)
    return Override(lead.id, route, wish.reason, OF_TEAM + wish.by, now, taking.people(playbook)[wish.by])

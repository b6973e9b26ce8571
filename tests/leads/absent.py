"""A visitor who falls silent, comes back and goes on, with the timers of a real turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from banter.leads.playbook import Playbook
from banter.leads.qualify import qualify
from banter.leads.returning import welcome_back
from banter.leads.saying import Heard
from banter.leads.timed import TIMED, remind
from tests.leads.visitor import NOW, PLAYBOOK, Visitor

QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"


class Absent(Visitor):
    """`waits` lets the clock run and every timer ring that is due by then."""

    def __init__(
        self,
        playbook: Playbook = PLAYBOOK,
        *,
        channel: str = "web",
        timezone: str = "Europe/London",
        now: datetime = NOW,
    ) -> None:
        super().__init__(playbook, now=now)
        self.lead = replace(self.lead, channel=channel, timezone=timezone)
        self.values: dict[str, dict[str, Any]] = {}
        self.rung: list[datetime] = []
        self.last: list[str] = []
        remind(self.lead, self._turn())

    def says(self, *messages: str) -> Absent:
        for text in messages:
            super().says(text)
            remind(self.lead, self._turn())
        return self

    def opens(self) -> list[str]:
        """Opens the chat again; what is said to that."""
        return self._speaks(welcome_back(self.lead, self._turn()))

    def waits(self, span: timedelta) -> list[str]:
        """What the bot says meanwhile."""
        until, said = self.now + span, []
        while due := sorted((at, name) for name, at in self.services.timers.due.items() if at <= until):
            self.now = max(self.now, due[0][0])
            said += self.rings(due[0][1])
        self.now = until
        return said

    def rings(self, name: str = "nudge") -> list[str]:
        self.services.timers.due.pop(name, None)
        self.rung.append(self.now)
        return self._speaks(TIMED[name](self.lead, self._turn()))

    def _speaks(self, heard: Heard | None) -> list[str]:
        self.last = []
        if heard is not None:
            self.values = {say.response: dict(say.values) for say in heard.say}
            before = len(self.said)
            self._keep(replace(heard, lead=qualify(replace(heard.lead, awaiting=heard.ask), self.playbook)))
            self.last = self.said[before:]
        remind(self.lead, self._turn())
        return self.last

"""What became of something that was to be sent. Senders raise one of these; the worker writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


class NotNow(Exception):
    """It may work later: the server is away, busy or broken. The message is kept with the item; no personal data.

    `wait`: the receiver said how long; else `wait_after` does.
    """

    def __init__(self, message: str, *, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = None if wait is None else min(max(wait, timedelta()), _LONGEST)


class Shown(Exception):
    """There is nobody to send it to, as to a number that is kept for examples: people see it instead."""


class Never(Exception):
    """It cannot work, however often it is tried: no such mailbox, a payload that makes no message."""


@dataclass(frozen=True)
class Later:
    """It may leave, but not before `at`."""

    at: datetime


@dataclass(frozen=True)
class TakenBack:
    """This one may not leave at all."""

    why: str


#: What a gate answers. False takes back all that is queued of that kind for the lead.
Verdict = bool | Later | TakenBack

_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(hours=6)
#: 30 s, 1 min, 2 min ... 4 h 16, then every 6 h: the 13th try comes 20.5 h after the first, a 14th would after 26.5 h.
TRIES = 13


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after `tries` failed tries; None when it is time to give up, about a day after the first."""
    if tries >= TRIES:
        return None
    return min(_FIRST * int(2 ** (tries - 1)), _LONGEST)

"""What became of something that was to be sent. Senders raise one of these; the worker writes it down."""

from __future__ import annotations

from datetime import timedelta


class NotNow(Exception):
    """It may work later: the server is away, busy or broken. The message is kept with the item; no personal data.

    `wait`: the receiver said how long; else `wait_after` does.
    """

    def __init__(self, message: str, *, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.wait = None if wait is None else min(max(wait, timedelta()), _LONGEST)


class Never(Exception):
    """It cannot work, however often it is tried: no such mailbox, a payload that makes no message."""


_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(hours=6)
#: 30 s, 1 min, 2 min ... 4 h 16, then every 6 h: the 13th try comes 20.5 h after the first, a 14th would after 26.5 h.
TRIES = 13


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after `tries` failed tries; None when it is time to give up, about a day after the first."""
    if tries >= TRIES:
        return None
    return min(_FIRST * int(2 ** (tries - 1)), _LONGEST)

"""uvicorn's HTTP/1.1, closed on clients that take for ever to say what they want."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds for the head of a request, or for the rest of a body that nobody wants any more.
PATIENCE_SECONDS = 10.0


class PatientHttp(H11Protocol):
    """A subclass because uvicorn takes a protocol class and nothing smaller; it has no such deadline of its own, and a
    byte a second would hold a connection for hours. (A body that is wanted has its deadline in `read_object`.)"""

    patience_seconds = PATIENCE_SECONDS
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Run the deadline from the first byte that is owed; what trickles in does not renew it."""
        if not self._owed():
            self._rest()
        elif self._deadline is None:
            self._deadline = asyncio.get_running_loop().call_later(self.patience_seconds, self._too_slow)

    def _owed(self) -> bool:
        theirs = self.conn.their_state
        return theirs is h11.IDLE or (theirs is h11.SEND_BODY and self.conn.our_state is h11.DONE)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if self._owed():
            self.transport.close()


def protocol(patience_seconds: float = PATIENCE_SECONDS) -> type[PatientHttp]:
    """For `uvicorn.Config(http=...)`."""
    return type("PatientHttp", (PatientHttp,), {"patience_seconds": patience_seconds})

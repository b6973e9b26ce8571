"""Who listens to which conversation. A turn of this process rings at once; one look a second finds what others wrote.

One look serves all open streams, so that a thousand open chats cost one short query a second and not a thousand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from banter.channels.errors import DATABASE_DOWN, Refused
from banter.channels.limits import Limits

log = logging.getLogger(__name__)

#: From conversations and the last message that their streams have sent to those that have something newer.
Look = Callable[[Mapping[str, str | None]], Awaitable[Collection[str]]]


class Bell:
    """One open stream: `sent` is the last message it has sent."""

    def __init__(self, until: float) -> None:
        self.sent: str | None = None
        self.until = until
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """True when it rang, False when `seconds` passed quietly."""
        try:
            await asyncio.wait_for(self._rung.wait(), seconds)
        except asyncio.TimeoutError:
            return False
        self._rung.clear()
        return True


class Hub:
    """All open streams of this process. Used on the event loop only, `close` from anywhere."""

    def __init__(self, limits: Limits, look: Look) -> None:
        self._limits = limits
        self._look = look
        self._bells: dict[str, set[Bell]] = {}
        self._open = 0
        self._poll: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closed = False

    def make_sure_of_room(self, conversation: str) -> None:
        """Raises Refused: 429 when there are too many streams, 503 at the end of the process."""
        if self.closed:
            raise Refused(503, "unavailable", "The server is restarting; connect again.", retry_after=2)
        if len(self._bells.get(conversation, ())) >= self._limits.streams_each or self._open >= self._limits.streams:
            raise Refused(
                429, "too_many", "Too many open event streams; close some, or ask for the conversation.", retry_after=30
            )

    @contextmanager
    def listen(self, conversation: str) -> Iterator[Bell]:
        """A bell for one stream, to be asked for on the event loop that the stream lives on."""
        self._loop = asyncio.get_running_loop()
        bell = Bell(self._loop.time() + self._limits.stream_seconds)
        self._bells.setdefault(conversation, set()).add(bell)
        self._open += 1
        if self._poll is None or self._poll.done():
            self._poll = self._loop.create_task(self._poll_while_open())
        try:
            yield bell
        finally:
            self._open -= 1
            self._bells[conversation].discard(bell)
            if not self._bells[conversation]:
                del self._bells[conversation]

    def serves(self, bell: Bell) -> bool:
        """False when the stream has had its time, or the process ends. Its browser connects anew."""
        return not self.closed and asyncio.get_running_loop().time() < bell.until

    def tell(self, conversation: str) -> None:
        """Something may be new in `conversation`."""
        for bell in self._bells.get(conversation, ()):
            bell.ring()

    def close(self) -> None:
        """End every stream, so that the server can stop. May be called from any thread or a signal handler."""
        self.closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring_all)

    def _ring_all(self) -> None:
        for conversation in list(self._bells):
            self.tell(conversation)
        if self._poll is not None:
            self._poll.cancel()

    async def _poll_while_open(self) -> None:
        while not self.closed:
            await asyncio.sleep(self._limits.poll_seconds)
            if not self._bells:
                return
            # Any stream's place will do: one that is behind the others of its conversation is about to be rung anyway.
            places = {conversation: next(iter(bells)).sent for conversation, bells in self._bells.items()}
            try:
                newer = await self._look(places)
            except (*DATABASE_DOWN, Refused) as error:
                log.warning("Open event streams cannot look for new messages: %s", type(error).__name__)
                continue
            for conversation in newer:
                self.tell(conversation)

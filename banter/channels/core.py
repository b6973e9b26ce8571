"""What every route of the edge works with. Store work is done on threads of its own, never on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from banter.channels.errors import unavailable
from banter.channels.hub import Hub
from banter.channels.limits import Limits
from banter.channels.ports import Dialogue, DialogueDown
from banter.leads.playbook import Playbook

if TYPE_CHECKING:
    from banter.settings import Settings
    from banter.store.database import SqlStore, SqlTransaction

T = TypeVar("T")


class Core:
    """The store, the dialogue and the limits of one running edge."""

    def __init__(
        self,
        *,
        store: SqlStore,
        dialogue: Dialogue,
        playbook: Playbook,
        settings: Settings,
        now: Callable[[], datetime],
        limits: Limits,
        queued: Callable[[], None] = lambda: None,
    ) -> None:
        self.store = store
        self.dialogue = dialogue
        self.playbook = playbook
        self.settings = settings
        self.now = now
        self.limits = limits
        self.queued = queued  # called after something was put into the outbox that has to go at once
        self.hub = Hub(limits, self._newer)
        self._open_threads()
        self._turns: set[asyncio.Task[None]] = set()

    async def in_transaction(
        self,
        work: Callable[[SqlTransaction], T],
        *,
        within: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> T:
        """`work(transaction)` on a thread, committed when this returns, all of it inside of `within()`. Raises
        Refused(503) when it takes too long: what it does may then still be committed later, and is not acknowledged."""
        return await self._with(work, readonly=False, within=within)

    async def read(self, work: Callable[[SqlTransaction], T]) -> T:
        """`work(transaction)` on a thread, in a transaction that writes nothing and waits for no writer."""
        return await self._with(work, readonly=True)

    async def _with(
        self,
        work: Callable[[SqlTransaction], T],
        *,
        readonly: bool,
        within: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> T:
        def whole() -> T:
            with within(), self.store.begin(readonly=readonly) as transaction:
                return work(transaction)

        threads = self._readers if readonly else self._writers
        return await self._off_loop(whole, self.limits.database_seconds, threads)

    def clock(self) -> float:
        """Seconds, for what is counted by the second."""
        return self.now().timestamp()

    async def ping(self, seconds: float) -> None:
        """Raises one of DATABASE_DOWN, or Refused after `seconds`, when the database does not answer."""
        await self._off_loop(self.store.ping, seconds, self._readers)

    async def _off_loop(self, work: Callable[[], T], seconds: float, threads: ThreadPoolExecutor) -> T:
        try:
            return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(threads, work), seconds)
        except asyncio.TimeoutError:
            raise unavailable("The database is too slow right now; send the same request again in a moment.") from None

    async def run_dialogue(self, conversation: str) -> None:
        """Run the waiting turns of `conversation`. Raises DialogueDown when that fails or takes too long.

        A turn that takes too long is not broken off: it goes on, and its answer is there when the same id is sent
        again or the event stream asks.
        """
        turn = self._begin_turn(conversation)
        if turn is None:
            raise DialogueDown("too many turns are waiting")
        done, _ = await asyncio.wait({turn}, timeout=self.limits.turn_seconds)
        if not done:
            raise DialogueDown("the turn takes too long")
        turn.result()

    def start_dialogue(self, conversation: str) -> None:
        """The same without waiting for it: what fails or finds no room is taken up by the dialogue's own sweep."""
        self._begin_turn(conversation)

    def _begin_turn(self, conversation: str) -> asyncio.Task[None] | None:
        if len(self._turns) >= self.limits.waiting:
            return None
        turn = asyncio.create_task(self.dialogue.run(conversation))
        self._turns.add(turn)
        turn.add_done_callback(lambda done: self._finished(done, conversation))
        return turn

    def open(self) -> None:
        """Serve, also again after `close`."""
        if self.hub.closed:
            self.hub.closed = False
            self._open_threads()

    def _open_threads(self) -> None:
        # Threads of our own: a database that hangs fills these, and whatever else needs a thread goes on. Their number
        # is a hard bound, which anyio's limiter is not: it forgets a thread that nobody waits for any more.
        # Two sets: while writers wait for a locked database, readers, who wait for nobody, go on.
        self._writers = ThreadPoolExecutor(self.limits.threads, thread_name_prefix="edge-write")
        self._readers = ThreadPoolExecutor(self.limits.threads, thread_name_prefix="edge-read")

    async def close(self) -> None:
        """Let the turns in hand end, and the threads go."""
        self.hub.close()
        if self._turns:
            await asyncio.wait(self._turns, timeout=self.limits.turn_seconds)
        self._writers.shutdown(wait=False)
        self._readers.shutdown(wait=False)

    def _finished(self, turn: asyncio.Task[None], conversation: str) -> None:
        self._turns.discard(turn)
        if not turn.cancelled():
            turn.exception()  # looked at, so that asyncio does not complain about a turn nobody waits for any more
        self.hub.tell(conversation)

    async def _newer(self, places: Mapping[str, str | None]) -> list[str]:
        """Which of these conversations have messages after the place given."""
        return await self.read(
            lambda t: [c for c, after in places.items() if t.transcript.of_conversation(c, after=after)]
        )

"""Several workers of one process, a thread each."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from banter.worker.worker import Worker


class Workers:
    """`start` once; they end when `stop` is set."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        self._workers = tuple(workers)
        self._threads: list[threading.Thread] = []

    @property
    def lanes(self) -> tuple[Worker, ...]:
        return self._workers

    def start(self, stop: threading.Event) -> None:
        for number, worker in enumerate(self._workers, 1):
            thread = threading.Thread(target=worker.run, args=(stop,), name=f"worker-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def wake(self) -> None:
        """Look at the outbox now; from any thread."""
        for worker in self._workers:
            worker.wake()

    def join(self, seconds: float) -> None:
        """Wait for what is in hand, for so long at most."""
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

"""From start to the first reply, the memory of the one process, and from the last answer to times on the screen."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.peers import banter

QUALIFIES = "month end takes 6 days, I sign for it myself, we have 20k approved, needed by the end of next month"


def resident_megabytes(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def main() -> None:
    with banter() as server:
        server.open()
        first = time.monotonic() - server.started
        waits = []
        for _ in range(20):
            chat = server.open()
            began = time.perf_counter()
            answer = chat.say(QUALIFIES)
            waits.append(time.perf_counter() - began)
            assert answer["awaiting"] == "slot", answer
            assert answer["messages"][-1]["buttons"], answer
        memory = resident_megabytes(server.process.pid)
    print(f"from start to the first reply: {first:.1f} s")
    print(f"resident memory of the one process: {memory:.0f} MB")
    print(
        f"from the last answer to times: median {statistics.median(waits) * 1000:.0f} ms,"
        f" worst {max(waits) * 1000:.0f} ms"
    )
    print("  (wanted: under 1 second)")


if __name__ == "__main__":
    main()

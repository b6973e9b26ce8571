"""`python -m benchmarks.edge_alone --dialogue stopped --port 8081`: everything of `banter serve` but the dialogue,
which is never loaded ("stopped") or never answers ("hung"). For `benchmarks.acknowledged`."""

from __future__ import annotations

import argparse
import asyncio
import threading

from banter import bootstrap, edge, serving


async def _hangs(conversation: str) -> None:
    await asyncio.sleep(3_600)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dialogue", choices=("stopped", "hung"), required=True)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    app = bootstrap.build(bootstrap.environment())
    app.store.claim_process()
    site, dialogue, workers = serving.put_together(app)
    if asked.dialogue == "hung":
        dialogue.run = _hangs  # type: ignore[method-assign]
    ended = threading.Event()
    workers.start(ended)
    try:
        edge.server(site, host="127.0.0.1", port=asked.port).run()
    finally:
        ended.set()
        workers.join(seconds=10)
        app.store.close()


if __name__ == "__main__":
    main()

"""`banter serve`: edge, dialogue and worker in one process, each on a thread of its own."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import typer

from banter import bootstrap, edge
from banter.booking import pages as booking_pages
from banter.dashboard import pages as dashboard_pages
from banter.dialogue.model import ModelFiles, verify
from banter.nurture import pages as nurture_pages
from banter.nurture.enrol import may_send
from banter.worker.worker import Worker


def serve(host: str, port: int) -> None:
    """Serve until interrupted. Raises what `bootstrap.build` raises, StoreInUse and ModelError, each with the mend."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = bootstrap.build(bootstrap.environment())
    app.store.claim_process()
    verify(ModelFiles(app.settings.root))
    dialogue = app.dialogue()
    worker = make_worker(store=app.store, settings=app.settings, may_send=may_send, now=bootstrap.now)
    site = edge.build(
        store=app.store,
        dialogue=dialogue,
        playbook=app.playbook,
        settings=app.settings,
        now=bootstrap.now,
        extra_routes=_more_pages(app),
    )
    ended = threading.Event()
    working = threading.Thread(target=worker.run, args=(ended,), name="worker", daemon=True)
    dialogue.start()
    working.start()
    threading.Thread(target=_announce, args=(app, dialogue, host, port), name="announce", daemon=True).start()
    try:
        edge.server(site, host=host, port=port).run()
    finally:
        ended.set()
        dialogue.stop()
        working.join(timeout=10)
        app.store.close()

"""The real parts fit together, with every channel set up; nothing is started."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.routing import Route

from banter import bootstrap, serving
from banter.worker.worker import LANES

ALL = {
    "BANTER_ADMIN_TOKEN": "a-token-of-the-tests",
    "BANTER_SECRET": "a-secret-of-the-tests",
    "BANTER_SMTP_HOST": "smtp.example.com",
    "BANTER_SMTP_FROM": "sales@example.com",
    "BANTER_TWILIO_ACCOUNT_SID": f"AC{'0' * 32}",
    "BANTER_TWILIO_AUTH_TOKEN": "token",
    "BANTER_TWILIO_FROM": "+15550100",
    "BANTER_SLACK_BOT_TOKEN": "xoxb-test",
    "BANTER_SLACK_SIGNING_SECRET": "secret",
}


def test_edge_dialogue_and_workers_are_put_together_with_every_channel(tmp_path: Path) -> None:
    app = bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"})
    site, dialogue, workers = serving.put_together(app)
    paths = {route.path for route in site.routes if isinstance(route, Route)}
    assert {"/", "/leads", "/sms/twilio", "/slack/events", "/slack/interactivity", "/slack/commands"} <= paths
    assert len(workers.lanes) == len(LANES)
    assert not dialogue.ready
    asyncio.run(site.state.core.close())
    dialogue._loop.close()
    app.store.close()

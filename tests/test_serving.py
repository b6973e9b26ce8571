"""The real parts fit together, with every channel set up; nothing is started."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from banter import bootstrap, serving
from banter.dialogue.runner import DialogueRunner
from banter.leads.moments import Clock
from banter.leads.playbook import Channels, Slack
from banter.leads.reading import Contact
from banter.services import TurnServices
from banter.slack.as_text import as_text
from banter.slack.outgoing import after_turn
from banter.store.conversations import Conversation
from banter.worker.worker import LANES
from tests.channels.house import ACCOUNT, PUBLIC, TOKEN
from tests.channels.texting import NUMBER, a_form, signature
from tests.slack.leads import a_lead

ALL = {
    "BANTER_ADMIN_TOKEN": "a-token-of-the-tests",
    "BANTER_SECRET": "a-secret-of-the-tests",
    "BANTER_SMTP_HOST": "smtp.example.com",
    "BANTER_SMTP_FROM": "sales@example.com",
    "BANTER_TWILIO_ACCOUNT_SID": ACCOUNT,
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
    _end(app, site, dialogue)


def test_the_rubric_that_counts_is_kept_at_the_start_and_is_in_force(tmp_path: Path) -> None:
    app = bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"})
    serving.publish_rubric(app)
    serving.publish_rubric(app)
    with app.store.begin(readonly=True) as tx:
        (kept,) = tx.rubrics.all()
        assert tx.rubrics.in_force() == kept
    assert kept.rubric == app.playbook.rubric
    app.store.close()


def test_a_call_that_is_moved_or_cancelled_on_its_page_is_shown_so_in_the_alert(tmp_path: Path) -> None:
    built = bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"})
    app = replace(built, playbook=replace(built.playbook, channels=Channels(slack=Slack(alerts="C0ALERTS01"))))
    lead, rules = a_lead(), app.playbook
    site, dialogue, _ = serving.put_together(app)
    with app.store.begin() as tx:
        at = bootstrap.now()
        tx.conversations.create(Conversation(lead.conversation, "web", "en", lead.timezone, None, None, at))
        tx.leads.save(lead)
        services = TurnServices(tx, rules, "", app.settings.secret)
        services.alerts.tell(lead, "hot", at)
        first, second = services.diary.times(lead, at)[:2]
        services.diary.take(lead, first, at)
        key = services.diary.confirm(lead, at).key
        after_turn(tx, rules, "", tx.conversations.get(lead.conversation), lead, at)
    client = TestClient(site, follow_redirects=False)
    shown = [_call(app)]
    for form in ({"action": "move", "time": f"{second.starts_at:%Y-%m-%dT%H:%MZ}"}, {"action": "cancel"}):
        assert client.post(f"/booking/{key}", data=form).status_code == 303
        shown.append(_call(app))
    clock = Clock(rules.company.timezone, at)
    name = next(rep.name for rep in rules.team.reps if rep.key == second.rep)
    assert shown[0].startswith(f"Call: {clock.full(first.starts_at)} with")
    assert shown[1:] == [
        f"Call: moved to {clock.full(second.starts_at)} with {name}",
        f"Call: cancelled. It was {clock.full(second.starts_at)} with {name}",
    ]
    _end(app, site, dialogue)


def test_a_hot_lead_who_texts_stop_is_told_to_the_team_and_shown_in_the_alert(tmp_path: Path) -> None:
    env = {**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db", "BANTER_PUBLIC_URL": PUBLIC}
    built = bootstrap.build({**env, "BANTER_TWILIO_AUTH_TOKEN": TOKEN})
    app = replace(built, playbook=replace(built.playbook, channels=Channels(slack=Slack(alerts="C0ALERTS01"))))
    site, dialogue, _ = serving.put_together(app)
    lead = replace(a_lead(), channel="sms", contact=Contact(phone=NUMBER))
    with app.store.begin() as tx:
        at = bootstrap.now()
        tx.conversations.create(
            Conversation(lead.conversation, "sms", "en", lead.timezone, None, None, at, address=NUMBER)
        )
        tx.leads.save(lead)
        TurnServices(tx, app.playbook, PUBLIC, app.settings.secret).alerts.tell(lead, "hot", at)
    shown = []
    with TestClient(site) as client:
        for words in ("please lose my number", "STOP", "START"):
            form = a_form(words)
            headers = {"X-Twilio-Signature": signature(form), "Content-Type": "application/x-www-form-urlencoded"}
            assert client.post("/sms/twilio", content=urlencode(form), headers=headers).status_code == 200
            with app.store.begin(readonly=True) as tx:
                items = sorted((i for i in tx.outbox.of_lead(lead.id) if i.kind == "slack"), key=lambda i: i.id)
            told = [item for item in items if item.key.startswith("slack:alert:stopped:") and "of" not in item.payload]
            newest = [item for item in items if ":hot:" in item.key][-1]
            shown.append((len(told), "Wants no more messages, since" in as_text(newest.payload["blocks"])))
    assert shown == [(1, True), (1, True), (1, False)]
    alone = as_text(told[0].payload["blocks"])
    assert "A lead wants no more messages" in alone
    assert "“please lose my number”" in alone
    assert "[Accept]" not in alone
    dialogue._loop.close()
    app.store.close()


def _call(app: bootstrap.App) -> str:
    """What the alert says of the call by now."""
    with app.store.begin(readonly=True) as tx:
        newest = max((i for i in tx.outbox.of_lead(a_lead().id) if i.kind == "slack"), key=lambda item: item.id)
    return next(line for line in as_text(newest.payload["blocks"]).splitlines() if line.startswith("Call:"))


def _end(app: bootstrap.App, site: Starlette, dialogue: DialogueRunner) -> None:
    asyncio.run(site.state.core.close())
    dialogue._loop.close()
    app.store.close()

"""The real parts fit together, with every channel set up; nothing is started."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from banter import bootstrap, serving
from banter.channels.tokens import visitor_of
from banter.dialogue.runner import DialogueRunner
from banter.leads.consent import Consent, key_of
from banter.leads.facts import Facts, Labelled
from banter.leads.model import Lead
from banter.leads.moments import Clock
from banter.leads.playbook import Channels, Slack, Widget
from banter.leads.qualify import qualify
from banter.leads.reading import Contact
from banter.nurture.clicks import Click, make
from banter.nurture.enrol import unsubscribe
from banter.services import TurnServices
from banter.slack.as_text import as_text
from banter.slack.outgoing import after_turn
from banter.store.conversations import Conversation
from banter.worker.worker import LANES
from scoring.behaviour import Behaviour, Worth
from scoring.fit import Profile, Trait
from scoring.parts import Parts
from scoring.wanted import Wanted
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


def test_a_click_in_a_mail_is_in_the_score_once_and_the_team_hears_of_who_qualifies_by_it(
    tmp_path: Path,
) -> None:
    app = _that_counts(bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"}))
    site, dialogue, _ = serving.put_together(app)
    client, at = TestClient(site, follow_redirects=False), bootstrap.now()
    with app.store.begin() as tx:
        for name in ("cold", "gone"):
            tx.conversations.create(Conversation(f"c_{name}", "web", "en", "UTC", None, None, at))
            tx.leads.save(qualify(Lead(f"l_{name}", f"c_{name}", "web", "UTC", at, at, status="nurture"), app.playbook))
        unsubscribe(tx, "l_gone", at)
    guide = "https://acorn.example/guide"
    for name in ("cold", "cold", "gone", "unknown"):
        path = f"/go/{make(Click(f'l_{name}', 'nurture_cold/guide', guide), app.settings.secret)}"
        assert client.get(path).headers["Location"] == guide
    with app.store.begin(readonly=True) as tx:
        cold, gone = tx.leads.get("l_cold"), tx.leads.get("l_gone")
        told = [item.key for item in tx.outbox.of_lead("l_cold")]
        assert tx.behaviour.of_lead("l_gone") == []
    assert cold is not None
    assert gone is not None
    assert (cold.score.total, gone.score.total, cold.status) == (80, 0, "nurture")
    assert (cold.route.name, told) == ("book", ["notice:hot:l_cold"])
    _end(app, site, dialogue)


def test_a_click_leads_on_though_the_database_is_away(tmp_path: Path) -> None:
    app = _that_counts(bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"}))
    site, dialogue, _ = serving.put_together(app)
    with app.store.begin() as tx:
        tx.connection.execute(text("DROP TABLE outbox"))
    path = f"/go/{make(Click('l_1', 'nurture_cold/guide', 'https://acorn.example/'), app.settings.secret)}"
    assert TestClient(site, follow_redirects=False).get(path).status_code == 303
    _end(app, site, dialogue)


def test_a_click_leads_on_whatever_is_wrong_and_the_log_names_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    built = bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"})
    store = built.store

    class Broken:
        def begin(self) -> None:
            raise ZeroDivisionError("https://acorn.example/secret")

    clicked = serving._count_clicks(replace(built, store=Broken()), lambda: None)  # type: ignore[arg-type]
    clicked(Click("l_1", "nurture_cold/guide", "https://acorn.example/secret"))
    assert [one.getMessage() for one in caplog.records] == ["A click in a mail could not be counted: ZeroDivisionError"]
    assert not any(one.exc_info for one in caplog.records)
    store.close()


def test_a_click_that_another_system_tells_of_is_not_kept_of_who_wants_no_more_mails(tmp_path: Path) -> None:
    app = _that_counts(bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"}))
    site, dialogue, _ = serving.put_together(app)
    client, at = TestClient(site), bootstrap.now()
    with app.store.begin() as tx:
        tx.conversations.create(Conversation("c_gone", "web", "en", "UTC", None, None, at))
        tx.leads.save(qualify(Lead("l_gone", "c_gone", "web", "UTC", at, at, status="nurture"), app.playbook))
        unsubscribe(tx, "l_gone", at)
    events = [{"id": "1", "kind": "email_click", "name": "guide"}, {"id": "2", "kind": "trial_started"}]
    admin = {"Authorization": f"Bearer {ALL['BANTER_ADMIN_TOKEN']}"}
    answer = client.post("/api/events", json={"lead": "l_gone", "events": events}, headers=admin)
    assert answer.json() == {"kept": 1}
    with app.store.begin(readonly=True) as tx:
        assert [one.kind for one in tx.behaviour.of_lead("l_gone")] == ["trial_started"]
    _end(app, site, dialogue)


def test_a_call_is_kept_as_something_they_did_only_of_who_agreed_where_that_is_asked(tmp_path: Path) -> None:
    built = bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"})
    widget = Widget(consent=True, consent_text={"en": "May we keep what you look at?"})
    asking = replace(built.playbook, channels=replace(built.playbook.channels, widget=widget))
    at, secret = bootstrap.now(), built.settings.secret
    agreed = bootstrap.make_turns(built.store, asking, built.settings).agreed
    with built.store.begin() as tx:
        for name, channel in (("silent", "web"), ("agreed", "web"), ("text", "sms")):
            tx.conversations.create(Conversation(f"c_{name}", channel, "en", "UTC", None, None, at))
        tx.consents.add(Consent(key_of("web", "c_agreed", secret), None, "kept", at, "1", "web", "widget"))
        found = {name: tx.conversations.get(f"c_{name}") for name in ("silent", "agreed", "text")}
        assert {name: agreed(tx, one) for name, one in found.items() if one is not None} == {
            "silent": False,
            "agreed": True,
            "text": True,
        }
        assert found["silent"] is not None
        assert built.turns.agreed(tx, found["silent"])  # as shipped nobody is asked
    built.store.close()


def _that_counts(app: bootstrap.App) -> bootstrap.App:
    worth = Behaviour({"email_click": Worth(80, 80), "return": Worth(3, 6)})
    rubrics = {name: replace(rubric, parts=Parts(behaviour=worth)) for name, rubric in app.playbook.rubrics.items()}
    return replace(app, playbook=replace(app.playbook, rubrics=rubrics))


def test_the_team_is_told_once_of_a_cold_lead_who_fits_and_is_back_and_can_list_them(tmp_path: Path) -> None:
    built = _that_counts(bootstrap.build({**ALL, "BANTER_DATABASE_URL": f"sqlite:///{tmp_path}/banter.db"}))
    playbook = replace(
        built.playbook,
        channels=Channels(slack=Slack(alerts="C0ALERTS01")),
        profile=Profile((Trait("industry", 10, Wanted(("legal",))),)),
    )
    app = replace(built, playbook=playbook)
    site, dialogue, _ = serving.put_together(app)
    client, at = TestClient(site), bootstrap.now() - timedelta(days=2)
    fits, not_so = Facts(industry=Labelled("legal")), Facts(industry=Labelled("retail"))
    with app.store.begin() as tx:
        for name, facts in (("A" * 22, fits), ("B" * 22, not_so)):
            begun = Conversation(f"c_{name}", "web", "en", "UTC", None, None, at)
            lead = Lead(f"l_{name}", begun.id, "web", "UTC", at, at, status="nurture", facts=facts, opener="sales")
            tx.conversations.create(begun)
            tx.leads.save(qualify(replace(lead, heard_at=at, turns=4), playbook))
    for name in ("A" * 22, "B" * 22):
        visitor = visitor_of(f"c_{name}", app.settings.secret)
        for number in range(4):
            seen = {"id": str(number), "kind": "visit", "page": "https://acorn.example/", "ago": 9_000 - number}
            answer = client.post("/api/events", json={"visitor": visitor, "events": [seen]})
            assert answer.json() == {"kept": 1}
    with app.store.begin(readonly=True) as tx:
        told = [item.key for item in tx.outbox.of_lead("l_" + "A" * 22) if "of" not in item.payload]
        assert tx.outbox.of_lead("l_" + "B" * 22) == []
    assert sorted(told) == [f"notice:back:l_{'A' * 22}", f"slack:alert:back:l_{'A' * 22}"]
    admin = {"Authorization": f"Bearer {ALL['BANTER_ADMIN_TOKEN']}"}
    (found,) = client.get("/api/leads?flag=requalify", headers=admin).json()["leads"]
    assert (found["id"], "requalify" in found["verdict"]["flags"]) == ("l_" + "A" * 22, True)
    assert len(client.get("/api/leads", headers=admin).json()["leads"]) == 2
    wrong = client.get("/api/leads?flag=hot", headers=admin)
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "flag")
    _end(app, site, dialogue)

"""A rep plays the visitor in Slack, against a real server, without an account: the score of the website, and nothing
that counts."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.dialogue.conftest import model  # noqa: F401 - trains where that is needed
from tests.product.running import ROOT, TOKEN, Server, Visitor, environment

pytestmark = pytest.mark.slow
SECRET = {"BANTER_SLACK_SIGNING_SECRET": "try-me"}
SAID = (
    "Hi, we lose about ten hours a week re-typing invoices",
    "me and our CFO decide",
    "we have 15k approved for it",
    "by the end of January",
)


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Server]:  # noqa: F811
    running = Server(tmp_path_factory.mktemp("slack"), SECRET).start().ready()
    yield running
    running.stop()


def tries(server: Server, *arguments: str) -> str:
    command = [sys.executable, "-m", "banter", "try", "slack", "--url", server.url, *arguments]
    env = {**os.environ, **environment(server.folder), **SECRET}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(server: Server, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(server.folder / "banter.db") as database:
        return database.execute(query).fetchall()


def test_a_rep_plays_the_visitor_to_the_score_card_and_nothing_of_it_counts(slack: Server) -> None:
    told = tries(slack, "--understood", *SAID)
    assert "Budget: approved, with an amount · 30 of 30" in told
    thread = re.search(r"--thread (\S+)", told)
    time = re.search(r"\[([^\]]*\d\d:\d\d)\]", told)
    assert thread is not None
    assert time is not None
    told = tries(slack, "--thread", thread[1], time[1], "robin@acorn.example")
    assert f"chose {time[1]}" in told
    assert "Route: Book" in told
    assert "What would have changed it" in told
    total = re.search(r"Score card: (\d+) of 100 points", told)
    assert total is not None

    visitor = Visitor(slack.url).says(*SAID)
    assert visitor.lead()["score"]["total"] == int(total[1])
    assert visitor.lead()["route"]["name"] == "book"

    listed = requests.get(f"{slack.url}/api/leads", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60).json()
    assert [lead["channel"] for lead in listed["leads"]] == ["web"]
    tested = [lead for (lead,) in rows(slack, "SELECT id FROM leads WHERE channel = 'slack'")]
    assert len(tested) == 1
    of_it = f"lead = '{tested[0]}'"
    assert rows(slack, f"SELECT id FROM bookings WHERE {of_it}") == []
    assert rows(slack, f"SELECT DISTINCT kind FROM outbox WHERE {of_it}") == [("slack",)]


def test_a_warm_test_lead_is_sent_no_mails(slack: Server) -> None:
    told = tries(
        slack,
        "We lose about ten hours a week re-typing invoices",
        "I would recommend one, the VP signs",
        "nothing set aside yet, it depends on the price",
        "depends on the price, really",
        "next year, no date yet",
        "robin@acorn.example",
        "nothing else",
    )
    assert "Route: Warm nurture" in told
    assert "counts nowhere" in told
    assert rows(slack, "SELECT key FROM outbox WHERE kind = 'nurture'") == []
    of_tests = "lead IN (SELECT id FROM leads WHERE channel = 'slack')"
    assert rows(slack, f"SELECT DISTINCT kind FROM outbox WHERE {of_tests}") == [("slack",)]


def test_the_alert_of_a_qualified_lead_can_be_looked_at(slack: Server) -> None:
    Visitor(slack.url).says(*SAID)
    told = tries(slack, "--alert")
    assert "Qualified lead: 87 points" in told
    assert "[Accept]" in told


def test_who_has_set_up_no_secret_is_told_how_to_try(slack: Server) -> None:
    command = [sys.executable, "-m", "banter", "try", "slack", "--url", slack.url, "hello"]
    env = {**os.environ, **environment(slack.folder)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "BANTER_SLACK_SIGNING_SECRET=try-me" in done.stderr
    env = {**env, "BANTER_SLACK_SIGNING_SECRET": "another"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert "another BANTER_SLACK_SIGNING_SECRET" in done.stderr

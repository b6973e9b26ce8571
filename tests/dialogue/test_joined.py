"""Two conversations of one person, through Rasa: whatever state its form was left in, nothing known is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from banter import bootstrap, serving
from banter.leads.model import Lead
from banter.settings import load_settings
from banter.store.database import open_store
from tests.dialogue.talk import Talk
from tests.joining.place import ENV, MAIL
from tests.leads.visitor import PLAYBOOK

pytestmark = pytest.mark.slow


@pytest.fixture
def two(engine: Any, tmp_path: Path) -> Iterator[tuple[Talk, Talk]]:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    web = Talk(store, engine, conversation="c_web")
    sms = Talk(store, engine, conversation="c_sms", channel="sms", address="+15550100")
    yield web, sms
    web.ends()
    sms.ends()
    store.close()


def join(web: Talk, sms: Talk) -> None:
    settings = load_settings(ENV, root=bootstrap.ROOT)
    app = bootstrap.App(settings, PLAYBOOK, web.store, bootstrap.make_turns(web.store, PLAYBOOK, settings))
    with web.store.begin() as tx:
        serving.joining_of(app).join(tx, web.lead.id, sms.lead.id, "sms", web.now)


def known(lead: Lead) -> Lead:
    """What there is of a lead wherever it is looked at from."""
    return replace(lead, conversation="", channel="", threads={}, awaiting=None, question="", offered=(), tries=0)


def test_what_one_was_asked_is_answered_in_the_other_and_it_ends_in_a_call(two: tuple[Talk, Talk]) -> None:
    web, sms = two
    web.opens()
    web.says("need=quantified")
    sms.says("budget=approved_amount")
    assert web.lead.awaiting == "budget"
    join(web, sms)
    assert known(web.lead) == known(sms.lead)
    sms.now = web.now
    sms.says("authority=final")
    assert sms.lead.awaiting == "timeline"
    web.says("timeline=within_60_days")
    assert web.lead.awaiting == "slot"
    web.says("when:any")
    sms.says(MAIL)
    assert sms.lead.status == "booked"
    assert known(web.lead) == known(sms.lead)
    asked = [line.text for talk in two for line in talk.says("hm") if line.sender == "bot"]
    assert all(asked)


def test_who_was_through_in_one_place_goes_on_in_the_other(two: tuple[Talk, Talk]) -> None:
    web, sms = two
    sms.says("need=quantified budget=approved_amount authority=final timeline=within_60_days")
    sms.says("1")
    sms.says(MAIL)
    assert sms.lead.status == "booked"
    web.now = sms.now
    web.opens()
    web.says("need=general")
    join(web, sms)
    said = web.says("!price")
    assert web.lead.status == "booked"
    assert web.lead.awaiting is None
    assert any(line.sender == "bot" for line in said)
    with web.store.begin(readonly=True) as tx:
        assert len(tx.leads.page()) == 1

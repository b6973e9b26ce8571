"""The same words come to the same score on every channel: five visitors, each met on four of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from banter.configuration import load_playbook
from banter.extraction.reader import SpacyReader
from banter.leads.model import Lead
from banter.store.database import open_store
from tests.dialogue.talk import Talk

pytestmark = pytest.mark.slow

PLAYBOOK = load_playbook(Path(__file__).parents[2] / "playbook")
CHANNELS = {"web": None, "sms": "+15550100", "slack": "T0/C0/1.0", "terminal": None}
PERSONAS = {
    "a controller with a signed budget": (
        "Our month-end close takes 8 days and ties up three people.",
        "We have 20k approved by the CFO.",
        "I sign it myself.",
        "It has to run by the end of the year.",
    ),
    "an owner who asks before answering": (
        "hi, what does it cost?",
        "invoices get lost, about 15 a month",
        "roughly 8k, not approved yet",
        "my wife and I decide together",
        "within three months",
    ),
    "somebody who corrects themselves": (
        "We retype every invoice, ten hours a week.",
        "about 5k",
        "sorry, make that 15k, and it is approved",
        "our board decides, I only recommend",
        "next quarter",
    ),
    "somebody who says little": ("too much paper", "hard to say", "no idea", "skip", "not me", "some day"),
    "somebody who only looks around": (
        "just browsing",
        "ok, ask",
        "nothing in particular",
        "there's no money for it this year",
        "I'd rather not say",
        "no rush at all",
    ),
}


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    company = PLAYBOOK.company
    return SpacyReader(
        day_first=True,
        currency=company.currency,
        competitor_names=company.competitor_names,
        region="GB",
        market=PLAYBOOK.market,
        knowledge=PLAYBOOK.knowledge,
    )


def outcome(lead: Lead) -> dict[str, Any]:
    """What a lead is worth and where it goes, without when and how it was met."""
    assert lead.score is not None
    assert lead.route is not None
    return {
        "bands": {name: (a.band, a.specificity, a.commitment) for name, a in lead.answers.items()},
        "lines": [(line.rule, line.points) for line in lead.score.lines],
        "total": lead.score.total,
        "route": (lead.route.name, lead.route.reasons),
        "awaiting": lead.awaiting,
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_visitor_comes_to_the_same_score_and_route_on_every_channel(
    persona: str, engine: Any, reader: SpacyReader, tmp_path: Path
) -> None:
    came = {}
    for channel, address in CHANNELS.items():
        store = open_store(f"sqlite:///{tmp_path}/{channel}.db")
        store.migrate()
        playbook = replace(PLAYBOOK, conversation=replace(PLAYBOOK.conversation, nudge={}))
        talk = Talk(store, engine, playbook=playbook, reader=reader, channel=channel, address=address)
        talk.opens()
        for words in PERSONAS[persona]:
            talk.says(words)
        came[channel] = outcome(talk.lead)
        talk.ends()
        store.close()
    assert all(other == came["web"] for other in came.values())
    assert came["web"]["bands"]

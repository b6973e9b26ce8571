"""Whatever visitors write, in whatever order: no sentence within two turns is the same."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from banter.leads.variety import key, sentences
from banter.store.database import open_store
from tests.dialogue.talk import Talk

pytestmark = pytest.mark.slow

TOPICS = ("price", "bot", "why", "meaning", "privacy", "how_it_works", "company", "competitors", "hours", "call")
SAYS = (
    *(f"!{topic}" for topic in (*TOPICS, "unknown", "move_call")),
    *("#smalltalk", "#smalltalk", "#nonsense", "#nonsense", "#refusal", "xyz"),
    *("need=specific", "need=general:vague", "budget=exploring:some", "~ need=quantified", "~ budget=amount"),
    *("authority=influence", "timeline=someday:vague", "pat@example.com", "when:any", "when:any"),
)


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("seed", range(5))
def test_no_sentence_comes_twice_within_two_turns(engine: Any, tmp_path: Path, channel: str, seed: int) -> None:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine, channel=channel, conversation=f"c_{channel}_{seed}")
    lots = random.Random(seed)
    before = [key(s) for message in talk.opens() for s in sentences(message.text)]
    for _ in range(30):
        said = lots.choice(SAYS)
        now = [s for message in talk.says(said) for s in sentences(message.text)]
        keys = [key(s) for s in now]
        assert len(set(keys)) == len(keys), (said, now)
        repeated = [s for s in now if key(s) in before]
        assert not repeated, (said, repeated)
        before = keys or before
    talk.ends()
    store.close()

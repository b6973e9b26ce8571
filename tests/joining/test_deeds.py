"""What somebody did as either of two leads counts for the one that they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from banter.leads.behaviour import Seen
from banter.noticing import Noticing
from scoring.behaviour import Behaviour, Worth
from scoring.parts import Parts
from tests.joining.place import SECRET, Place
from tests.leads.visitor import PLAYBOOK

_WORTH = Parts(behaviour=Behaviour({"visit": Worth(1, 1), "return": Worth(2, 2), "trial_started": Worth(7, 7)}))
COUNTING = replace(PLAYBOOK, rubrics={name: replace(rubric, parts=_WORTH) for name, rubric in PLAYBOOK.rubrics.items()})
PAGE = "https://acorn.example/"


def deeds(place: Place) -> dict[str, int]:
    lead = place.lead("c_web")
    assert lead.score is not None
    assert sum(line.points for line in lead.score.lines) == lead.score.total
    return {line.rule: line.points for line in lead.score.lines if line.group == "behaviour"}


def test_what_was_done_as_either_counts_once_they_are_one_and_ever_after(place: Place) -> None:
    place.turns = replace(place.turns, playbook=COUNTING)
    place.joining = replace(place.joining, playbook=COUNTING)
    place.begin("c_sms", "sms", number="+15550100")
    place.says("c_sms", "budget=approved_amount")
    place.begin("c_web")
    with place.store.begin() as tx:
        tx.behaviour.add("c_web", [Seen("1", "visit", PAGE, place.now - timedelta(days=1))])
        tx.behaviour.add("c_sms", [Seen("owner/1", "trial_started", "", place.now)])
    place.says("c_web", "need=quantified")
    place.says("c_web", "ring:+15550100")
    with place.store.begin() as tx:
        first, second = place.lead("c_web").id, place.lead("c_sms").id
        assert place.joining.join(tx, first, second, "sms", place.now) is not None
    assert deeds(place) == {"behaviour.visit": 1, "behaviour.trial_started": 7}
    with place.store.begin() as tx:
        told = Noticing(COUNTING, SECRET).notice(tx, "c_web", [Seen("2", "visit", PAGE, place.now)], place.now)
    assert told == 1
    assert deeds(place) == {"behaviour.visit": 1, "behaviour.return": 2, "behaviour.trial_started": 7}

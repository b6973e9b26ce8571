"""The funnel of some dialogues, and how it is shown."""

from __future__ import annotations

import io
import json
from dataclasses import replace

from rich.console import Console

from banter.simulate.figures import funnel, outcome, tell
from banter.simulate.model import Known
from banter.simulate.report import as_json, show, show_dialogue
from tests.simulate.saying import PAUSE, dialogue, exchange

HELLO = exchange(None, "", "Hello, I'm a bot.", "What bothers you at work?", known={})


def ended(status, *, route=None, disqualified=False, kind="plain", end="done", points=None):
    last = exchange("answer", "x", "Bye.", awaiting=None, status=status, means={"need": "general"})
    last = replace(last, known=Known({"need": "general"}, points, route, disqualified))
    return dialogue(HELLO, last, kind=kind, end=end)


def test_every_end_has_a_name():
    assert outcome(ended("booked")) == "booked"
    assert outcome(ended("nurture", route="nurture_cold")) == "nurture_cold"
    assert outcome(ended("handed_over")) == "handed_over"
    assert outcome(ended("closed")) == "let_go"
    assert outcome(ended("closed", disqualified=True)) == "turned_away"
    assert outcome(ended("open", end="left")) == "left"
    assert outcome(ended("open", kind="customer")) == "helped"
    assert outcome(ended("open", end="gave_up")) == "none"


def test_who_goes_after_the_call_was_booked_is_booked():
    assert outcome(ended("booked", end="left")) == "booked"


def test_the_funnel_counts_who_was_asked_who_answered_and_who_left():
    left = dialogue(HELLO, end="left")
    found = funnel([tell(ended("booked", points=90)), tell(left)])
    need = found.questions["need"]
    assert (need.reached, need.answered, need.left) == (2, 1, 1)
    assert (found.whole.visitors, found.stayed, found.reached_an_outcome) == (2, 1, 1)
    assert found.whole.points == 90
    assert (found.read, found.read_right) == (1, 1)


def test_what_a_leaving_visitor_said_is_kept_in_the_funnel():
    said = exchange("answer", "x", "And money?", awaiting="budget", known={"need": "general"})
    found = funnel([tell(dialogue(HELLO, said, end="left"))])
    assert (found.questions["need"].answered, found.questions["budget"].left) == (1, 1)


def test_who_met_a_repetition_has_not_reached_an_outcome_well():
    twice = exchange("answer", "x", "What bothers you at work?")
    last = exchange("answer", "y", "Goodbye then.", awaiting=None, status="nurture")
    found = funnel([tell(dialogue(HELLO, twice, last))])
    assert (found.stayed, found.reached_an_outcome) == (1, 0)
    assert found.trouble == {"repeated": 1}


def test_the_report_shows_the_funnel_the_kinds_and_the_trouble():
    shown = io.StringIO()
    twice = exchange("answer", "x [y]", "What bothers you at work?")
    show(funnel([tell(ended("booked", points=80)), tell(dialogue(HELLO, twice, end="left"))]), Console(file=shown))
    for part in ("2 visitors", "need", "booked", "80", "plain", "repeated: 1", "visitor 1 (plain): said again"):
        assert part in shown.getvalue()


def test_a_whole_dialogue_is_shown_as_it_was_said():
    shown = io.StringIO()
    told = tell(dialogue(HELLO, exchange("answer", "it [b]hurts[/b]", "Since when?", known={"need": "specific"})))
    move = told.dialogue.exchanges[1].move
    later = replace(told.dialogue.exchanges[1], move=replace(move, pause=PAUSE))
    told = replace(told, dialogue=replace(told.dialogue, exchanges=(HELLO, later)))
    show_dialogue(told, Console(file=shown, width=60))
    for part in ("it [b]hurts[/b]", "Since when?", "-> need specific", "1 day, 0:00:00 later"):
        assert part in shown.getvalue()


def test_the_json_holds_the_dialogues_with_trouble():
    told = [tell(dialogue(HELLO, exchange("answer", "x")))]
    data = json.loads(json.dumps(as_json(funnel(told))))
    assert data["trouble"] == {"silence": 1}
    assert data["troubled"][0]["dialogue"][1]["visitor"] == "x"
    assert json.loads(json.dumps(as_json(funnel([]))))["visitors"] == 0

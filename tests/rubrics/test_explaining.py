"""`banter explain`: the same as the lead's page, in the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from banter.configuration import load_playbook
from banter.explaining.terminal import print_explained, rows_of
from banter.leads.model import Message
from banter.leads.reading import Contact
from scoring.model import Line
from tests.dashboard import examples
from tests.dashboard.examples import ALL, BOOKED, WARM
from tests.rubrics.conftest import House


@pytest.fixture
def lived(house: House) -> House:
    house.start()
    examples.fill(house.store)
    return house


def test_each_point_has_its_rule_and_words_and_the_transcript_shows_them(lived: House) -> None:
    said = lived.banter("explain", "pat@example").output
    assert "Pat Example  l_booked" in said
    assert "100 of 100 points by bant@1: warm from 40, qualified from 75" in said
    assert "Budget     30 of 30  approved, with an amount  budget.approved_amount" in said
    assert "“the board signed off”, “25k”" in said
    assert "Book\n  100 of 100 points: 75 or more is qualified.\n" in said
    assert "Visitor yeah «the board signed off» [Budget] 20k for this" in said
    assert "\x1b" not in said  # not a terminal, no colours


def test_what_is_missing_and_what_would_have_changed_it_are_said(lived: House) -> None:
    said = lived.banter("explain", WARM.id).output
    assert "Timeline    0 of 20  not told, so it adds nothing" in said
    assert "What would have changed it\n  " in said
    assert "points, route Book." in said
    assert "was not kept" not in said


def test_it_is_explained_by_the_rubric_it_was_scored_by(lived: House) -> None:
    before = lived.banter("explain", WARM.id).output
    lived.edit("qualified: 75", "qualified: 99")
    lived.banter("rubric", "publish")
    lived.start()
    changed = "  The points have changed since: bant@2 counts today, and this lead keeps those it was given.\n"
    after = lived.banter("explain", WARM.id).output
    assert changed in after
    assert after.replace(changed, "") == before


def test_points_beside_the_answers_are_listed_so_that_the_lines_add_up(lived: House) -> None:
    assert WARM.score is not None
    more = Line("behaviour.pricing_page", 8, ("/pricing",), None, "visit", WARM.created_at.date())
    with lived.store.begin() as tx:
        tx.leads.save(replace(WARM, score=replace(WARM.score, lines=(*WARM.score.lines, more))))
    said = lived.banter("explain", WARM.id).output
    assert f"{WARM.score.total + 8} of " in said
    assert "  Behaviour        +8  looked at your prices  behaviour.pricing_page\n" in said
    assert "“/pricing”\n" in said
    assert "by visit, 22 Nov 2026" in said


def test_a_rubric_that_was_not_kept_is_named(lived: House) -> None:
    assert WARM.score is not None
    with lived.store.begin() as tx:
        tx.leads.save(replace(WARM, score=replace(WARM.score, rubric="bant@77")))
    assert "By bant@1, because bant@77 was not kept." in lived.banter("explain", WARM.id).output


def test_what_the_team_says_stands_above_what_the_points_say(lived: House) -> None:
    lived.banter("override", WARM.id, "book", "--reason", "They called", "--by", "Ana")
    said = lived.banter("explain", WARM.id).output
    assert "The team: Book, says Ana on " in said
    assert ": They called\nWhat follows is what the points say.\n" in said


@pytest.mark.parametrize("lead", [one.id for one in ALL])
def test_every_lead_can_be_explained_as_it_stands(lived: House, lead: str) -> None:
    said = lived.banter("explain", lead)
    assert said.exit_code == 0, said.output
    assert "Transcript" in said.output


def test_a_terminal_gets_colours_and_nothing_that_a_visitor_typed_reaches_it_as_a_command(lived: House) -> None:
    rude = replace(BOOKED, contact=Contact(name="\x1b]0;gone\x07Pat"))
    with lived.store.begin() as tx:
        tx.leads.save(rude)
        tx.transcript.add(
            Message("m_rude", BOOKED.conversation, "visitor", "\x1b[2J\x9bhello [red]you[/red]", examples.NOW)
        )
        rows = rows_of(tx, rude, load_playbook(lived.playbook))
    whole = "\n".join(row.text.plain for row in rows)
    assert not {"\x1b", "\x07", "\x9b"} & set(whole)
    assert "hello [red]you[/red]" in whole
    out = io.StringIO()
    print_explained(Console(file=out, force_terminal=True, color_system="standard", highlight=False), rows)
    assert "\x1b[" in out.getvalue()


@pytest.mark.parametrize(("name", "why"), [("nobody", "No lead has"), ("example.com", "Several leads fit")])
def test_nobody_and_several_are_told_apart(lived: House, name: str, why: str) -> None:
    said = lived.banter("explain", name)
    assert (said.exit_code, why in said.output) == (1, True)

"""The terminal, the API, the lead's page and Slack's card say the same of a lead: words, figures and order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from banter.explaining.stored import explained
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.store.database import SqlStore
from tests.dashboard.examples import ALL, NOW, RULES, WARM, app, log_in, settings
from tests.databases import sqlite_store
from tests.explaining.examples import LEADS, WHOLE
from tests.explaining.surfaces import in_api, in_slack, in_terminal, on_page

OURS = Override(WARM.id, "book", "They *called* <us>", "terminal:ana", NOW, "Ana")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = sqlite_store(tmp_path)
    yield made
    made.close()


def bare(text: str) -> str:
    """Letters and figures alone: signs are the place's own."""
    return "".join(character for character in text.lower() if character.isalnum())


def parts(said: dict[str, Any]) -> Iterator[list[str]]:
    """What each place has to say, each list in its order."""
    yield [said["points"]]
    yield [str(said["thresholds"]["warm"]), str(said["thresholds"]["qualified"])]
    yield [said["route"], *(why.removeprefix(f"{said['points']}: ") for why in said["why"]), said["moved"]]
    yield [flag["said"] for flag in said["flags"]]
    if said["rubric"]:
        yield [said["changed"], said["changed_by"]]
        yield [said["standing"]]
        yield [said["confidence"]]
        yield [said["edition"]]
    yield [part for line in said["lines"] for part in _line(line)]
    if said["fit"]:
        yield [said["fit"]["said"], *(part for line in said["fit"]["lines"] for part in _line(line))]


def _line(line: dict[str, Any]) -> list[str]:
    """Some places have the figure before the words, so it is compared by itself."""
    return [line["about"], line["plain"], *(word[:60] for word in line["words"]), line.get("read", ""), line["note"]]


def figures(said: dict[str, Any]) -> list[str]:
    lines = [*said["lines"], *(said["fit"]["lines"] if said["fit"] else ())]
    return [line["figure"] for line in lines]


def lacking(said: dict[str, Any], text: str) -> list[str]:
    """What of it is not there, or not in its order."""
    there, wrong = bare(text), []
    for part in parts(said):
        at = 0
        for sentence in filter(None, map(bare, part)):
            found = there.find(sentence, at)
            if found < 0:
                wrong.append(sentence)
            at = max(at, found)
    shown = re.findall(r"(?<!\S)[+-]?\d+(?: of \d+)?(?!\S)(?! points)", text.split("What would have changed it")[-1])
    wrong += [f"{figure}: {shown}" for figure in figures(said) if figure not in shown]
    made_up = {figure for figure in shown if " of " in figure} - {
        *figures(said),
        said["points"].removesuffix(" points"),
    }
    return [*wrong, *made_up]


def compare(store: SqlStore, folder: Path, playbook: Playbook, leads: tuple[Lead, ...]) -> list[str]:
    """What is not said alike of these leads, wherever."""
    wrong = []
    with TestClient(app(store, settings(folder), rules=playbook)) as client:
        log_in(client)
        for lead in leads:
            with store.begin(readonly=True) as tx:
                made = explained(tx, lead, playbook)
                places = {
                    "terminal": in_terminal(tx, lead, playbook),
                    "narrow": in_terminal(tx, lead, playbook, width=60),
                    "slack": in_slack(made),
                    "page": on_page(client.get(f"/leads/{lead.id}").text),
                }
            said = in_api(made)
            assert sum(line["points"] or 0 for line in said["lines"]) == said["total"]
            wrong += [f"{lead.id}, {name}: {part}" for name, text in places.items() for part in lacking(said, text)]
    return wrong


def fill(store: SqlStore, *leads: Lead) -> None:
    with store.begin() as tx:
        for lead in leads:
            tx.leads.save(lead)


def test_of_leads_as_they_ship(store: SqlStore, tmp_path: Path) -> None:
    fill(store, *ALL)
    assert compare(store, tmp_path, RULES, ALL) == []


def test_of_leads_with_every_part_on(store: SqlStore, tmp_path: Path) -> None:
    fill(store, *LEADS)
    assert compare(store, tmp_path, WHOLE, LEADS) == []


def test_of_leads_whose_rubric_is_another_by_now(store: SqlStore, tmp_path: Path) -> None:
    fill(store, *LEADS)
    assert compare(store, tmp_path, RULES, LEADS) == [], "of the same name, with other figures"
    unkept = tuple(replace(one, score=replace(one.score, rubric="bant@0")) for one in LEADS if one.score)
    fill(store, *unkept)
    assert compare(store, tmp_path, WHOLE, unkept) == []


def test_of_a_lead_that_the_team_sees_otherwise(store: SqlStore, tmp_path: Path) -> None:
    fill(store, WARM)
    with store.begin() as tx:
        tx.overrides.add(OURS)
    assert compare(store, tmp_path, RULES, (WARM,)) == []
    with store.begin(readonly=True) as tx:
        made = explained(tx, WARM, RULES)
        for text in (in_terminal(tx, WARM, RULES), in_slack(made)):
            assert bare("The team: Book, says Ana") in bare(text)
            assert bare(OURS.reason) in bare(text)


def test_there_is_something_to_compare() -> None:
    everything = [line.rule.partition(".")[0] for one in LEADS if one.score for line in one.score.lines]
    assert {"signals", "behaviour", "negatives", "caps", "fit", "floor"} <= set(everything)
    routes = {one.route.name for one in LEADS if one.route}
    assert routes >= {"book", "handover", "nurture_cold", "disqualified", "support"}

"""The docs say what the code has: commands, actions, slots; and their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from banter.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
DOMAIN = YAML(typ="safe").load(ROOT / "domain.yml")


def test_every_command_stands_in_the_docs() -> None:
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert names
    assert [name for name in names if f"`banter {name}" not in COMMANDS] == []
    below = [
        f"{group.name or group.typer_instance.info.name} {command.name or command.callback.__name__}"
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands
        if command.callback
    ]
    assert [name for name in below if f"`banter {name}" not in COMMANDS] == []


def test_every_action_and_slot_stands_in_the_docs() -> None:
    assert [name for name in (*DOMAIN["actions"], *DOMAIN["slots"]) if f"`{name}`" not in COMMANDS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_docs_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []

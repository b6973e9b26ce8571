"""What the team reads, the manifest and the page in the docs are about what there is."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

from banter.channels.openapi import openapi
from banter.slack.blocks import MOST_BUTTON
from banter.slack.words import WORDS

ROOT = Path(__file__).parents[2]
MANIFEST = YAML(typ="safe", pure=True).load(ROOT / "docs" / "slack-manifest.yml")
CODE = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "banter").rglob("*.py"))
PAGE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", [n for n in WORDS.texts if n not in ("hot", "person", "contact", "support", "callback", "erase", "stopped")]
)
def test_every_text_is_used(name: str) -> None:
    stem = name.partition("_")[0]
    assert re.search(rf"""['"]{name}['"]""", CODE) or f'f"{stem}_{{' in CODE


def test_every_place_in_a_text_can_be_filled() -> None:
    for name, text in WORDS.texts.items():
        fields = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
        assert WORDS.said(name, **dict.fromkeys(fields, "x"))


def test_what_stands_on_buttons_and_in_menus_fits() -> None:
    names = ("accept", "reject", "later", "open", "ask_understood")
    assert all(len(text) <= MOST_BUTTON for text in (*(WORDS[name] for name in names), *WORDS.reasons.values()))
    assert all(len(f"l_{'x' * 16}:{key}") <= 150 for key in WORDS.reasons)


def test_the_manifest_names_the_addresses_that_there_are() -> None:
    commands = MANIFEST["features"]["slash_commands"]
    settings = MANIFEST["settings"]
    named = {
        *(command["url"] for command in commands),
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
    }
    served = {path for path in openapi()["paths"] if path.startswith("/slack/")}
    assert {re.sub("https://chat.example.com", "", address) for address in named} == served
    assert [command["command"] for command in commands] == ["/banter"]


def test_the_manifest_asks_for_the_scopes_that_its_events_need_and_no_more() -> None:
    needs = {"message.channels": "channels:history", "message.groups": "groups:history", "message.im": "im:history"}
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert {needs[event] for event in events} | {"chat:write", "commands", "im:write"} == set(scopes)


def test_the_page_tells_of_every_button() -> None:
    for name in ("accept", "reject", "later", "open"):
        assert f"| {WORDS[name]} |" in PAGE

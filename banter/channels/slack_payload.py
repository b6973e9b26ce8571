"""What Slack sends, as values. Whatever is not of interest, or not of the shape that Slack documents, is None. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from banter.slack.markup import plain

#: Message subtypes that are something a person has said.
_SAID = (None, "thread_broadcast", "file_share")
_MOST_FIELDS = 100
#: Six times what a visitor may write, for links and entities; beyond it nobody reads the markup, and it is too long.
_MOST_MARKUP = 12_000


@dataclass(frozen=True)
class Said:
    """A message that a person wrote. `id` is the event's; `thread` the stamp of the thread's first message, its own
    where it begins one; `direct`: written to the bot alone."""

    id: str
    team: str
    channel: str
    thread: str
    begins: bool
    direct: bool
    text: str


@dataclass(frozen=True)
class Press:
    """A button pressed or an option chosen. `id` is the same when Slack repeats it. `block` is the block's id."""

    id: str
    channel: str
    user: str
    name: str
    action: str
    value: str
    block: str


@dataclass(frozen=True)
class Command:
    """A command typed: `/banter test` has the text "test"."""

    id: str
    team: str
    channel: str
    user: str
    text: str


def json_object(body: bytes) -> Mapping[str, Any] | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def form(body: bytes) -> dict[str, str] | None:
    """The fields of a form; the first of each name."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        return None
    return dict(reversed(pairs))


def said_in(data: Mapping[str, Any]) -> Said | None:
    """The person's message of an `event_callback`: no bot's, no edit, deletion or joining, none without words."""
    event = data.get("event")
    if data.get("type") != "event_callback" or not isinstance(event, dict):
        return None
    if event.get("type") != "message" or event.get("subtype") not in _SAID or event.get("hidden"):
        return None
    if any(event.get(of_a_bot) for of_a_bot in ("bot_id", "bot_profile", "app_id")):
        return None
    written = _text(event, "text")
    text = plain(written) if len(written) <= _MOST_MARKUP else written
    user, stamp, identity = _text(event, "user"), _text(event, "ts"), _text(data, "event_id")
    if not (user and stamp and identity and text) or user == "USLACKBOT" or _is_own(data, user):
        return None
    thread = _text(event, "thread_ts") or stamp
    return Said(
        id=identity[:200],
        team=_text(data, "team_id"),
        channel=_text(event, "channel"),
        thread=thread,
        begins=thread == stamp,
        direct=event.get("channel_type") == "im",
        text=text,
    )


def press_in(data: Mapping[str, Any]) -> Press | None:
    """The first action of a `block_actions` payload; there is one for each press."""
    actions = data.get("actions")
    if data.get("type") != "block_actions" or not isinstance(actions, list) or not actions:
        return None
    action = actions[0]
    if not isinstance(action, dict):
        return None
    identity = _text(data, "trigger_id") or _text(action, "action_ts")
    option = _text(_below(action, "selected_option"), "value")
    press = Press(
        id=identity[:200],
        channel=_text(_below(data, "channel"), "id") or _text(_below(data, "container"), "channel_id"),
        user=_text(_below(data, "user"), "id"),
        name=(_text(_below(data, "user"), "username") or _text(_below(data, "user"), "name"))[:80],
        action=_text(action, "action_id"),
        value=_text(action, "value") or option,
        block=_text(action, "block_id"),
    )
    return press if press.id and press.user and press.action else None


def command_in(fields: Mapping[str, str]) -> Command | None:
    command = Command(
        id=_text(fields, "trigger_id")[:200],
        team=_text(fields, "team_id"),
        channel=_text(fields, "channel_id"),
        user=_text(fields, "user_id"),
        text=" ".join(_text(fields, "text").split()),
    )
    return command if command.id and command.user and "command" in fields else None


def _is_own(data: Mapping[str, Any], user: str) -> bool:
    authorizations = data.get("authorizations")
    if not isinstance(authorizations, list):
        return False
    return any(
        isinstance(one, dict) and one.get("is_bot") is True and one.get("user_id") == user for one in authorizations
    )


def _below(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _text(data: Mapping[str, Any], name: str) -> str:
    """A field's text without what cannot be stored."""
    found = data.get(name)
    if not isinstance(found, str):
        return ""
    return "".join(c for c in found if c != "\x00" and not "\ud800" <= c <= "\udfff")

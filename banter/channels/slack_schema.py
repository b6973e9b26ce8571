"""What Slack posts, as `/api/openapi.json` describes it: for reading, since nobody else can sign it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


def slack_paths(errors: Mapping[str, Any]) -> dict[str, Any]:
    """The three addresses; `errors` are the answers to what is not taken."""
    return {
        "/slack/events": {"post": _signed("An event, signed by Slack.", "Events", _JSON, errors)},
        "/slack/interactivity": {"post": _signed("A button pressed, signed by Slack.", "Press", _FORM, errors)},
        "/slack/commands": {"post": _signed("A command typed, signed by Slack.", "Command", _FORM, errors)},
    }


def _signed(summary: str, name: str, kind: str, errors: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "summary": summary,
        "operationId": f"takeSlack{name}",
        "requestBody": {"required": True, "content": {kind: {"schema": {"type": "object"}}}},
        "responses": {"200": {"description": "Stored; what is answered is sent later."}, **errors},
    }

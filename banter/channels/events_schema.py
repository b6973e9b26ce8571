"""`POST /api/events` as `/api/openapi.json` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from banter.leads.behaviour import KINDS, LONGEST, MOST_AT_ONCE, OWNERS

_MAYBE_TEXT: Mapping[str, Any] = {"type": ["string", "null"]}


def event_operation(errors: Mapping[str, Any]) -> dict[str, Any]:
    """With `visitor` a page tells what a page can know; with the administrator's token beside, or for a `lead`, the
    owner's systems tell the rest."""
    event = {
        "type": "object",
        "required": ["id", "kind"],
        "properties": {
            "id": {"type": "string", "pattern": r"^[A-Za-z0-9_.:\-]{1,64}$", "description": "Kept once by it."},
            "kind": {
                "enum": [*KINDS, "demo_request", *OWNERS],
                "description": f"{', '.join(OWNERS)} need the administrator's token.",
            },
            "page": {**_MAYBE_TEXT, "maxLength": LONGEST, "description": "Its address; needed but for those four."},
            "name": {**_MAYBE_TEXT, "maxLength": 100, "description": "Of those four: which feature, mail or trial."},
            "ago": {"type": ["number", "null"], "minimum": 0, "description": "Seconds; 90 days at most."},
            "at": {**_MAYBE_TEXT, "description": "ISO 8601, instead of ago; with the administrator's token."},
            "referrer": {"description": "Of a visit: the address where they came from."},
            "campaign": {"description": "Of a visit: utm_... pairs."},
        },
    }
    events = {"type": "array", "minItems": 1, "maxItems": MOST_AT_ONCE, "items": event}
    whose = {
        "visitor": {"type": "string", "maxLength": 200, "description": "As POST /api/conversations answers it."},
        "lead": {"type": "string", "maxLength": 200, "description": "Instead of visitor; administrators alone."},
    }
    body = {"type": "object", "required": ["events"], "properties": {**whose, "events": events}}
    kept = {"type": "integer", "description": "How many were new."}
    answer = {"type": "object", "required": ["kept"], "properties": {"kept": kept}}
    return {
        "summary": "Tell what a visitor did. The same id again does nothing.",
        "operationId": "tellEvents",
        "security": [{}, {"administrator": []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "It is kept, and counted.", "content": {"application/json": {"schema": answer}}},
            **errors,
        },
    }

"""What Twilio posts, as `/api/openapi.json` describes it: for reading, since nobody else can sign it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TEXT = {"type": "string"}
_FIELDS = {
    "take": ("AccountSid", "MessageSid", "From", "To", "Body", "NumMedia"),
    "status": ("AccountSid", "MessageSid", "MessageStatus", "ErrorCode"),
}


def sms_paths(errors: Mapping[str, Any]) -> dict[str, Any]:
    """The two addresses; `errors` are the answers to what is not taken."""
    return {
        "/sms/twilio": {"post": _signed("A text message, signed by Twilio.", "take", errors)},
        "/sms/twilio/status": {
            "post": {
                **_signed("What became of a text message of ours, signed by Twilio.", "status", errors),
                "parameters": [
                    {"name": "item", "in": "query", "schema": _TEXT, "description": "The outbox item's key."}
                ],
            }
        },
    }


def _signed(summary: str, name: str, errors: Mapping[str, Any]) -> dict[str, Any]:
    properties = dict.fromkeys(_FIELDS[name], _TEXT)
    return {
        "summary": summary,
        "operationId": f"{name}Sms",
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": properties}}},
        },
        "responses": {
            "200": {
                "description": "Stored; what is answered is sent later.",
                "content": {"application/xml": {"schema": _TEXT}},
            },
            **errors,
        },
    }

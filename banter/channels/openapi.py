"""`/api/openapi.json`: the HTTP part of the contract, for programs. A test holds it and the routes together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from banter import __version__
from banter.channels.events_schema import event_operation
from banter.channels.explanation_json import explanation_schema
from banter.channels.facts_schema import facts_schema
from banter.channels.leads_api import FLAGS
from banter.channels.slack_schema import slack_paths
from banter.channels.sms_schema import sms_paths
from banter.channels.verdict_json import verdict_schema
from banter.leads.behaviour import KINDS, OWNERS
from banter.leads.model import AWAITING, STATUSES
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, NOT_SAID, SPECIFICITIES

Schema = Mapping[str, Any]

ROUTE_NAMES = ("book", "nurture_warm", "nurture_cold", "handover", "support", "disqualified")
_TEXT: Schema = {"type": "string"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_WHOLE: Schema = {"type": "integer"}
_NULLABLE: Schema = {"type": ["string", "null"]}
#: What of it is wrong or too much is left out, and the request is served.
_SEEN: Schema = {
    "type": ["array", "null"],
    "description": "What the visitor looked at: up to 50 of {id, kind: visit, page, download or demo, page: its "
    "address, ago: seconds, referrer, campaign: utm_... pairs}. Kept once by id, the newest 200 of a conversation.",
    "items": {},
}


def openapi_routes() -> list[Route]:
    document = openapi()

    async def show(request: Request) -> Response:
        return JSONResponse(document, headers={"Access-Control-Allow-Origin": "*"})

    return [Route("/api/openapi.json", show)]


def openapi() -> dict[str, Any]:
    """The document, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Banter",
            "version": __version__,
            "description": "Qualify sales leads in conversation. Every error is "
            '`{"error": {"code": "…", "message": "a sentence that says what to do"}}`.',
        },
        "paths": {
            "/api/conversations": {"post": _begin()},
            "/api/conversations/by-link": {"post": _by_link()},
            "/api/conversations/{id}": {"get": _transcript()},
            "/api/conversations/{id}/messages": {"post": _say()},
            "/api/conversations/{id}/resume": {"post": _resume()},
            "/api/conversations/{id}/events": {"get": _events()},
            "/api/conversations/{id}/transcript": {"post": _mail_transcript()},
            "/api/events": {"post": event_operation(_errors(401, 403, 404, 408, 413, 422, 429, 503))},
            "/api/leads": {"get": _leads()},
            "/api/leads/{id}": {"get": _lead_by_id()},
            **slack_paths(_errors(400, 401, 408, 413, 429, 503)),
            **sms_paths(_errors(403, 404, 408, 413, 429, 503)),
            "/api/openapi.json": {"get": _plain("This document.", "OpenAPI 3.1.")},
            "/healthz": {"get": _plain("Does the process live?", "It does.")},
            "/readyz": {
                "get": {
                    **_plain("Can it serve?", "It can."),
                    "responses": {"200": _json("It can.", {"type": "object"}), **_errors(503)},
                }
            },
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "conversation": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that the conversation began with.",
                },
                "conversation_in_address": {"type": "apiKey", "in": "query", "name": "token"},
                "administrator": {"type": "http", "scheme": "bearer", "description": "BANTER_ADMIN_TOKEN."},
            },
        },
    }


_ERRORS = {
    400: "It cannot be read.",
    401: "No token, or one of another conversation; of events: an id that is not ours; of Slack: not signed by it.",
    403: "Not signed by the Twilio account that is set up here; on the web, consent is wanted first.",
    404: "There is none such, or it is not set up here.",
    408: "The request arrived too slowly.",
    413: "The text is longer than 2,000 characters, or the body than 64 KiB.",
    422: "Not JSON, wrong types, or an empty text; the message names the field.",
    429: "Too many; Retry-After says when to send it again.",
    503: "The database or the dialogue is down, and nothing is acknowledged; send the same again after Retry-After.",
}


def _errors(*statuses: int) -> dict[str, Any]:
    found = {str(status): _json(_ERRORS[status], _ref("Error")) for status in statuses}
    for status in ("429", "503"):
        if status in found:
            found[status]["headers"] = {"Retry-After": {"schema": _WHOLE, "description": "Seconds."}}
    return found


def _begin() -> Schema:
    return {
        "summary": "Begin a conversation. The answer holds the greeting.",
        "operationId": "beginConversation",
        "requestBody": _body(
            {
                "type": "object",
                "properties": {
                    "page": {**_NULLABLE, "description": "The page's address."},
                    "referrer": _NULLABLE,
                    "locale": {**_NULLABLE, "description": "For example en."},
                    "timezone": {**_NULLABLE, "description": "IANA name; the company's when it is unknown."},
                    "consent": {
                        **_NULLABLE,
                        "description": "The version of the words that the visitor agreed to; recorded. Needed where "
                        "the playbook says so.",
                    },
                    "seen": _SEEN,
                },
            }
        ),
        "responses": {
            "201": _json("It has begun.", _ref("Begun")),
            **_errors(403, 408, 413, 422, 429, 503),
        },
    }


def _say() -> Schema:
    return {
        "summary": "Say something. The same id again returns the same answer and does nothing.",
        "operationId": "sendMessage",
        "parameters": [_in_path("The conversation.")],
        "security": [{"conversation": []}],
        "requestBody": _body(
            {
                "type": "object",
                "required": ["id", "text"],
                "properties": {
                    "id": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "description": "Any text that is unique in the conversation.",
                    },
                    "text": {"type": "string", "minLength": 1, "maxLength": 2000},
                    "seen": _SEEN,
                },
            }
        ),
        "responses": {
            "200": _json("The bot's new messages.", _ref("Reply")),
            **_errors(401, 404, 408, 413, 422, 429, 503),
        },
    }


def _resume() -> Schema:
    return {
        "summary": "Somebody is back in the conversation. Whoever was away is told where things stand, once.",
        "operationId": "resumeConversation",
        "parameters": [_in_path("The conversation.")],
        "security": [{"conversation": []}],
        "responses": {
            "200": _json("What the bot says to that; no messages when they were not away.", _ref("Reply")),
            **_errors(401, 404, 429, 503),
        },
    }


def _mail_transcript() -> Schema:
    properties: Schema = {
        "email": {"type": "string", "minLength": 1, "maxLength": 254},
        "locale": {**_NULLABLE, "description": "The mail's language; the conversation's where it is missing."},
    }
    return {
        "summary": "Send the conversation so far to a mail address; three an hour, from one and to one.",
        "operationId": "mailTranscript",
        "parameters": [_in_path("The conversation.")],
        "security": [{"conversation": []}],
        "requestBody": _body({"type": "object", "required": ["email"], "properties": properties}),
        "responses": {
            "200": _json("It is on its way; no messages.", _ref("Reply")),
            **_errors(401, 404, 408, 413, 422, 429, 503),
        },
    }


def _by_link() -> Schema:
    link = {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "What stands behind `/resume/` in the link.",
    }
    return {
        "summary": "The conversation that a resume link opens, with its token. Changes nothing.",
        "operationId": "openLink",
        "requestBody": _body({"type": "object", "required": ["link"], "properties": {"link": link}}),
        "responses": {
            "200": _json("The conversation so far.", _ref("Begun")),
            **_errors(404, 408, 413, 422, 429, 503),
        },
    }


def _transcript() -> Schema:
    return {
        "summary": "The whole conversation.",
        "operationId": "getConversation",
        "parameters": [_in_path("The conversation.")],
        "security": [{"conversation": []}],
        "responses": {"200": _json("All messages, in order.", _ref("Reply")), **_errors(401, 404, 429, 503)},
    }


def _events() -> Schema:
    return {
        "summary": "New messages as they come, as server-sent events named `message`.",
        "operationId": "streamEvents",
        "parameters": [
            _in_path("The conversation."),
            {
                "name": "after",
                "in": "query",
                "schema": _TEXT,
                "description": "The last message seen; without it, everything. A Last-Event-ID header wins over it.",
            },
        ],
        "security": [{"conversation": []}, {"conversation_in_address": []}],
        "responses": {
            "200": {"description": "A stream.", "content": {"text/event-stream": {"schema": _TEXT}}},
            **_errors(401, 404, 422, 429, 503),
        },
    }


def _leads() -> Schema:
    def asked(name: str, schema: Schema, description: str) -> Schema:
        return {"name": name, "in": "query", "schema": schema, "description": description}

    return {
        "summary": "Leads, the newest first, 50 a page.",
        "operationId": "listLeads",
        "parameters": [
            asked("conversation", _TEXT, "Only the lead of this conversation."),
            asked("route", {"type": "string", "enum": list(ROUTE_NAMES)}, "Only leads that go there."),
            asked("flag", {"type": "string", "enum": list(FLAGS)}, "Only cold leads who fit well and are back."),
            asked("since", _TEXT, "Only leads changed since this ISO 8601 date or time; UTC unless it says otherwise."),
            asked("page", {"type": "integer", "minimum": 1, "maximum": 1_000_000}, "From 1."),
        ],
        "security": [{"administrator": []}],
        "responses": {
            "200": _json(
                "A page of leads.",
                _object({"leads": {"type": "array", "items": _ref("Lead")}, "page": _WHOLE}),
            ),
            **_errors(401, 422, 503),
        },
    }


def _lead_by_id() -> Schema:
    return {
        "summary": "One lead: answers, points, route, booking, nurture. The id of one that was joined into "
        "another gives that one.",
        "operationId": "getLead",
        "parameters": [_in_path("The lead.")],
        "security": [{"administrator": []}],
        "responses": {"200": _json("The lead.", _ref("Lead")), **_errors(401, 404, 422, 503)},
    }


def _schemas() -> dict[str, Any]:
    bands = sorted({band for dimension in DIMENSIONS for band in BANDS[dimension]} | set(NOT_SAID))
    answer = _object(
        {
            "band": {"enum": bands},
            "specificity": {"enum": list(SPECIFICITIES)},
            "commitment": {"enum": list(COMMITMENTS)},
            "text": _TEXT,
            "evidence": {
                "type": "array",
                "items": _object({"text": _TEXT, "start": _WHOLE, "end": _WHOLE, "kind": _TEXT}),
            },
            "value": {"type": ["object", "null"]},
        }
    )
    state = {"awaiting": {"enum": [*AWAITING, None]}, "status": {"enum": list(STATUSES)}}
    messages = {"type": "array", "items": _ref("Message")}
    return {
        "Error": _object({"error": _object({"code": _TEXT, "message": _TEXT})}),
        "Message": _object(
            {
                "id": _TEXT,
                "from": {"enum": ["visitor", "bot", "rep"]},
                "text": _TEXT,
                "buttons": {"type": "array", "items": _object({"title": _TEXT, "value": _TEXT})},
                "at": _TIME,
            }
        ),
        "Begun": _object({"id": _TEXT, "token": _TEXT, "visitor": _TEXT, "messages": messages, **state}),
        "Reply": _object({"id": _TEXT, "messages": messages, **state}),
        "Facts": facts_schema(),
        "Lead": _object(
            {
                "id": _TEXT,
                "visitor": _NULLABLE,
                "conversation": _TEXT,
                "channel": _TEXT,
                "status": {"enum": list(STATUSES)},
                "awaiting": {"enum": [*AWAITING, None]},
                "opener": _NULLABLE,
                "timezone": _TEXT,
                "created_at": _TIME,
                "updated_at": _TIME,
                "contact": _object(dict.fromkeys(("name", "email", "phone", "company"), _NULLABLE)),
                "answers": {"type": "object", "properties": dict.fromkeys(DIMENSIONS, answer)},
                "facts": _ref("Facts"),
                "imported": _ref("Facts"),
                "score": _or_null(
                    _object(
                        {
                            "total": _WHOLE,
                            "rubric": _TEXT,
                            "lines": {
                                "type": "array",
                                "items": _object(
                                    {
                                        "rule": _TEXT,
                                        "points": _WHOLE,
                                        "evidence": {"type": "array", "items": _TEXT},
                                        "source": _TEXT,
                                        "at": _NULLABLE,
                                    }
                                ),
                            },
                            "missing": {"type": "array", "items": {"enum": list(DIMENSIONS)}},
                        }
                    )
                ),
                "route": _or_null(
                    _object(
                        {
                            "name": {"enum": list(ROUTE_NAMES)},
                            "reasons": {"type": "array", "items": _TEXT},
                            "final": {"type": "boolean"},
                        }
                    )
                ),
                "verdict": verdict_schema(),
                "explanation": explanation_schema(),
                "booking": _or_null(
                    _object(
                        {
                            "starts_at": _TIME,
                            "ends_at": _TIME,
                            "rep": _TEXT,
                            "status": {"enum": ["held", "confirmed", "cancelled"]},
                        }
                    )
                ),
                "conversations": {
                    "type": "array",
                    "items": _object({"conversation": _TEXT, "channel": _TEXT}),
                },
                "joined": {
                    "type": "array",
                    "items": _object(
                        {
                            "lead": _TEXT,
                            "conversation": _TEXT,
                            "channel": _TEXT,
                            "at": _TIME,
                            "by": {"enum": ["sms", "email"]},
                            "email": _NULLABLE,
                            "phone": _NULLABLE,
                        }
                    ),
                },
                "behaviour": {
                    "type": "array",
                    "items": _object(
                        {
                            "kind": {"enum": [*KINDS, *OWNERS]},
                            "page": _NULLABLE,
                            "name": _NULLABLE,
                            "at": _TIME,
                            "referrer": _NULLABLE,
                            "campaign": {"type": "object", "additionalProperties": _TEXT},
                        }
                    ),
                },
                "disposition": _or_null(
                    _object(
                        {
                            "status": {"enum": ["accepted", "rejected", "later"]},
                            "by": _TEXT,
                            "at": _TIME,
                            "reason": _NULLABLE,
                        }
                    )
                ),
                "demo": _or_null(_object({"at": _TIME, "page": _NULLABLE, "words": _NULLABLE})),
                "override": _or_null(
                    _object({"route": {"enum": list(ROUTE_NAMES)}, "reason": _TEXT, "by": _TEXT, "at": _TIME})
                ),
                "opted_out": _or_null(_object({"at": _TIME, "words": _TEXT})),
                "nurture": _or_null(
                    _object(
                        {
                            "sequence": _TEXT,
                            "steps": {
                                "type": "array",
                                "items": _object({"key": _TEXT, "due_at": _TIME, "status": _TEXT}),
                            },
                        }
                    )
                ),
            }
        ),
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with all of these; more may come, so it is not closed."""
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _or_null(schema: Schema) -> dict[str, Any]:
    return {"anyOf": [dict(schema), {"type": "null"}]}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, schema: Schema) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _body(schema: Schema) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _in_path(description: str) -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "schema": _TEXT, "description": description}


def _plain(summary: str, answer: str) -> dict[str, Any]:
    return {"summary": summary, "responses": {"200": _json(answer, {"type": "object"})}}

"""The shape of a lead's soft facts, for `/api/openapi.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from banter.leads.facts import (
    FUNCTIONS,
    MAIL_KINDS,
    OBJECTIONS,
    PLACE_SOURCES,
    RIVAL_USES,
    SENIORITIES,
    SIZE_CLASSES,
    TOOL_USES,
    URGENCIES,
)
from banter.leads.known import IMPORTED

_TEXT: Mapping[str, Any] = {"type": "string"}
_NULLABLE: Mapping[str, Any] = {"type": ["string", "null"]}
_WHOLE: Mapping[str, Any] = {"type": "integer"}


def facts_schema() -> dict[str, Any]:
    """What a visitor said beside the answers (docs/facts.md), each with the words it rests on."""
    evidence = {"type": "array", "items": _whole({"text": _TEXT, "start": _WHOLE, "end": _WHOLE, "kind": _TEXT})}
    learnt = {"source": {"enum": [*PLACE_SOURCES, IMPORTED]}, "at": _NULLABLE}
    nullable_whole = {"type": ["integer", "null"]}

    def fact(properties: Mapping[str, Any]) -> dict[str, Any]:
        return _whole({**properties, "evidence": evidence, **learnt})

    def several(item: Mapping[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": dict(item)}

    def one_of(names: Sequence[str]) -> dict[str, Any]:
        return {"enum": [*names]}

    number = {"type": "number"}
    measure = _whole({"number": number, "most": {"type": ["number", "null"]}, "unit": _TEXT, "per": _NULLABLE})
    size = {"unit": _TEXT, "least": nullable_whole, "most": nullable_whole}
    return _whole(
        {
            "role": _maybe(
                fact(
                    {
                        "title": _TEXT,
                        "seniority": {"enum": [*SENIORITIES, None]},
                        "function": {"enum": [*FUNCTIONS, None]},
                    }
                )
            ),
            "company": _maybe(fact({"name": _TEXT})),
            "sizes": several(fact({**size, "size_class": {"enum": [*SIZE_CLASSES, None]}})),
            "industry": _maybe(fact({"name": _TEXT})),
            "place": _maybe(fact({"country": _NULLABLE, "area": _NULLABLE, "city": _NULLABLE})),
            "tools": several(fact({"name": _TEXT, "use": one_of(TOOL_USES)})),
            "competitors": several(fact({"name": _TEXT, "use": one_of(RIVAL_USES)})),
            "objections": several(fact({"name": one_of(OBJECTIONS)})),
            "urgency": _maybe(fact({"name": one_of(URGENCIES)})),
            "pains": several(fact({"name": _NULLABLE, "measures": several(measure)})),
            "mail": _maybe(_whole({"domain": _TEXT, "kind": one_of(MAIL_KINDS), "meant": _NULLABLE, **learnt})),
        }
    )


def _whole(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _maybe(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(schema), {"type": "null"}]}

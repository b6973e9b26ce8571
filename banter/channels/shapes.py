"""Shapes of OpenAPI that several descriptions share: objects of which every property is there."""

from __future__ import annotations

from typing import Any


def whole_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def list_of(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": whole_object(properties)}


def object_or_null(properties: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [whole_object(properties), {"type": "null"}]}

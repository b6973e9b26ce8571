"""Blocks as they look, in plain text: for trying things out without a Slack. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from banter.slack.markup import plain

_LINK = re.compile(r"<(https?://[^<>|]*)>")
_MENTION = re.compile(r"<@([^<>|]*)>")


def as_text(blocks: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Mapping[str, Any]) -> list[str]:
    kind = block["type"]
    if kind == "header":
        title = block["text"]["text"]
        return [title, "=" * len(title)]
    if kind == "section":
        return _said(block["text"]).split("\n")
    if kind == "context":
        return [f"  {line}" for element in block["elements"] for line in _said(element).split("\n")]
    if kind == "actions":
        return ["  ".join(_pressed(element) for element in block["elements"])]
    return ["-" * 40]


def _pressed(element: Mapping[str, Any]) -> str:
    if element["type"] == "static_select":
        options = ", ".join(option["text"]["text"] for option in element["options"])
        return f"[{element['placeholder']['text']} ▾ {options}]"
    return f"[{element['text']['text']}]"


def _said(text: Mapping[str, Any]) -> str:
    words = str(text["text"])
    if text["type"] == "plain_text":
        return words
    lines = _MENTION.sub(r"@\1", _LINK.sub(r"\1", words)).split("\n")
    # `plain` takes the spaces off the front, which indent here.
    return "\n".join(line[: len(line) - len(line.lstrip())] + plain(line) for line in lines)

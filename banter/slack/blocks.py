"""Block Kit, within its limits: https://docs.slack.dev/reference/block-kit/blocks. Pure.

Every text is escaped by who makes it, so that no visitor's words become a mention; what is too long is cut or spread
over several blocks, never refused by Slack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from banter.slack.markup import shortened

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_TEXT = 3_000
MOST_HEADER = 150
MOST_BUTTON = 75
MOST_VALUE = 2_000
MOST_ELEMENTS = 25
MOST_OPTIONS = 100
MOST_BLOCK_ID = 255


def section(text: str) -> Block:
    """Escaped mrkdwn of up to 3,000 characters. `verbatim`: else Slack makes mentions out of plain words."""
    return {"type": "section", "text": mrkdwn(text)}


def sections(text: str) -> list[Block]:
    """A text of any length, cut at the ends of lines or words."""
    return [section(part) for part in cut(text, MOST_TEXT)] or [section(" ")]


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": _most(text, MOST_TEXT), "verbatim": True}


def header(text: str) -> Block:
    """Plain words: shown as they are."""
    return {"type": "header", "text": {"type": "plain_text", "text": shortened(text, MOST_HEADER) or " "}}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    return {"type": "divider"}


def button(title: str, action: str, value: str, *, style: str | None = None, url: str | None = None) -> Block:
    """`value` comes back when it is pressed; one that is too long for Slack could not, so that is an error of ours."""
    if len(value) > MOST_VALUE:
        raise ValueError(f"A button's value has {MOST_VALUE} characters at most.")
    made: Block = {"type": "button", "text": _plain(title), "action_id": action, "value": value}
    if style is not None:
        made["style"] = style
    if url is not None:
        made["url"] = url
    return made


def select(placeholder: str, action: str, options: Iterable[tuple[str, str]]) -> Block:
    """A menu of (title, value)."""
    listed = [{"text": _plain(title), "value": value} for title, value in options]
    return {
        "type": "static_select",
        "placeholder": _plain(placeholder),
        "action_id": action,
        "options": listed[:MOST_OPTIONS],
    }


def actions(elements: Sequence[Block], block_id: str) -> list[Block]:
    """Rows of buttons, 25 in each. `block_id` is unique in its message."""
    rows = [elements[at : at + MOST_ELEMENTS] for at in range(0, len(elements), MOST_ELEMENTS)]
    return [
        {"type": "actions", "block_id": f"{block_id}.{n}"[:MOST_BLOCK_ID], "elements": list(row)}
        for n, row in enumerate(rows)
    ]


def fitted(blocks: Sequence[Block]) -> list[Block]:
    """At most 50 blocks; what is left out is said to be."""
    if len(blocks) <= MOST_BLOCKS:
        return list(blocks)
    return [*blocks[: MOST_BLOCKS - 1], context("…")]


def cut(text: str, most: int) -> list[str]:
    """Parts of up to `most` characters, at line ends or spaces, and never inside an entity such as `&amp;`."""
    parts = []
    while len(text) > most:
        head = text[:most]
        at = max(head.rfind("\n"), head.rfind(" "))
        if at < most // 2:
            at = head.rfind("&") if ";" not in head[max(head.rfind("&"), 0) :] and "&" in head[-6:] else most
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [part for part in (*parts, text) if part.strip()]


def _most(text: str, most: int) -> str:
    return text if len(text) <= most else f"{cut(text, most - 1)[0]}…"


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": shortened(text, MOST_BUTTON) or "…"}

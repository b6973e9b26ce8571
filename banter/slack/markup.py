"""Slack's markup of a message -> the words a person typed, and our words -> what Slack shows as they are. Pure."""

from __future__ import annotations

import re

#: `<@U1|name>`, `<#C1|name>`, `<!here>`, `<!date^1^{date}|text>`, `<https://a.example|label>`.
_MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_STYLED = re.compile(r"(?<![\w*_~`])([*_~]|`{1,3})(?=\S)([^\n]{1,160}?)(?<=\S)\1(?![\w*_~`])")
#: Of emphasis around one another. Deeper ones, and longer spans, are left as they are, so that no text takes long.
_LAYERS = 3
_QUOTED = re.compile(r"^(?:&gt;|>) ?", re.MULTILINE)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # the only three there are, the ampersand last
_ADDRESS = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"”]")


def plain(text: str) -> str:
    """The words of a message: links by their label, people and channels by name, no emphasis, no entities. A mention
    that holds no name, as one of the bot itself, is left out."""
    text = _QUOTED.sub("", text)
    text = _MARK.sub(_named, text)
    for _ in range(_LAYERS):
        text = _STYLED.sub(r"\2", text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    text = "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
    return re.sub(r"[ \t]+", " ", text).strip()


def _named(mark: re.Match[str]) -> str:
    kind, target, label = mark.group(1), mark.group(2), mark.group(3)
    if kind == "":
        return label or target.removeprefix("mailto:").removeprefix("tel:")
    if kind == "!":  # <!here>, <!subteam^S1|@sales>, <!date^...|tomorrow>
        return label if label is not None else f"@{target.partition('^')[0]}"
    sign = "@" if kind == "@" else "#"
    return f"{sign}{label}" if label else ""


def escaped(text: str) -> str:
    """Words that Slack shows as they are: nothing in them becomes a mention, a link or a channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def linked(text: str) -> str:
    """The same, with web addresses that can be followed."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [escaped(text[at : found.start()]), f"<{escaped(found.group())}>"]
        at = found.end()
    return "".join([*parts, escaped(text[at:])])


def shortened(text: str, most: int) -> str:
    """On one line, and no longer than `most`; cut between words where that leaves most of it."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    between = head.rpartition(" ")[0]
    return f"{(between if len(between) > most // 2 else head).rstrip()}…"

"""The widget as it is served: script, style and what the playbook says, in one small file; and its words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from banter.leads.behaviour import paths_pattern
from banter.leads.playbook import Playbook

STATIC = Path(__file__).parent / "static"
#: `<language>.json`, read at the start. What a file leaves out is said in English.
TEXTS = Path(__file__).parents[2] / "texts" / "widget"
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def texts(playbook: Playbook, folder: Path = TEXTS) -> dict[str, bytes]:
    """The widget's words by language, what the visitor is to agree to among them; the English ones are in the script.
    Raises ValueError, naming the file, for what is no JSON object."""
    asked = playbook.channels.widget.wordings()
    says = {language: [version, words] for language, version, words in asked}
    found = {"en": b"{}"} if not says else {"en": json.dumps({"says": says.get("en", list(asked[0][1:]))}).encode()}
    for path in sorted(folder.glob("*.json")):
        if not _LANGUAGE.fullmatch(path.stem):
            continue  # the words of mails
        try:
            words = json.loads(path.read_bytes())
        except ValueError as error:
            raise ValueError(f"texts/widget/{path.name} is not JSON ({error}); mend it or take it away.") from None
        if not isinstance(words, dict):
            raise ValueError(f"texts/widget/{path.name} must hold an object of words, as de.json does.")
        if asked:
            words["says"] = says.get(path.stem, list(asked[0][1:]))
        found[path.stem] = json.dumps(words, ensure_ascii=False).encode()
    return found


def given(playbook: Playbook, languages: Mapping[str, bytes]) -> dict[str, Any]:
    """What the widget is told by the server."""
    widget = playbook.channels.widget
    told: dict[str, Any] = {"languages": [language for language in languages if language != "en"]}
    if playbook.company.privacy_url:
        told["privacy"] = playbook.company.privacy_url
    if widget.consent:
        told["consent"] = True
    if widget.open is not None:
        after = widget.open.after
        told["open"] = {
            "pages": paths_pattern(widget.open.pages),
            "after": None if after is None else after.total_seconds(),
            "leaving": widget.open.leaving,
        }
    return told


def served(told: Mapping[str, Any], static: Path = STATIC) -> bytes:
    """`/widget.js`: small where the minifier is installed, else as it is written."""
    style = _minified("text/css", (static / "widget.css").read_text("utf-8"))
    script = (static / "widget.js").read_text("utf-8")
    # JSON is JavaScript; a page cannot break out of it, because it is no part of a page
    script = script.replace('"@style"', json.dumps(style)).replace('"@given"', json.dumps(told, ensure_ascii=False))
    return _minified("application/javascript", script).encode()


@cache
def _minified(kind: str, text: str) -> str:
    try:
        import minify  # tdewolff-minify, which has no wheels for some systems
    except ImportError:
        return text
    return str(minify.string(kind, text))

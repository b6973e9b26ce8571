"""The bot's texts in other languages: `texts/<language>.yml`, read when the dialogue starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

#: The language of `domain.yml`.
OWN = "en"
Responses = Mapping[str, list[dict[str, Any]]]


def read_translations(folder: Path) -> dict[str, Responses]:
    """The responses of each file in `folder`, by language ("de"). What cannot be said is left out, and English is said
    there; `banter check` names it."""
    yaml = YAML(typ="safe")
    return {path.stem: _responses(yaml.load(path)) for path in sorted(folder.glob("*.yml"))}


def _responses(written: Any) -> Responses:
    responses = written.get("responses") if isinstance(written, Mapping) else None
    named = responses.items() if isinstance(responses, Mapping) else ()
    said = {name: [one for one in texts or () if isinstance(one, dict) and one.get("text")] for name, texts in named}
    return {name: texts for name, texts in said.items() if texts}


def language(locales: Iterable[str], there: Iterable[str]) -> str:
    """The language of the first of `locales` ("de-DE") that there are texts in; English otherwise."""
    known = {OWN, *there}
    spoken = (locale.replace("_", "-").partition("-")[0].lower() for locale in locales)
    return next((name for name in spoken if name in known), OWN)

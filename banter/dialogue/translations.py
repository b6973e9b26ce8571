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
    """The responses of each file in `folder`, by language ("de"). `banter check` says what is wrong with them."""
    yaml = YAML(typ="safe", pure=True)
    return {path.stem: yaml.load(path)["responses"] for path in sorted(folder.glob("*.yml"))}


def language(locales: Iterable[str], there: Iterable[str]) -> str:
    """The language of the first of `locales` ("de-DE") that there are texts in; English otherwise."""
    known = {OWN, *there}
    spoken = (locale.replace("_", "-").partition("-")[0].lower() for locale in locales)
    return next((name for name in spoken if name in known), OWN)

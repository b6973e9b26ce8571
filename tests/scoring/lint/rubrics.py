"""Rubrics as an owner might write them: in `planted` each with a defect, which its second line names; `sound` ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scoring.fit import Profile
from scoring.lint import Names
from scoring.profile import profile_from

HERE = Path(__file__).parent
PLANTED = sorted((HERE / "planted").glob("*.yml"))
SOUND = sorted((HERE / "sound").glob("*.yml"))
#: What is refused as the file is read, before there is a rubric to judge.
REFUSED = "refused"
_BOTH = ("director", "finance")
#: Names that facts can have, as a caller may know them.
VOCABULARY = {
    "industry": Names(("legal", "finance", "retail"), words={"solicitors": "legal"}),
    "mail": Names(("business", "free", "disposable")),
    "region": Names(("gb", "ie", "de", "at"), free=True, words={"germany": "de"}),
    "title": Names(("owner", "director", "manager", *_BOTH), free=True, beside={"finance director": _BOTH}),
    "current_tool": Names(("excel", "hubspot"), free=True),
}


def defect(path: Path) -> tuple[str, list[tuple[str, ...]]]:
    """The code that is to be found, and where."""
    said = re.match(r"# .*\n# finds (\w+) at (.+)\n", path.read_text(encoding="utf-8"))
    assert said, path
    assert path.stem.startswith(f"{said[1]}-"), path
    return said[1], [tuple(place.split(".")) for place in said[2].split()]


def data(path: Path) -> dict[str, Any]:
    """The rubric as plain data, without the profile."""
    return {name: part for name, part in YAML(typ="safe", pure=True).load(path).items() if name != "icp"}


def profile_of(path: Path) -> Profile:
    """The ideal customer that the file holds under `icp`, if it does."""
    return profile_from(YAML(typ="safe", pure=True).load(path).get("icp", {}))

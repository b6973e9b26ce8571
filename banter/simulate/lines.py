"""The words and the kinds of visitors: lines.jsonl and kinds.yml beside this file."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from banter.simulate.model import Cast, Kind, Line

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def cast() -> Cast:
    """What ships."""
    lines: dict[str, list[Line]] = {}
    for row in (HERE / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        line = _line(json.loads(row))
        lines.setdefault(line.says, []).append(line)
    known = YAML(typ="safe", pure=True).load((HERE / "kinds.yml").read_text(encoding="utf-8"))
    kinds = {name: _kind(name, {**known["usual"], **own}, known["usual"]) for name, own in known["kinds"].items()}
    return Cast({says: tuple(some) for says, some in lines.items()}, kinds, known["facts"])


def _line(row: dict[str, Any]) -> Line:
    return Line(**{**row, "after": tuple(row.get("after", ()))})


def _kind(name: str, row: dict[str, Any], usual: dict[str, Any]) -> Kind:
    does = {**usual["does"], **row["does"]}
    return Kind(name, row["share"], tuple(row["manners"]), row["opens"], does, row["patience"])

"""Scoring is pure: it can be read, moved and trusted on its own."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import scoring

FILES = sorted(Path(scoring.__file__).parent.rglob("*.py"))
#: What would let a file, a clock or the network into the points.
NOT_PURE = {"os", "io", "pathlib", "socket", "subprocess", "time", "random", "secrets", "urllib", "http", "sqlite3"}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add("scoring" if node.level else (node.module or "").split(".")[0])
    return found


def test_scoring_imports_the_standard_library_only() -> None:
    assert FILES
    foreign = {path.name: imports(path) - set(sys.stdlib_module_names) - {"scoring"} for path in FILES}
    assert not {name: names for name, names in foreign.items() if names}


def test_scoring_reads_no_file_clock_or_network() -> None:
    for path in FILES:
        assert not imports(path) & NOT_PURE, path.name
        calls = [node.func.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                 if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]  # fmt: skip
        assert not {"open", "print", "input", "eval", "exec"} & set(calls), path.name


def test_the_map_in_the_package_names_every_file() -> None:
    named = set(re.findall(r"`(\w+)`", scoring.__doc__ or ""))
    there = {path.stem if path.parent.name == "scoring" else path.parent.name for path in FILES} - {"__init__"}
    assert there <= named

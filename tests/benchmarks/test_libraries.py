"""A library behind a pipe: what it finds, and what becomes of one that dies or does not answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.evaluation.libraries import Library, LibraryError, libraries

ANSWERS = """
import json, sys, time
for line in sys.stdin:
    text = json.loads(line)["text"]
    if text == "die":
        sys.exit(1)
    if text == "brood":
        time.sleep(60)
    print(json.dumps({"found": [{"min": 1}] if "1" in text else [], "ms": 2.5}), flush=True)
"""


def library(folder: Path, program: str, patience: float = 20.0) -> Library:
    script = folder / "read_it.py"
    script.write_text(program)
    return Library("It", [sys.executable, str(script)], patience=patience)


def test_a_library_is_asked_line_by_line(tmp_path: Path) -> None:
    it = library(tmp_path, ANSWERS)
    assert it.ask("1 euro\nand\0more", "2026-01-01T12:00:00", "money").found == [{"min": 1}]
    assert it.ask("none", "2026-01-01T12:00:00", "money").ms == 2.5
    it.close()


def test_a_library_that_dies_of_a_text_has_found_nothing_in_it_and_goes_on(tmp_path: Path) -> None:
    it = library(tmp_path, ANSWERS)
    assert it.ask("die", "2026-01-01T12:00:00", "money").found == []
    assert it.ask("1", "2026-01-01T12:00:00", "money").found == [{"min": 1}]
    assert it.given_up == 1
    it.close()


def test_a_library_that_broods_is_ended(tmp_path: Path) -> None:
    it = library(tmp_path, ANSWERS, patience=0.2)
    assert it.ask("brood", "2026-01-01T12:00:00", "money").found == []
    assert it.given_up == 1
    it.close()


def test_a_library_that_cannot_start_says_why(tmp_path: Path) -> None:
    it = library(tmp_path, "import no_such_library")
    with pytest.raises(LibraryError, match="It does not start: ModuleNotFoundError"):
        it.ask("1", "2026-01-01T12:00:00", "money")


def test_libraries_that_cannot_be_installed_are_named_as_missing_and_stop_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "requirements-eval.lock"
    lock.write_text("no-such-library-without-a-hash==1\n")
    with libraries(tmp_path / "environment", lock) as (ready, missing):
        assert ready == []
        assert len(missing) == 1
        assert missing[0].startswith("The columns of all other libraries are missing: uv pip install failed")

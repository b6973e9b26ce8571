"""Rasa's own commands work in this folder, because people who know Rasa will type them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}


@pytest.mark.parametrize(
    "command",
    [
        ("data", "validate", "--fail-on-warnings"),
        ("test", "core", "--stories", "tests/conversations", "--fail-on-prediction-errors"),
    ],
    ids=["validate", "test"],
)
def test_rasa_is_content_with_its_files(command: tuple[str, ...], model: Path, tmp_path: Path) -> None:
    more = ("--model", str(model), "--out", str(tmp_path)) if command[0] == "test" else ()
    done = subprocess.run(
        [sys.executable, "-m", "rasa", *command, *more],
        cwd=ROOT,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]

"""The trained model: where it lies, whether it is of today's training data, and training it. Imports no Rasa."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAME = "dialogue"


class ModelError(RuntimeError):
    """The model is missing, altered, or could not be trained; the message says what to do."""


@dataclass(frozen=True)
class ModelFiles:
    """The project's training data and the model trained on it."""

    root: Path

    @property
    def model(self) -> Path:
        return self.root / "models" / f"{NAME}.tar.gz"

    @property
    def note(self) -> Path:
        """What the model was trained on, and the hash of its file."""
        return self.root / "models" / f"{NAME}.json"


def is_current(files: ModelFiles) -> bool:
    """True when the model was trained on the training data as it is now, and is the file that was trained."""
    note = _note(files)
    return files.model.is_file() and note.get("trained_on") == fingerprint(files) and note.get("sha256") == _hash(files)


def verify(files: ModelFiles) -> Path:
    """The model's path. Raises ModelError when it is missing or not the file that was trained here."""
    if not files.model.is_file():
        raise ModelError(f"There is no model at {files.model}. Run `banter train`.")
    if _note(files).get("sha256") != _hash(files):
        raise ModelError(f"{files.model} is not the file that was trained here. Run `banter train --force`.")
    return files.model


def train(files: ModelFiles) -> None:
    """Train with Rasa's own command, in a process of its own. Raises ModelError with what Rasa printed."""
    trained_on = fingerprint(files)
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", NAME]
    done = subprocess.run(
        command, cwd=files.root, env={**os.environ, **quiet}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not files.model.is_file():
        raise ModelError(f"Training failed. Rasa says:\n{(done.stderr or done.stdout)[-4000:]}")
    files.note.write_text(json.dumps({"trained_on": trained_on, "sha256": _hash(files)}), encoding="utf-8")


def fingerprint(files: ModelFiles) -> str:
    """A hash of everything that the model is made from."""
    digest = hashlib.sha256()
    for path in _sources(files.root):
        digest.update(str(path.relative_to(files.root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    yield from (root / "config.yml", root / "domain.yml")
    yield from sorted((root / "data").rglob("*.yml"))


def _note(files: ModelFiles) -> dict[str, str]:
    try:
        note = json.loads(files.note.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _hash(files: ModelFiles) -> str:
    return hashlib.sha256(files.model.read_bytes()).hexdigest()

"""Rasa, loaded once for all tests of the dialogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from banter.dialogue.model import ModelFiles, is_current, train

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model; trained now if the training data changed."""
    files = ModelFiles(ROOT)
    if not is_current(files):
        train(files)
    return files.model


@pytest.fixture(scope="session")
def engine(model: Path) -> Any:
    from banter.dialogue.engine import Engine

    return Engine(model)

from __future__ import annotations

from pathlib import Path

import pytest

from tests.configuration.folder import Folder, copied


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A good playbook, named `playbook/...` in messages because the test stands beside it."""
    monkeypatch.chdir(tmp_path)
    return copied(tmp_path)

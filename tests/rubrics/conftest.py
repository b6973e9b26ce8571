from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from banter.cli import app
from banter.configuration import load_playbook
from banter.configuration.rubric_file import Written, read_rubric_file
from banter.rubrics.publishing import put_in_force
from banter.store.database import SqlStore
from tests.configuration.folder import SHIPPED
from tests.databases import sqlite_store, sqlite_url

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)


@dataclass
class House:
    """A playbook of the owner's and a database, with the commands that work on them."""

    playbook: Path
    store: SqlStore
    monkeypatch: pytest.MonkeyPatch
    starts: int = 0

    @property
    def file(self) -> Path:
        return self.playbook / "rubric.yml"

    @property
    def profile(self) -> Path:
        return self.playbook / "icp.yml"

    def written(self) -> Written:
        return read_rubric_file(self.file)["bant"]

    def edit(self, old: str, new: str, *, name: str = "rubric.yml") -> None:
        file = self.playbook / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def start(self) -> str:
        """As `banter serve` does; the rubric that is in force then."""
        self.starts += 1
        with self.store.begin() as tx:
            now = NOW + timedelta(hours=self.starts)
            return put_in_force(tx, self.written(), load_playbook(self.playbook).profile, now).stamp

    def banter(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    playbook = tmp_path / "playbook"
    shutil.copytree(SHIPPED, playbook)
    store = sqlite_store(tmp_path)
    for name, value in (
        ("BANTER_PLAYBOOK", str(playbook)),
        ("BANTER_DATABASE_URL", sqlite_url(tmp_path)),
        ("BANTER_ADMIN_TOKEN", "a-token-of-the-tests"),
        ("BANTER_SECRET", "a-secret-of-the-tests"),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    yield House(playbook, store, monkeypatch)
    store.close()

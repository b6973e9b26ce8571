"""Settings, playbook and database for a command that looks at what is stored, or adds a line to it. A server may run on
the same database meanwhile: reading waits for nobody, writing for five seconds at most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from banter.bootstrap import ROOT, environment, stored
from banter.bootstrap import records as opened
from banter.settings import load_settings
from banter.store.database import open_store

if TYPE_CHECKING:
    from banter.leads.playbook import Playbook
    from banter.settings import Settings
    from banter.store.database import SqlStore


@contextmanager
def records() -> Iterator[tuple[Settings, Playbook, SqlStore]]:
    """Raises what `bootstrap.records` raises; the database is closed at the end."""
    settings, playbook, store = opened(environment())
    try:
        yield settings, playbook, store
    finally:
        store.close()


@contextmanager
def database() -> Iterator[tuple[Settings, SqlStore]]:
    """Settings and database alone, for what must work while the playbook has faults. Raises what `stored` raises."""
    settings, store = stored(environment())
    try:
        yield settings, store
    finally:
        store.close()


@contextmanager
def as_it_stands() -> Iterator[SqlStore | None]:
    """The database, neither made nor brought up to date; None where there is none yet. Raises SettingsError."""
    url = make_url(load_settings(environment(), root=ROOT).database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield None
        return
    store = open_store(url.render_as_string(hide_password=False))
    try:
        yield store
    finally:
        store.close()

"""The rubrics that were ever published. A row never changes but for when it was last put in force; one from before
profiles were kept gets its profile once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from banter.leads.published import Published
from banter.store.tables import rubrics
from banter.store.upsert import put_once


class SqlRubrics:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, version: int) -> Published | None:
        query = select(rubrics).where(rubrics.c.name == name, rubrics.c.version == version)
        row = self._connection.execute(query).first()
        return None if row is None else Published(**row._mapping)

    def all(self) -> list[Published]:
        """By name, each name's newest version first."""
        query = select(rubrics).order_by(rubrics.c.name, rubrics.c.version.desc())
        return [Published(**row._mapping) for row in self._connection.execute(query)]

    def in_force(self) -> Published | None:
        """What the server that started last scores by."""
        query = select(rubrics).where(rubrics.c.in_force_at.is_not(None)).order_by(rubrics.c.in_force_at.desc())
        row = self._connection.execute(query.limit(1)).first()
        return None if row is None else Published(**row._mapping)

    def publish(self, wanted: Published) -> Published:
        """What stands under that name and version now: `wanted`, or what was published as that before."""
        put_once(self._connection, rubrics, ("name", "version"), asdict(wanted))
        standing = self.get(wanted.name, wanted.version)
        assert standing is not None
        return standing

    def put_in_force(self, name: str, version: int, at: datetime) -> None:
        chosen = (rubrics.c.name == name) & (rubrics.c.version == version)
        self._connection.execute(update(rubrics).where(chosen).values(in_force_at=at))

    def keep_profile(self, name: str, version: int, profile: Mapping[str, Any]) -> None:
        """The profile of one that was published without; of any other it stays as it is."""
        without = (rubrics.c.name == name) & (rubrics.c.version == version) & rubrics.c.profile.is_(None)
        self._connection.execute(update(rubrics).where(without).values(profile=profile))

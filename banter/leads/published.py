"""A rubric as it was published: from then on it stays as it is, because leads were scored by it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scoring.model import Framework
from scoring.rubric import Rubric, rubric_from


@dataclass(frozen=True)
class Published:
    """`document` is the framework's section of `rubric.yml` as plain data, `source` where it came from, and
    `in_force_at` when a server last began to score by it; None: none has."""

    name: Framework
    version: int
    document: Mapping[str, Any]
    published_at: datetime
    source: str
    in_force_at: datetime | None = None

    @property
    def stamp(self) -> str:
        """`bant@1`: what a score is stamped with."""
        return f"{self.name}@{self.version}"

    @property
    def rubric(self) -> Rubric:
        """Raises RubricError where this version of Banter cannot read it any more."""
        return rubric_from(self.name, self.document)

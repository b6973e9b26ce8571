"""What the team reads in Slack: `words.yml`, beside this file. Pure but for reading that file once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

_FILE = Path(__file__).with_name("words.yml")


class Words:
    """The texts by name; `reasons` are those a lead may be rejected for, by key."""

    @cached_property
    def _all(self) -> Mapping[str, Any]:
        return YAML(typ="safe", pure=True).load(_FILE)  # type: ignore[no-any-return]

    def __getitem__(self, name: str) -> str:
        return str(self._all["texts"][name])

    def said(self, name: str, **values: object) -> str:
        """The text with its places filled. KeyError where one is not."""
        return self[name].format(**values)

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        return dict(self._all["reasons"])

    @cached_property
    def texts(self) -> Mapping[str, str]:
        return dict(self._all["texts"])


WORDS = Words()

"""What the product does not meet yet, by name, in `not_yet.yml`. The tests play it all the same and count it apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

NOT_YET: dict[str, list[str]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("not_yet.yml"))


def not_yet(value: Any, kind: str, name: str) -> Any:
    """The parameter `value` under `name`; expected to fail where the list of its kind holds that name."""
    marks = (
        [pytest.mark.xfail(reason="not met yet, see tests/conversations/not_yet.yml")] if name in NOT_YET[kind] else []
    )
    return pytest.param(value, id=getattr(value, "name", name), marks=marks)

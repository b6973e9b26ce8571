"""What differs between two rubrics, in plain lines: `points.budget.approved_amount 30 -> 35`. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: The number of an edition is no rule.
_BESIDE = ("version",)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """One line for each value that is another, in the order in which `old` has them, then what only `new` has.

    `old` and `new` are a framework's section of `rubric.yml` as plain data.
    """
    before, after = dict(_leaves(old)), dict(_leaves(new))
    return tuple(
        f"{key} {_said(before, key)} -> {_said(after, key)}"
        for key in dict.fromkeys((*before, *after))
        if key not in _BESIDE and (key not in before or key not in after or before[key] != after[key])
    )


def _leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(data, Mapping) and data:
        for name, value in data.items():
            yield from _leaves(value, f"{path}.{name}" if path else str(name))
    elif path:
        yield path, data


def _said(leaves: Mapping[str, Any], key: str) -> str:
    return str(leaves[key]) if key in leaves else "not there"

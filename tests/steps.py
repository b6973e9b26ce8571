"""Counts the steps of a call, so that a test of linear time needs no clock."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper
from types import FrameType

#: Caches of this size or more keep what was read of single messages; smaller ones keep rules and models.
_OF_MESSAGES = 64


def steps_of(run: Callable[[], object]) -> int:
    """How many function calls `run` makes, those into C among them. Rules are loaded by a run before, and what that
    run remembers of the message is forgotten."""
    run()
    for cache in [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]:
        if (cache.cache_parameters()["maxsize"] or 0) >= _OF_MESSAGES and cache.__module__.startswith("banter."):
            cache.cache_clear()
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count

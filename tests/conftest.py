"""For all tests: no property is about time, so none fails because the machine is busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("banter", settings(deadline=None))
settings.load_profile("banter")

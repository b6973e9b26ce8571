"""`make bench`: every figure of docs/figures.md, one after the other; some ten minutes. Or name some: `turns kills`."""

from __future__ import annotations

import importlib
import sys

ALL = ("scoring", "turns", "long_conversation", "start", "acknowledged", "double_booking", "kills")

for name in sys.argv[1:] or ALL:
    print(f"\n== {name}", flush=True)
    sys.argv = sys.argv[:1]
    importlib.import_module(f"benchmarks.{name}").main()

"""What becomes of 1,000 simulated visitors, and the figures that were promised of it. Some minutes; the same each time.

`python -m benchmarks.conversation [VISITORS] [SEED]`
"""

from __future__ import annotations

import sys
from datetime import date

from rich.console import Console

from banter import bootstrap
from banter.simulate.figures import Funnel
from banter.simulate.in_process import in_process
from banter.simulate.lines import cast
from banter.simulate.report import show
from banter.simulate.run import simulate

VISITORS = 1000
SEED = 4
#: A Monday. Fixed, so that every run is of the same conversations.
TODAY = date(2026, 11, 23)


def figures(funnel: Funnel) -> list[tuple[str, str, str, bool]]:
    """What, how much, how much was wanted, and whether it is reached."""
    whole, at_once, trouble = funnel.whole, funnel.all_at_once_most, funnel.trouble
    stayed, reached = funnel.stayed, funnel.reached_an_outcome
    return [
        ("questions asked, most", f"{whole.asked_most}", "6", whole.asked_most <= 6),
        ("questions asked, median", f"{whole.asked_median:g}", "at most 5", whole.asked_median <= 5),
        ("asked after everything was said at once, most", f"{at_once}", "0 or 1", at_once is None or at_once <= 1),
        (
            "who stayed reached an outcome, no sentence repeated, no dead end",
            f"{reached} of {stayed}",
            "100%",
            reached == stayed,
        ),
        ("conversations broken off by an error", f"{trouble.get('failure', 0)}", "0", not trouble.get("failure")),
        ("answers that nobody gave", f"{trouble.get('polluted', 0)}", "0", not trouble.get("polluted")),
        (
            "answers taken as they were meant",
            f"{100 * funnel.read_right / max(funnel.read, 1):.1f}% of {funnel.read}",
            "at least 95%",
            funnel.read_right >= 0.95 * funnel.read,
        ),
    ]


def main() -> None:
    visitors = int(sys.argv[1]) if len(sys.argv) > 1 else VISITORS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    with in_process(bootstrap.environment(), TODAY) as driver:
        funnel = simulate(driver, cast(), visitors=visitors, seed=seed, today=TODAY)
    show(funnel, Console(highlight=False))
    print(f"\n{visitors} simulated visitors, seed {seed}:")
    for what, measured, wanted, reached in figures(funnel):
        print(f"  {what}: {measured} (wanted: {wanted}){'' if reached else '  NOT REACHED'}")


if __name__ == "__main__":
    main()

"""Who comes: visitors drawn by lots. Pure; the same lots draw the same visitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from banter.simulate.model import DIMENSIONS, Cast, Kind, Lots, Visitor

#: {soon}, {mid} and {far} in a line are the months that end so many days from the day of the conversation.
MONTHS: Mapping[str, tuple[int, int]] = {"soon": (25, 60), "mid": (65, 118), "far": (215, 320)}
#: Some come at night: what is said of a person or of a call depends on the hour.
HOURS = (7, 9, 10, 11, 12, 14, 15, 16, 17, 20, 23)


def draw(number: int, kinds: Sequence[Kind], cast: Cast, today: date, lots: Lots) -> Visitor:
    """Visitor `number` of a run, of one of `kinds` by their shares."""
    named = {one.name: one for one in kinds}
    kind = named[weighted({name: one.share for name, one in named.items()}, lots)]
    return Visitor(
        number=number,
        kind=kind,
        manner=lots.choice(kind.manners),
        facts={d: weighted(cast.facts[d], lots) for d in DIMENSIONS},
        # A domain kept free for examples: a server that is spoken to over HTTP may really send mail.
        email=f"visitor{number}@{lots.choice(('books', 'mills', 'clinic', 'foods'))}.example.com",
        phone=f"+44 20 7946 0{number % 1000:03d}",  # a range kept free for fiction
        months=months(today),
        starts_after=timedelta(hours=lots.choice(HOURS), minutes=number % 60),
    )


def weighted(weights: Mapping[str, float], lots: Lots) -> str:
    """One of the keys, each as likely as its weight says."""
    left = lots.random() * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return next(reversed(list(weights)))


def months(today: date) -> dict[str, str]:
    """The names that fill {soon}, {mid} and {far} on a day: "December"."""
    return {name: _month_ending(today, *within) for name, within in MONTHS.items()}


def _month_ending(today: date, least: int, most: int) -> str:
    for days in range(least, most + 1):
        day = today + timedelta(days=days)
        if (day + timedelta(days=1)).day == 1:
            return f"{day:%B}"
    raise ValueError(f"no month ends {least} to {most} days after {today}")

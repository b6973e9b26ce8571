"""Opening hours: `monday-friday: 9:00-18:00`, several a day as a list, `closed` for none."""

from __future__ import annotations

from itertools import pairwise

from banter.configuration.section import Section
from banter.configuration.values import DAYS, Unfit, opening, short, weekdays
from banter.leads.playbook import Hours


def read_hours(section: Section, name: str) -> tuple[Hours, ...]:
    """The hours under `name`, by day and time; faults for days given twice and times that overlap."""
    below = section.below(name, "{monday-friday: 9:00-18:00}")
    if below is None:
        return ()
    found: list[Hours] = []
    given: set[int] = set()
    for day_name, entry in below.names.items():
        try:
            days = weekdays(day_name)
        except Unfit as unfit:
            below.fault(str(unfit), day_name)
            continue
        twice = [DAYS[day] for day in days if day in given]
        if twice:
            below.fault(f"gives {', '.join(twice)} a second time; put all its times on one line", day_name)
            continue
        given.update(days)
        items = entry.value if isinstance(entry.value, tuple) else (entry,)
        times = []
        for item in items:
            if item.raw == "closed":
                continue
            if not item.raw:
                below.fault("has no times; write e.g. 9:00-18:00, or closed", day_name, line=item.line)
                continue
            try:
                times.append(opening(item.raw))
            except Unfit as unfit:
                below.fault(str(unfit), day_name, line=item.line)
        times.sort()
        for before, after in pairwise(times):
            if after[0] < before[1]:
                below.fault(f"{short(after[0])} begins before {short(before[1])}; times may not overlap", day_name)
        found.extend(Hours(day, opens, closes) for day in days for opens, closes in times)
    if not found and not below.faults:
        section.fault("has no open times; without any no call can be offered", name)
    return tuple(sorted(found, key=lambda hours: (hours.weekday, hours.opens)))

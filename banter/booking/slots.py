"""Which times are free: opening hours, days off, what is taken, notice and horizon. Exact through clock changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from banter.leads.model import Slot
from banter.leads.playbook import Hours, Rep, Team

Interval = tuple[datetime, datetime]

UTC = timezone.utc
QUARTER = timedelta(minutes=15)
HALF = timedelta(minutes=30)
DAY = timedelta(days=1)


def free_slots(
    team: Team,
    busy: Mapping[str, Sequence[Interval]],
    *,
    now: datetime,
    first: datetime | None = None,
    last: datetime | None = None,
    days_off: Collection[date] = (),
) -> list[Slot]:
    """Every start at which somebody can take a call, in order, each with one rep; all times aware, slots in UTC.

    `busy` holds what is taken by rep key, buffers included. `first` and `last` narrow the starts further than notice
    and horizon do. `days_off` are the company's, added to each rep's own; a day is the rep's local day. Where several
    are free at once the one with the least taken time gets the call, then whoever stands first in the team.
    """
    now = now.astimezone(UTC)
    earliest = max(now + team.notice, first.astimezone(UTC)) if first else now + team.notice
    latest = min(now + team.horizon, last.astimezone(UTC)) if last else now + team.horizon
    load = {rep.key: sum((end - start for start, end in busy.get(rep.key, ())), timedelta()) for rep in team.reps}
    free: dict[datetime, Slot] = {}
    for rep in sorted(team.reps, key=lambda rep: load[rep.key]):  # stable: ties keep the team's order
        opened = open_times(rep, earliest, latest + team.call, days_off)
        taken = merged((start.astimezone(UTC), end.astimezone(UTC)) for start, end in busy.get(rep.key, ()))
        for start in _starts(opened, team.call, rep.timezone):
            if earliest <= start <= latest and start not in free and _is_free(taken, start, team.call + team.buffer):
                free[start] = Slot(start, start + team.call, rep.key)
    return [free[start] for start in sorted(free)]


def open_times(rep: Rep, start: datetime, end: datetime, days_off: Collection[date] = ()) -> list[Interval]:
    """When `rep` works on the local days from `start` to `end`, as UTC intervals that do not touch."""
    off = {*days_off, *rep.days_off}
    day = start.astimezone(rep.timezone).date() - DAY  # yesterday's hours may run past midnight
    last_day = end.astimezone(rep.timezone).date()
    found: list[Interval] = []
    while day <= last_day:
        if day not in off:
            for hours in rep.hours:
                if hours.weekday == day.weekday():
                    found.extend(in_utc(day, hours, rep.timezone))
        day += DAY
    return merged(found)


def in_utc(day: date, hours: Hours, zone: ZoneInfo) -> list[Interval]:
    """The instants of local `day` at which the clock in `zone` shows a time within `hours`.

    A time that the spring change leaves out is no time; one that the autumn change doubles counts twice. So a day may
    give two intervals. Hours that close at or before they open close on the next day ("18:00 to 00:00").
    """
    opens = datetime.combine(day, hours.opens)
    closes = datetime.combine(day if hours.closes > hours.opens else day + DAY, hours.closes)
    offsets = {_offset(clock, fold, zone) for clock in (opens, closes) for fold in (0, 1)}
    found = []
    for offset in offsets:
        start = (opens - offset).replace(tzinfo=UTC)
        end = (closes - offset).replace(tzinfo=UTC)
        found.extend(_while_offset_is(offset, start, end, zone))
    return merged(found)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Sorted, with touching and overlapping ones joined and empty ones left out."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def grid(call: timedelta) -> timedelta:
    """Calls of half and whole hours start on the half hour, others on the quarter."""
    return QUARTER if call % HALF else HALF


def _offset(clock: datetime, fold: int, zone: ZoneInfo) -> timedelta:
    offset = clock.replace(tzinfo=zone, fold=fold).utcoffset()
    assert offset is not None  # a ZoneInfo always knows
    return offset


def _offset_at(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _while_offset_is(offset: timedelta, start: datetime, end: datetime, zone: ZoneInfo) -> list[Interval]:
    """The part of [start, end) in which `zone` is `offset` ahead of UTC. At most one change lies within a day."""
    at_start, at_end = _offset_at(start, zone) == offset, _offset_at(end, zone) == offset
    if at_start and at_end:
        return [(start, end)]
    if not at_start and not at_end:
        return []
    before, after = start, end  # the change lies in (before, after]
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            break
        if (_offset_at(middle, zone) == offset) == at_start:
            before = middle
        else:
            after = middle
    return [(start, after)] if at_start else [(after, end)]


def _starts(opened: Iterable[Interval], call: timedelta, zone: ZoneInfo) -> Iterator[datetime]:
    step = grid(call)
    for opens, closes in opened:
        # Quarters of UTC are quarters of every zone in use; the local clock then says which of them are on the grid.
        start = datetime.fromtimestamp(-(-opens.timestamp() // 900) * 900, UTC)
        while start + call <= closes:
            local = start.astimezone(zone)
            if timedelta(hours=local.hour, minutes=local.minute) % step == timedelta():
                yield start
            start += QUARTER


def _is_free(taken: Sequence[Interval], start: datetime, need: timedelta) -> bool:
    before = bisect_left(taken, start + need, key=_begin) - 1  # the last that begins before ours would end
    return before < 0 or taken[before][1] <= start


def _begin(interval: Interval) -> datetime:
    return interval[0]

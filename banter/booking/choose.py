"""Which of the free times to show, and which one a visitor's words mean. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from banter.leads.model import Slot
from banter.leads.reading import TimeWish

Reason = Literal["chosen", "none_then", "none_fit", "unclear"]

SOON = timedelta(hours=24)
NEAR = timedelta(days=4)
CIVIL = (time(7), time(21))  # nobody is offered a call at three in the morning while there is another
USUAL_COUNT = 3


@dataclass(frozen=True)
class Choice:
    """`slot` is what the visitor means, else None with `alternatives` to show. `reason` is a code for the reply."""

    slot: Slot | None
    alternatives: tuple[Slot, ...]
    reason: Reason


def offer(slots: Sequence[Slot], *, now: datetime, timezone: ZoneInfo, count: int) -> tuple[Slot, ...]:
    """Up to `count` of `slots`, in order: the soonest, then other parts of the day and other days.

    The first is the soonest, within 24 hours where there are any; so is the second of three or more, in another part of
    a day. Times at night in the visitor's `timezone` are shown only where there is nothing else. A part of a day is
    shown by its earliest time, which is also what `choose` takes for "tomorrow afternoon".
    """
    left = sorted(slots, key=_start)
    if count < 1 or not left:
        return ()
    civil = [slot for slot in left if _is_civil(slot, timezone)]
    soon = [slot for slot in left if slot.starts_at <= now + SOON]
    first = next((slot for slot in civil if slot in soon), (soon or civil or left)[0])
    near = [slot for slot in left if slot.starts_at <= first.starts_at + NEAR]
    pool = near if len(near) >= count else left
    shown = [first]
    if count >= USUAL_COUNT:
        second = [slot for slot in soon if slot in civil and _bucket(slot, timezone) != _bucket(first, timezone)]
        shown.extend(second[:1])
    while len(shown) < count:
        rest = [slot for slot in pool if all(slot.starts_at != other.starts_at for other in shown)]
        if not rest:
            break
        shown.append(min(rest, key=_unlike(shown, timezone)))
    return tuple(sorted(shown, key=_start))


def choose(
    wish: TimeWish, offered: Sequence[Slot], free: Sequence[Slot], *, timezone: ZoneInfo, now: datetime
) -> Choice:
    """What `wish` means, given the times on the visitor's screen (`offered`) and all that are `free` now.

    A shown time that fits the words is what they mean; else the earliest free one that fits, shown or not. Nothing at
    that time: `none_then` with the nearest. `none_fit`: other than those shown. `unclear`: the shown ones again, as
    after a yes to several.
    """
    count = len(offered) or USUAL_COUNT
    shown = [_now_free(slot, free) for slot in offered]
    fits = _window(wish, timezone)
    if wish.ordinals:
        pool = [slot for slot in shown if fits(slot)] or (_first_day(free, fits, timezone) if _dated(wish) else [])
        picked = next((pool[place] for place in map(_place, wish.ordinals) if -len(pool) <= place < len(pool)), None)
        if picked is not None:
            return Choice(picked, (), "chosen")
        return Choice(None, tuple(offered), "unclear")
    rejected = {slot.starts_at for slot in offered} if wish.none_fit else set()
    others = [slot for slot in sorted(free, key=_start) if slot.starts_at not in rejected]
    if _dated(wish):
        fitting = [slot for slot in (*shown, *others) if fits(slot) and slot.starts_at not in rejected]
        if fitting:
            return Choice(fitting[0], (), "chosen")
        return Choice(None, _nearest(wish, others, timezone, count), "none_then")
    if wish.none_fit:
        parts = {_bucket(slot, timezone) for slot in offered}
        elsewhere = [slot for slot in others if _bucket(slot, timezone) not in parts]
        return Choice(None, offer(elsewhere or others, now=now, timezone=timezone, count=count), "none_fit")
    if wish.any_time and (shown or free):
        return Choice(shown[0] if shown else min(free, key=_start), (), "chosen")
    if wish.agrees and len(shown) == 1:
        return Choice(shown[0], (), "chosen")
    return Choice(None, tuple(offered), "unclear")


def _start(slot: Slot) -> datetime:
    return slot.starts_at


def _place(ordinal: int) -> int:
    """1 is the first, -1 the last; 0 is no place at all."""
    return ordinal - 1 if ordinal > 0 else ordinal or 10**6


def _first_day(free: Sequence[Slot], fits: Callable[[Slot], bool], timezone: ZoneInfo) -> list[Slot]:
    """The fitting times of the first day that has any: "the last one on Thursday" is this Thursday's."""
    found = [slot for slot in sorted(free, key=_start) if fits(slot)]
    return [slot for slot in found if _local(slot, timezone).date() == _local(found[0], timezone).date()]


def _now_free(slot: Slot, free: Sequence[Slot]) -> Slot:
    """The same time with whoever is free then. When nobody is, the slot itself: taking it says so."""
    return next((other for other in free if other.starts_at == slot.starts_at), slot)


def _local(slot: Slot, timezone: ZoneInfo) -> datetime:
    return slot.starts_at.astimezone(timezone)


def _is_civil(slot: Slot, timezone: ZoneInfo) -> bool:
    return CIVIL[0] <= _local(slot, timezone).time() < CIVIL[1]


def _part(slot: Slot, timezone: ZoneInfo) -> int:
    """0 morning, 1 afternoon (12:00 to 18:00, as visitors' words are read), 2 evening."""
    hour = _local(slot, timezone).hour
    return 0 if hour < 12 else 1 if hour < 18 else 2


def _bucket(slot: Slot, timezone: ZoneInfo) -> tuple[date, int]:
    return _local(slot, timezone).date(), _part(slot, timezone)


def _unlike(shown: Sequence[Slot], timezone: ZoneInfo) -> Callable[[Slot], tuple[float, ...]]:
    """A sort key: the less a time is like those shown, the smaller."""
    parts = [_part(slot, timezone) for slot in shown]
    days = [_local(slot, timezone).date() for slot in shown]
    both = [_bucket(slot, timezone) for slot in shown]

    def key(slot: Slot) -> tuple[float, ...]:
        part, day = _part(slot, timezone), _local(slot, timezone).date()
        crowded = both.count((day, part))
        gap = min(abs((slot.starts_at - other.starts_at).total_seconds()) for other in shown)
        return (
            not _is_civil(slot, timezone),
            crowded,
            parts.count(part),
            days.count(day),
            -gap if crowded else 0,
            slot.starts_at.timestamp(),
        )

    return key


def _dated(wish: TimeWish) -> bool:
    """Whether the wish says anything about the day or the time of day."""
    bounds = (wish.first_day, wish.last_day, wish.earliest, wish.latest)
    return bool(wish.weekdays) or any(bound is not None for bound in bounds)


def _window(wish: TimeWish, timezone: ZoneInfo) -> Callable[[Slot], bool]:
    def fits(slot: Slot) -> bool:
        local = _local(slot, timezone)
        return _days_off(local.date(), wish) == 0 and _hours_off(local.time(), wish) == 0

    return fits


def _days_off(day: date, wish: TimeWish) -> int:
    """How many days `day` lies from the nearest one wished for."""

    def wished(other: date) -> bool:
        return (
            (wish.first_day is None or other >= wish.first_day)
            and (wish.last_day is None or other <= wish.last_day)
            and (not wish.weekdays or other.weekday() in wish.weekdays)
        )

    if wished(day):
        return 0
    outside = 0
    if wish.first_day is not None and day < wish.first_day:
        outside = (wish.first_day - day).days
    elif wish.last_day is not None and day > wish.last_day:
        outside = (day - wish.last_day).days
    around = (gap for gap in range(1, 8) if wished(day - timedelta(gap)) or wished(day + timedelta(gap)))
    return max(outside, next(around, 1))


def _hours_off(clock: time, wish: TimeWish) -> float:
    """How many hours `clock` lies from the nearest time of day wished for."""
    at, low, high = (_hour(moment) for moment in (clock, wish.earliest or time(0), wish.latest or time.max))
    if low > high:  # "after 22, before 2"
        return 0.0 if at >= low or at <= high else min(low - at, at - high)
    return max(low - at, at - high, 0.0)


def _hour(moment: time) -> float:
    return moment.hour + moment.minute / 60 + moment.second / 3600


def _nearest(wish: TimeWish, free: Sequence[Slot], timezone: ZoneInfo, count: int) -> tuple[Slot, ...]:
    """The free times that miss the wish by least. A day counts like three hours. So that they are not three times in a
    row, each one already shown in the same part of the same day counts like another hour, or like more than a day where
    the visitor named no time of day."""
    found: list[Slot] = []
    rest = sorted(free, key=_start)
    crowding = 4 if wish.earliest is None and wish.latest is None else 1

    def miss(slot: Slot) -> float:
        local = _local(slot, timezone)
        like = sum(_bucket(other, timezone) == _bucket(slot, timezone) for other in found)
        return 3 * _days_off(local.date(), wish) + _hours_off(local.time(), wish) + crowding * like

    while rest and len(found) < count:
        best = min(rest, key=miss)
        found.append(best)
        rest.remove(best)
    return tuple(sorted(found, key=_start))

"""Visitors come one after the other, and what happened is summed up."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

from banter.leads.ports import DialogueDown
from banter.simulate.figures import Funnel, Told, funnel, tell
from banter.simulate.model import Cast, Dialogue, Driver, Exchange, Kind, Lots, Visitor
from banter.simulate.policy import next_move
from banter.simulate.visitors import draw


def simulate(
    driver: Driver,
    cast: Cast,
    *,
    visitors: int,
    seed: int,
    today: date,
    kinds: Sequence[str] = (),
    each: Callable[[Told], None] = lambda told: None,
) -> Funnel:
    """Send `visitors` of `kinds` (all kinds when none is named). The same seed sends the same; `each` hears of each."""
    sent: list[Kind] = [cast.kinds[name] for name in kinds] or list(cast.kinds.values())
    told = []
    for number in range(1, visitors + 1):
        lots = random.Random(f"{seed}:{number}")  # of its own, so that one who talks longer changes nobody else
        one = tell(talk(driver, draw(number, sent, cast, today, lots), cast, lots))
        told.append(one)
        each(one)
    return funnel(told)


def talk(driver: Driver, visitor: Visitor, cast: Cast, lots: Lots) -> Dialogue:
    """A whole conversation, to its end or to the error that broke it off."""
    exchanges: list[Exchange] = []
    try:
        reply = driver.begin(visitor)
        exchanges.append(Exchange(None, reply, driver.known()))
        while True:
            visitor, move = next_move(visitor, reply, cast, lots)
            if move is None:
                break
            reply = driver.say(move)
            exchanges.append(Exchange(move, reply, driver.known()))
        driver.finish()
    except DialogueDown as error:
        return Dialogue(visitor, tuple(exchanges), f"{error.__cause__ or error}")
    return Dialogue(visitor, tuple(exchanges))

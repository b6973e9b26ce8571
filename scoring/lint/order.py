"""Better is never worth less: of points out of order, the fewest are named that would have to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise


@dataclass(frozen=True)
class Misplaced:
    """`name` is to change; of `better` and `worse`, one is it, and the better is worth less."""

    name: str
    better: str
    worse: str
    message: str

    @property
    def both(self) -> tuple[str, str]:
        return self.better, self.worse


def misplaced(names: Sequence[str], points: Mapping[str, int], what: str) -> Iterator[Misplaced]:
    """`names` are the best first; `what` they are, such as "answer"."""
    kept = _longest_in_order(names, points)
    for place, name in enumerate(names):
        if name in kept:
            continue
        better = [other for other in names[:place] if other in kept]
        worse = [other for other in names[place + 1 :] if other in kept]
        least, most = (points[worse[0]] if worse else None), (points[better[-1]] if better else None)
        room = _room(least, most)
        if most is not None and points[name] > most:
            against = f"more than {better[-1]} ({most}), which is a better {what}"
            mend = f"give it {room}, or {better[-1]} {points[name]} or more"
            yield Misplaced(name, better[-1], name, f"is worth {points[name]}, {against}; {mend}")
        else:
            against = f"less than {worse[0]} ({least}), which is a worse {what}"
            mend = f"give it {room}, or {worse[0]} {points[name]} or less"
            yield Misplaced(name, name, worse[0], f"is worth {points[name]}, {against}; {mend}")


def _longest_in_order(names: Sequence[str], points: Mapping[str, int]) -> tuple[str, ...]:
    """As many as there can be whose points never rise from a better one to a worse."""
    return next(
        kept
        for count in range(len(names), 0, -1)
        for kept in combinations(names, count)
        if all(points[one] >= points[following] for one, following in pairwise(kept))
    )


def _room(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return f"{most} or less" if least is None else f"{least} or more"
    return f"{least} to {most}" if least < most else f"{least}"

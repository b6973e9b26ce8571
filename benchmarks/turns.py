"""Turns a second and the median turn through the real HTTP edge, beside a stock Rasa of the same four questions.

Both keep everything on disk. Visitors come `TOGETHER` at a time; each says five things. The two take turns, round by
round, so that whatever else the machine does falls on both. A stock Rasa is greeted; Banter greets by itself.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests

from benchmarks.peers import Banter, Chat, banter, stock_rasa

TOGETHER = 4
ROUNDS = 5
VISITORS_A_ROUND = 24
SAID = (
    "hello",
    "month end takes my team six days and we still find errors",
    "we have 15k approved for it",
    "I run finance here, my signature",
    "by the end of next month",
)
_numbers = itertools.count()


def visitor_of_banter(server: Banter) -> list[float]:
    chats: list[Chat] = []
    opening = _timed(lambda: chats.append(server.open()))  # a turn as well: the bot says hello and asks
    return [opening, *(_timed(lambda text=text: chats[0].say(text)) for text in SAID[1:])]


def visitor_of_rasa(url: str) -> list[float]:
    session, sender = requests.Session(), f"visitor-{next(_numbers)}"

    def say(text: str) -> None:
        answer = session.post(url, json={"sender": sender, "message": text}, timeout=60)
        answer.raise_for_status()
        assert answer.json(), "the stock Rasa said nothing"

    return [_timed(lambda text=text: say(text)) for text in SAID]


def one_round(visit: Callable[[], list[float]], visitors: int) -> tuple[float, list[float]]:
    """Turns a second, and the seconds of each turn."""
    began = time.perf_counter()
    with ThreadPoolExecutor(TOGETHER) as pool:
        turns = [seconds for visit_ in pool.map(lambda _: visit(), range(visitors)) for seconds in visit_]
    return len(turns) / (time.perf_counter() - began), turns


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    with banter() as ours, stock_rasa() as theirs:
        for visit in (lambda: visitor_of_banter(ours), lambda: visitor_of_rasa(theirs)):
            one_round(visit, TOGETHER)  # warm
        rates: dict[str, list[float]] = {"banter": [], "rasa": []}
        turns: dict[str, list[float]] = {"banter": [], "rasa": []}
        for _ in range(ROUNDS):
            for name, visit in (
                ("banter", lambda: visitor_of_banter(ours)),
                ("rasa", lambda: visitor_of_rasa(theirs)),
            ):
                rate, seconds = one_round(visit, VISITORS_A_ROUND)
                rates[name].append(rate)
                turns[name].extend(seconds)
    rate = {name: statistics.median(values) for name, values in rates.items()}
    median = {name: statistics.median(values) * 1000 for name, values in turns.items()}
    print(f"turns a second, {TOGETHER} visitors at a time: Banter {rate['banter']:.0f}, stock Rasa {rate['rasa']:.0f}")
    print(f"  ratio {rate['banter'] / rate['rasa']:.1f} (wanted: at least 3; the goal: 5)")
    print(f"median turn: Banter {median['banter']:.1f} ms, stock Rasa {median['rasa']:.1f} ms")
    print(f"  ratio {median['banter'] / median['rasa']:.2f} (wanted: at most 0.5)")


if __name__ == "__main__":
    main()

"""The 240th turn of a conversation against the 10th, beside a stock Rasa's. Medians of 11 turns around each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import requests

from benchmarks.peers import banter, stock_rasa

SAID = "how much is it?"  # answered, and the open question comes back: a conversation that never ends


def early_and_late(say: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the 10th and of the 240th turn."""
    taken = []
    for _ in range(246):
        began = time.perf_counter()
        say()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[4:15]), statistics.median(taken[234:245])


def main() -> None:
    with banter() as ours:
        chat = ours.open()
        early, late = early_and_late(lambda: chat.say(SAID))
    with stock_rasa() as url:
        session = requests.Session()

        def say(text: str = SAID) -> None:
            session.post(url, json={"sender": "long", "message": text}, timeout=120).raise_for_status()

        say("hello")
        early_rasa, late_rasa = early_and_late(say)
    print(f"turn 10 and turn 240 of Banter: {early:.1f} and {late:.1f} ms")
    print(f"turn 10 and turn 240 of a stock Rasa: {early_rasa:.1f} and {late_rasa:.1f} ms")
    print(f"  ratio {late / early:.2f} (wanted: at most 1.3; stock Rasa: {late_rasa / early_rasa:.1f})")


if __name__ == "__main__":
    main()

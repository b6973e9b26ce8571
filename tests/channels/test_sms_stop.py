"""STOP and its like: at once, without the dialogue, and nothing leaves afterwards."""

from __future__ import annotations

import random
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from banter.leads.consent import START_WORDS, STOP_WORDS, key_of
from banter.leads.model import OutboxItem
from banter.leads.playbook import Sms
from banter.worker.sms_gate import SmsGate
from banter.worker.worker import Worker
from tests.channels.house import NOON, House, a_house
from tests.channels.texting import NUMBER, a_form, lead_of, outbox, post, settle, text, transcript


def ledger(house: House) -> list[tuple[str, str, str]]:
    with house.store.begin(readonly=True) as tx:
        lines = tx.consents.of(key_of("sms", NUMBER, house.settings.secret))
    return [(line.kind, line.words, line.source) for line in lines]


def bots(house: House) -> list[str]:
    return [line for who, line in transcript(house) if who == "bot"]


class Phone:
    def __init__(self) -> None:
        self.got: list[str] = []

    def send(self, item: OutboxItem, now: datetime) -> str:
        self.got.append(item.payload["text"])
        return "SM1"


def a_worker(house: House, phone: Any) -> Worker:
    gate = SmsGate(Sms(), ZoneInfo("Europe/Dublin"), house.settings.secret)
    return Worker(house.store, mail=None, now=lambda: house.clock[0], senders={"sms": phone}, gates={"sms": gate})


@pytest.mark.parametrize(
    "word", [*STOP_WORDS, "Stop.", " STOP ALL ", "🛑 stop!!", "un-subscribe", "please lose my number"]
)
def test_a_stop_is_confirmed_once_and_what_was_queued_is_taken_back(house: House, word: str) -> None:
    text(house, "hello")
    house.dialogue.down = True
    text(house, word)
    text(house, word)
    assert [(item.payload["text"], item.status) for item in outbox(house)] == [
        ("You said: hello", "cancelled"),
        ("stopped.", "queued"),
    ]
    assert [line for who, line in transcript(house) if who == "visitor"] == ["hello", word, word]
    kinds = [kind for kind, _, _ in ledger(house)]
    assert kinds == ["asked", "opted_out"]
    assert ledger(house)[-1] == ("opted_out", word, "free words" if "lose" in word else "word")


def test_a_stop_in_the_middle_of_a_question_ends_it_and_all_that_was_to_come(house: House) -> None:
    text(house, "hello")
    lead = lead_of(house)
    assert lead is not None
    with house.store.begin() as tx:
        for kind in ("timer_nudge", "timer_patience", "nurture", "invitation"):
            tx.outbox.put(
                kind, kind, {"conversation": lead.conversation}, due_at=NOON + timedelta(days=1), lead=lead.id
            )
    text(house, "STOP")
    left = {item.key for item in outbox(house, "queued") if not item.payload.get("notice")}
    assert left == {"invitation"}
    stopped = lead_of(house)
    assert stopped is not None
    assert (stopped.status, stopped.awaiting) == ("closed", None)


def test_what_waited_for_an_answer_is_kept_and_not_answered(house: House) -> None:
    house.dialogue.down = True
    text(house, "hello")
    text(house, "what does it cost?")
    text(house, "stop")
    house.dialogue.down = False
    text(house, "and another thing")
    assert transcript(house) == [
        ("visitor", "hello"),
        ("visitor", "what does it cost?"),
        ("visitor", "stop"),
        ("bot", "stopped."),
        ("visitor", "and another thing"),
    ]
    assert house.dialogue.turns == 0


def test_a_first_message_can_be_a_stop(house: House) -> None:
    text(house, "STOP")
    phone = Phone()
    a_worker(house, phone).run_once(NOON)
    assert phone.got == ["stopped."]


@pytest.mark.parametrize("word", START_WORDS)
def test_who_has_stopped_can_come_back(house: House, word: str) -> None:
    text(house, "hello")
    text(house, "stop")
    text(house, word)
    text(house, "hello again")
    assert bots(house)[1:] == ["stopped.", "back.", "You said: hello again"]
    phone = Phone()
    a_worker(house, phone).run_once(NOON)
    assert phone.got == [
        "stopped.",
        "back.",
        "You said: hello again",
    ]


def test_a_yes_is_an_answer_to_who_has_not_stopped(house: House) -> None:
    text(house, "hello")
    text(house, "yes")
    assert bots(house) == ["You said: hello", "You said: yes"]


def test_a_start_begins_a_conversation_and_is_written_down(house: House) -> None:
    text(house, "START")
    assert bots(house) == ["You said: START"]
    assert [kind for kind, _, _ in ledger(house)] == ["asked", "opted_in"]


@pytest.mark.parametrize("word", ["help", "INFO", "Help?"])
def test_help_says_who_we_are_and_the_question_stays_open(house: House, word: str) -> None:
    text(house, "hello")
    before = lead_of(house)
    text(house, word)
    assert bots(house)[-1] == "help."
    after = lead_of(house)
    assert before is not None
    assert after is not None
    assert (after.status, after.awaiting) == (before.status, before.awaiting)


def test_stops_work_within_the_same_request_while_a_turn_hangs(house: House) -> None:
    house.dialogue.slow = threading.Event()
    post(house, a_form("hello"))
    assert post(house, a_form("STOP")).status_code == 200
    assert ledger(house)[-1][0] == "opted_out"
    house.dialogue.slow.set()
    house.dialogue.slow = None
    settle(house)
    assert bots(house) == ["stopped."]


class Scheduler:
    """A worker that sends and a visitor who stops, both on their own threads, begun in an order that `random` draws.
    What leaves after the stop was acknowledged is a fault."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.drawn = house, random.Random(seed)
        self.stopped = threading.Event()
        self.late: list[str] = []
        self.left = 0

    def send(self, item: OutboxItem, now: datetime) -> str:
        for _ in range(self.drawn.randrange(3)):
            threading.Event().wait(0)  # gives the other thread its turn
        if self.stopped.is_set() and item.payload.get("notice") != "stopped":
            self.late.append(item.payload["text"])
        self.left += 1
        return "SM1"

    def play(self) -> None:
        worker = a_worker(self.house, self)
        with self.house.store.begin() as tx:
            for n in range(4):
                key = f"{self.drawn.random()}"
                fields = {"to": NUMBER, "text": f"line {n}", "buttons": [], "prompted": True}
                tx.outbox.put(key, "sms", fields, due_at=NOON, lead=None)
        working = threading.Thread(target=lambda: worker.run_once(NOON))
        stopping = threading.Thread(target=self.stop)
        first, second = (working, stopping) if self.drawn.random() < 0.5 else (stopping, working)
        first.start()
        for _ in range(self.drawn.randrange(200)):
            pass
        second.start()
        working.join()
        stopping.join()
        worker.run_once(NOON)

    def stop(self) -> None:
        assert post(self.house, a_form("STOP")).status_code == 200
        self.stopped.set()


def a_number_of_meetings(folder: Path, seeds: range) -> None:
    house = a_house(folder)
    house.dialogue.down = True
    with house.client:
        for seed in seeds:
            play = Scheduler(house, seed)
            post(house, a_form("START"))
            play.play()
            assert play.late == [], seed
            with house.store.begin(readonly=True) as tx:
                assert not [item for item in tx.outbox.page(size=1000) if item.status == "queued"], seed
    house.store.close()


@pytest.mark.parametrize("start", range(4))
def test_nothing_leaves_after_the_stop_is_acknowledged_however_the_worker_and_it_meet(
    start: int, tmp_path: Path
) -> None:
    a_number_of_meetings(tmp_path, range(1000 * start, 1000 * start + 25))


@pytest.mark.exhaustive
@pytest.mark.parametrize("start", range(100))
def test_nothing_leaves_after_a_stop_in_ten_thousand_meetings_of_it_and_the_worker(start: int, tmp_path: Path) -> None:
    a_number_of_meetings(tmp_path, range(100_000 + 100 * start, 100_000 + 100 * start + 100))

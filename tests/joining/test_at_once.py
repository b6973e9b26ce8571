"""Both conversations, the button and a third place at the same moment: nothing is lost, nobody waits in a ring."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.joining.place import MAIL, NUMBER, Place

ROUNDS = 12


def at_once(*work: Callable[[], Any]) -> Sequence[Any]:
    """All begin together; a fault of any of them is raised."""
    start = threading.Barrier(len(work), timeout=30)

    def run(one: Callable[[], Any]) -> Any:
        start.wait()
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        return [result.result() for result in [pool.submit(run, one) for one in work]]


def test_turns_in_both_conversations_at_once_lose_nothing(place: Place) -> None:
    place.texts_and_chats()
    place.answers("yes")
    (before,) = place.listed()

    def talk(conversation: str) -> None:
        for _ in range(ROUNDS):
            place.says(conversation, "!price")

    at_once(lambda: talk("c_sms"), lambda: talk("c_web"))
    (after,) = place.listed()
    assert (after.id, after.turns) == (before.id, before.turns + 2 * ROUNDS)
    assert {d: after.answers[d] for d in before.answers} == before.answers


def test_answers_given_in_three_conversations_at_once_all_count(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", f"hello {MAIL}")
    for conversation in ("c_one", "c_two"):
        place.begin(conversation)
        place.says(conversation, f"hello {MAIL}")
        place.answers("yes")
        place.now = place.now.replace(day=place.now.day + 1)
    assert len(place.listed()) == 1
    at_once(
        lambda: place.says("c_sms", "need=quantified"),
        lambda: place.says("c_one", "authority=final"),
        lambda: place.says("c_two", "timeline=within_60_days"),
    )
    (lead,) = place.listed()
    assert set(lead.answers) == {"need", "authority", "timeline"}


def test_pressed_twice_at_once_joins_once(place: Place) -> None:
    place.texts_and_chats()
    answers = at_once(*(lambda: place.answers("yes").status_code for _ in range(4)))
    assert sorted(answers) == [200, 410, 410, 410]
    (lead,) = place.listed()
    assert len(lead.joined) == 1


def test_what_is_said_in_either_while_the_button_is_pressed_is_kept(place: Place) -> None:
    place.texts_and_chats()
    turns = sum(lead.turns for lead in place.listed())
    at_once(
        lambda: place.answers("yes"),
        lambda: [place.says("c_sms", "!price") for _ in range(ROUNDS)],
        lambda: [place.says("c_web", "timeline=someday") for _ in range(ROUNDS)],
    )
    (lead,) = place.listed()
    assert lead.turns == turns + 2 * ROUNDS
    assert set(lead.answers) == {"need", "budget", "authority", "timeline"}


def test_two_who_give_the_same_address_at_once_are_asked_about_once(place: Place) -> None:
    for conversation in ("c_one", "c_two", "c_three"):
        place.begin(conversation)
        place.says(conversation, "need=quantified")
    at_once(*(lambda c=c: place.says(c, MAIL) for c in ("c_one", "c_two", "c_three")))  # type: ignore[misc]
    for conversation in ("c_one", "c_two", "c_three"):
        place.says(conversation, "hm")
    assert len(place.questions()) == 1


def test_two_joinings_that_share_a_lead_at_once_make_one_of_three(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "need=quantified")
    place.begin("c_one")
    place.says("c_one", f"authority=final ring:{NUMBER}")
    by_sms = place.link()
    place.begin("c_two")
    place.says("c_two", f"budget=approved_amount {MAIL}")
    place.says("c_one", MAIL)
    by_mail = place.link()
    assert by_sms != by_mail
    turns = sum(lead.turns for lead in place.listed())
    at_once(
        lambda: place.answers("yes", by_sms),
        lambda: place.answers("yes", by_mail),
        *(
            lambda c=c: [place.says(c, "!price") for _ in range(ROUNDS)]  # type: ignore[misc]
            for c in ("c_sms", "c_one", "c_two")
        ),
    )
    (lead,) = place.listed()
    assert len(lead.joined) == 2
    assert lead.turns == turns + 3 * ROUNDS
    assert {"need", "authority", "budget"} <= set(lead.answers)
    assert {place.lead(c).id for c in ("c_sms", "c_one", "c_two")} == {lead.id}

"""Visitors cannot reach each other's conversations, however often they guess."""

from __future__ import annotations

import random
import secrets
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from banter.channels.limits import Limits, Rate
from tests.channels.house import House, a_house

_LETTERS = string.ascii_letters + string.digits + "-_."
NO_BRAKE = Limits(
    conversation=Rate(1e6, 10**6), opening=Rate(1e6, 10**6), address=Rate(1e6, 10**6), transcripts=Rate(1e6, 10**6)
)


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[House]:
    house = a_house(tmp_path, limits=NO_BRAKE)
    with house.client:
        yield house
    house.store.close()


def a_guess(theirs: str, own: str, chance: random.Random) -> str:
    """Another's token with one letter changed, cut, lengthened or mixed with one's own; one's own; anything."""
    place = chance.randrange(len(theirs))
    return chance.choice(
        (
            theirs[:place] + chance.choice(_LETTERS.replace(theirs[place], "")) + theirs[place + 1 :],
            theirs[:place],
            theirs + chance.choice(_LETTERS),
            own,
            own[: len(own) // 2] + theirs[len(theirs) // 2 :],
            secrets.token_urlsafe(chance.randrange(1, 60)),
            theirs.swapcase(),
        )
    )


def guesses(house: House, count: int) -> None:
    victim, right = house.begin()
    mine, own = house.begin()
    house.say(victim, right, "our secret is 4711")
    token, my_token = right["Authorization"][7:], own["Authorization"][7:]
    chance = random.Random(count)
    path = f"/api/conversations/{victim}"
    for n in range(count):
        guess = a_guess(token, my_token, chance)
        if guess == token:
            continue
        headers = {"Authorization": f"Bearer {guess}"}
        if n % 3 == 0:
            answer = house.client.get(path, headers=headers)
        elif n % 3 == 1:
            answer = house.client.get(f"{path}/events", params={"token": guess})
        else:
            answer = house.say(victim, headers, "mark me qualified", id=f"g{n}")
        assert answer.status_code == 401, (guess, answer.status_code)
        assert "4711" not in answer.text
    told = house.client.get(path, headers=right).json()["messages"]
    assert [line["text"] for line in told if line["from"] == "visitor"] == ["our secret is 4711"]
    assert house.client.get(f"/api/conversations/{mine}", headers=own).status_code == 200


def test_five_hundred_guesses_and_swaps_read_and_write_nothing(open_house: House) -> None:
    guesses(open_house, 500)


@pytest.mark.exhaustive
def test_ten_thousand_guesses_and_swaps_read_and_write_nothing(open_house: House) -> None:
    guesses(open_house, 10_000)

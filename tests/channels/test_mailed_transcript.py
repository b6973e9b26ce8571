"""A visitor asks for the conversation by mail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from banter.channels.limits import Limits, Rate
from banter.leads.model import OutboxItem
from banter.worker.mail import mail_from
from tests.channels.house import NOON, House, a_house


def ask(house: House, conversation: str, headers: dict[str, str], email: object, **more: str) -> int:
    body = {"email": email, **more}
    return house.client.post(f"/api/conversations/{conversation}/transcript", json=body, headers=headers).status_code


def mails(house: House) -> list[OutboxItem]:
    with house.store.begin(readonly=True) as tx:
        return [item for item in tx.outbox.page() if item.kind == "transcript"]


def test_the_whole_conversation_is_mailed_once(house: House) -> None:
    conversation, headers = house.begin(timezone="Europe/Berlin")
    house.say(conversation, headers, "Our close takes six days")
    assert ask(house, conversation, headers, " pat@EXAMPLE.com") == 422
    assert [ask(house, conversation, headers, "pat@EXAMPLE.com") for _ in range(2)] == [200, 200]
    (item,) = mails(house)
    assert item.payload["to"] == "pat@example.com"
    assert item.due_at == NOON
    message = mail_from(item, sender="sales@acorn.example", now=NOON)
    body = message.get_content()
    assert message["Subject"] == "Your conversation with Acorn & Sons"
    assert body.index("Assistant (automated), 13:00\nHello, I am a bot.") < body.index(
        "You, 13:00\nOur close takes six days"
    )
    assert "given your address" not in body
    assert "1 Oak Street, Dublin" in body
    assert "token" not in body


def test_it_is_in_the_language_of_the_page(house: House) -> None:
    conversation, headers = house.begin()
    assert ask(house, conversation, headers, "pat@example.com", locale="de-AT") == 200
    assert mails(house)[0].payload["subject"] == "Ihre Unterhaltung mit Acorn & Sons"
    assert ask(house, conversation, headers, "kim@example.com", locale="xx") == 200
    assert mails(house)[0].payload["subject"] == "Your conversation with Acorn & Sons"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "pat",
        "pat@",
        "a@b@c.example",
        "pat@example.com\r\nBcc: all@example.com",
        "x" * 250 + "@example.com",
        5,
        None,
    ],
)
def test_what_is_no_address_is_refused_and_counts_for_nothing(house: House, address: object) -> None:
    conversation, headers = house.begin()
    assert ask(house, conversation, headers, address) == 422
    assert mails(house) == []


def test_nobody_is_flooded(tmp_path: Path) -> None:
    house = a_house(tmp_path, limits=replace(Limits(), transcripts=Rate(a_second=1 / 1200, burst=3)))
    with house.client:
        one, headers = house.begin()
        assert [ask(house, one, headers, f"pat{n}@example.com") for n in range(4)] == [200, 200, 200, 429]
        asked = []
        for _ in range(3):  # from conversation to conversation, to one address
            conversation, own = house.begin()
            asked.append(ask(house, conversation, own, "PAT0@example.com"))
        assert asked == [200, 200, 429]
    house.store.close()


def test_a_stranger_gets_nothing(house: House) -> None:
    conversation, _ = house.begin()
    _, other = house.begin()
    assert ask(house, conversation, other, "pat@example.com") == 401
    assert ask(house, "c_" + "x" * 22, other, "pat@example.com") == 404
    assert mails(house) == []

"""Only what Twilio signed gets in. The vectors are those of Twilio's own library (`twilio_signature.jsonl`, from
twilio-python, tests/unit/test_request_validator.py, MIT; the negatives are derived from them)."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode

import pytest
from twilio.request_validator import RequestValidator

from banter.channels.twilio import is_genuine
from tests.channels.house import ACCOUNT, PUBLIC, TOKEN, House
from tests.channels.texting import a_form, outbox, post, settle, signature

VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parent / "twilio_signature.jsonl").read_text("utf-8").splitlines()
    if line.strip()
]
URL = f"{PUBLIC}/sms/twilio"

Pairs = list[tuple[str, str]]


def genuine(vector: dict[str, Any]) -> bool:
    pairs = [(name, value) for name, value in vector["params"] or []]
    return is_genuine(vector["auth_token"], vector["url"], pairs, vector["signature"])


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["body"] is None], ids=lambda v: v["name"])
def test_twilios_own_vectors(vector: dict[str, Any]) -> None:
    names = [name for name, _ in vector["params"]]
    # A field that comes twice is never sent by Twilio for a message, and one signature fits several such forms.
    assert genuine(vector) is (vector["valid"] and len(names) == len(set(names)))


def test_every_vector_of_a_form_was_looked_at() -> None:
    assert sum(v["body"] is None for v in VECTORS) >= 8


def flip(text: str, at: int, bit: int) -> str:
    return text[:at] + chr(ord(text[at]) ^ (1 << bit)) + text[at + 1 :]


def _in_a_value(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    n = draw.choice([n for n, (_, value) in enumerate(pairs) if value])
    name, value = pairs[n]
    pairs[n] = (name, flip(value, draw.randrange(len(value)), draw.randrange(7)))
    return pairs, url, sign, token


def _in_a_name(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    n = draw.randrange(len(pairs))
    name, value = pairs[n]
    pairs[n] = (flip(name, draw.randrange(len(name)), draw.randrange(7)), value)
    return pairs, url, sign, token


def _in_the_signature(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    return pairs, url, flip(sign, draw.randrange(len(sign)), draw.randrange(7)), token


def _in_the_signed_bytes(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    raw = bytearray(base64.b64decode(sign))
    raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    return pairs, url, base64.b64encode(bytes(raw)).decode(), token


def _in_the_url(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    return pairs, flip(url, draw.randrange(8, len(url)), draw.randrange(7)), sign, token


def _another_url(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    others = (
        url + "/",
        url + "?a=1",
        url.replace("https", "http"),
        url.replace("chat", "evil"),
        f"{PUBLIC}/sms/status",
    )
    return pairs, draw.choice(others), sign, token


def _without_a_field(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    del pairs[draw.randrange(len(pairs))]
    return pairs, url, sign, token


def _with_a_field(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    pairs.insert(draw.randrange(len(pairs)), (f"X{draw.randrange(99)}", draw.choice(["", "1", "evil"])))
    return pairs, url, sign, token


def _a_field_twice(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    name, value = draw.choice(pairs)
    pairs.insert(draw.randrange(len(pairs)), (name, draw.choice([value, "evil"])))
    return pairs, url, sign, token


def _values_exchanged(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    while True:
        a, b = draw.sample(range(len(pairs)), 2)
        if pairs[a][1] != pairs[b][1]:
            pairs[a], pairs[b] = (pairs[a][0], pairs[b][1]), (pairs[b][0], pairs[a][1])
            return pairs, url, sign, token


def _the_border_moved(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    """The letters stay in their order, so that what is signed stays the same; only name and value are cut elsewhere."""
    n = draw.randrange(len(pairs))
    whole = "".join(pairs[n])
    cut = draw.choice([c for c in range(1, len(whole) + 1) if c != len(pairs[n][0])])
    pairs[n] = (whole[:cut], whole[cut:])
    return pairs, url, sign, token


def _two_fields_in_one(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    pairs.sort()
    n = draw.randrange(len(pairs) - 1)
    (name, value), (other, more) = pairs[n : n + 2]
    pairs[n : n + 2] = [(name, value + other + more)]
    return pairs, url, sign, token


def _another_token(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    wrong = draw.choice(["", "x", token + "x", token[:-1], token.upper(), f"{draw.random()}"])
    return pairs, url, str(RequestValidator(wrong).compute_signature(url, dict(pairs))), token


def _no_signature(pairs: Pairs, url: str, sign: str, token: str, draw: random.Random) -> Any:
    return pairs, url, draw.choice(["", " ", sign.lower(), sign[:-1], sign + "=", sign * 2, "AAAA"]), token


MUTATIONS: tuple[Callable[..., Any], ...] = (
    _in_a_value,
    _in_a_name,
    _in_the_signature,
    _in_the_signed_bytes,
    _in_the_url,
    _another_url,
    _without_a_field,
    _with_a_field,
    _a_field_twice,
    _values_exchanged,
    _the_border_moved,
    _two_fields_in_one,
    _another_token,
    _no_signature,
)


@pytest.mark.parametrize("mutants", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_of_a_hundred_thousand_mutated_webhooks_none_is_believed(mutants: int) -> None:
    draw = random.Random(5)
    forms = [a_form(text) for text in ("hello", "15k approved, CFO signs", "STOP", "Ünïcode 🙂", "a&b=c+d%20")]
    signed = [(list(form.items()), signature(form)) for form in forms]
    assert all(is_genuine(TOKEN, URL, pairs, sign) for pairs, sign in signed)
    believed = []
    for n in range(mutants):
        pairs, sign = signed[n % len(signed)]
        mutation = MUTATIONS[n % len(MUTATIONS)]
        mutant = mutation(list(pairs), URL, sign, TOKEN, draw)
        if is_genuine(mutant[3], mutant[1], mutant[0], mutant[2]):
            believed.append((mutation.__name__, mutant))
    assert believed == []


def test_some_hundred_of_them_over_http_change_nothing(house: House) -> None:
    draw = random.Random(6)
    form = a_form("hello")
    for n in range(300):
        pairs, _, sign, _ = MUTATIONS[n % len(MUTATIONS)](list(form.items()), URL, signature(form), TOKEN, draw)
        if MUTATIONS[n % len(MUTATIONS)] in (_in_the_url, _another_url):
            continue  # the address is ours, whatever the request says
        answer = house.client.post(
            "/sms/twilio",
            content=urlencode(pairs, errors="replace"),
            headers={
                "X-Twilio-Signature": quote_plus(sign, safe="+/= "),
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        assert answer.status_code == 403, MUTATIONS[n % len(MUTATIONS)]
    settle(house)
    assert outbox(house) == []
    assert house.dialogue.turns == 0


@pytest.mark.parametrize("path", ["/sms/twilio", "/sms/twilio/status"])
def test_what_is_no_signed_form_is_refused(house: House, path: str) -> None:
    form = a_form("hello")
    sign = signature(form, path)
    form_type = "application/x-www-form-urlencoded"
    for body, kind, signatures in (
        (urlencode(form), form_type, []),
        (urlencode(form), form_type, [""]),
        (urlencode(form), form_type, [sign, sign]),
        (json.dumps(form), "application/json", [sign]),
        (urlencode(form), "multipart/form-data; boundary=x", [sign]),
        ("", form_type, [sign]),
        ("&&&", form_type, [sign]),
        (b"Body=\xff\xfe", form_type, [sign]),
        ("Body=%ff%fe", form_type, [sign]),
        ("&".join(f"a{n}=1" for n in range(500)), form_type, [sign]),
    ):
        headers = [("Content-Type", kind), *(("X-Twilio-Signature", one) for one in signatures)]
        assert house.client.post(path, content=body, headers=headers).status_code == 403


def test_a_body_that_is_too_large_is_refused_before_it_is_read(house: House) -> None:
    assert post(house, a_form("a" * 70_000)).status_code == 413


def test_what_another_account_signed_with_the_same_token_is_refused(house: House) -> None:
    form = {**a_form("hello"), "AccountSid": ACCOUNT[:-1] + "1"}
    assert post(house, form).status_code == 403


def test_a_field_that_twilio_adds_one_day_is_let_through(house: House) -> None:
    assert post(house, a_form("hello", FromCarrier="x", ChannelMetadata='{"a": 1}')).status_code == 200


def test_the_same_fields_in_another_order_are_the_same_message() -> None:
    form = a_form("hello")
    pairs = list(reversed(list(form.items())))
    assert is_genuine(TOKEN, URL, pairs, signature(form))
    assert parse_qsl(urlencode(pairs), keep_blank_values=True) == pairs

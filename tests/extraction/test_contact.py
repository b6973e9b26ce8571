"""Names, companies, addresses and numbers as people give them."""

from __future__ import annotations

import pytest

from banter.extraction.contact import find_contact, masked
from banter.leads.reading import Contact


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("pat@example.com", "pat@example.com"),
        ("it's jo.b+x@mail.example.org, thanks.", "jo.b+x@mail.example.org"),
        ("Mail: <pat@example.com>", "pat@example.com"),
    ],
)
def test_addresses_are_found(text, address):
    assert find_contact(text) == Contact(email=address)


@pytest.mark.parametrize(
    ("text", "address", "meant"),
    [
        ("pat@gmial.com", "pat@gmial.com", "pat@gmail.com"),
        ("pat@hotmial.com", "pat@hotmial.com", "pat@hotmail.com"),
        ("pat@example.con", "pat@example.con", "pat@example.com"),
        ("pat@example,com", None, "pat@example.com"),
        ("pat at example dot com", None, "pat@example.com"),
    ],
)
def test_likely_typing_errors_are_asked_about(text, address, meant):
    contact = find_contact(text)
    assert (contact.email, contact.email_hint) == (address, f"Did you mean {meant}?")


def test_half_an_address_is_explained():
    assert "name@company.com" in (find_contact("pat@").email_hint or "")


def test_numbers_are_read_for_a_region():
    assert find_contact("(415) 555-2671").phone == "+14155552671"
    assert find_contact("+44 20 7946 0958").phone == "+442079460958"
    assert find_contact("020 7946 0958", region="GB").phone == "+442079460958"


@pytest.mark.parametrize("text", ["it's 20000 by 12/12/2026", "15,000 to 20,000", "the 15th at 10.30", "1234567"])
def test_money_and_dates_are_no_numbers_to_call(text):
    assert find_contact(text, asked=True) == Contact()
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("I'm Pat", "Pat", None),
        ("this is Pat Doe from Acme Ltd", "Pat Doe", "Acme Ltd"),
        ("my name is pat", "Pat", None),
        ("Robin here from Globex", "Robin", "Globex"),
        ("I work at Initech", None, "Initech"),
        ("I'm Interested", None, None),
        ("I'm the CFO", None, None),
        ("I'm in London", None, None),
        ("we get leads from Facebook", None, None),
    ],
)
def test_names_are_taken_only_where_plainly_given(text, name, company):
    contact = find_contact(text)
    assert (contact.name, contact.company) == (name, company)


def test_a_name_beside_the_address_asked_for_is_a_name():
    assert find_contact("Pat Doe, pat@example.com", asked=True).name == "Pat Doe"


def test_masking_keeps_the_length():
    text = "mail pat@example.com or +1 415 555 2671, 15k"
    assert len(masked(text)) == len(text)
    assert masked(text).split() == ["mail", "or", ",", "15k"]

"""What a number tells by itself."""

from __future__ import annotations

import pytest

from banter.phone_numbers import country, is_nobodys, is_number, zones


@pytest.mark.parametrize("number", ["+15550100", "+12125550199", "+447700900123"])
def test_numbers_of_films_belong_to_nobody(number: str) -> None:
    assert is_number(number)
    assert is_nobodys(number)


@pytest.mark.parametrize("number", ["+12125550299", "+12125551234", "+4915112345678", "+447700800123", "+155501001"])
def test_other_numbers_may_be_somebodys(number: str) -> None:
    assert not is_nobodys(number)


@pytest.mark.parametrize("text", ["15550100", "+0155501", "whatsapp:+15550100", "+1555010x", "", "+1 555 0100"])
def test_what_is_not_written_as_a_number_is_none(text: str) -> None:
    assert not is_number(text)


def test_a_number_tells_its_zones_and_its_country() -> None:
    assert zones("+12125550123") == ("America/New_York",)
    assert len(zones("+18005551212")) > 10
    assert zones("+88216123456") == zones("+15550100") == ()
    assert (country("+4915112345678"), country("+15550100"), country("+88216123456")) == ("DE", "US", None)

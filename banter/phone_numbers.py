"""What a phone number tells by itself: how it is written, where it is, and whether anybody can have it."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import timezone as number_zones

#: Numbers that are kept free for examples and films, and belong to nobody: 555-01xx in North America (with an area code
#: or without), 07700 900xxx in the United Kingdom.
_NOBODYS = re.compile(r"\+1(?:[2-9]\d\d)?55501\d\d|\+447700900\d{3}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")


def is_number(text: str) -> bool:
    """Whether `text` is written as a number in E.164."""
    return _E164.fullmatch(text) is not None


def is_nobodys(number: str) -> bool:
    """Whether `number` is one that is kept for examples: nothing can be sent there."""
    return _NOBODYS.fullmatch(number) is not None


@lru_cache(maxsize=4096)
def zones(number: str) -> tuple[str, ...]:
    """Every IANA zone that a number in E.164 may be in; empty where nobody knows, as for a satellite phone."""
    try:
        found = number_zones.time_zones_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return ()
    return () if found == ("Etc/Unknown",) else tuple(found)


def country(number: str) -> str | None:
    """The country (ISO 3166) of a number in E.164; that of its prefix where the number itself is not in use."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    found = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code
    )
    return None if found in ("001", "ZZ") else str(found)

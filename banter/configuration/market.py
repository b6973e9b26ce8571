"""`market.yml`: industries, what problems are about, and products, each with the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from phonenumbers import SUPPORTED_REGIONS as COUNTRIES

from banter.configuration import values
from banter.configuration.section import Section, choice
from banter.leads.playbook import MEASURES, Market, TurnAway

FILE = "market.yml"
KEYS = ("industries", "pains", "tools", "measures", "turn_away")
_LIKE = {
    "industries": "{restaurants: [restaurant, bakery]}",
    "pains": "{billing: [invoices, late payments]}",
}
_LONGEST = 60


def read_market(section: Section) -> Market | None:
    """The lists, None after a fault. Each may be empty: `{}` and `[]`."""
    section.only(*KEYS)
    industries = _words(section, "industries", "industry")
    pains = _words(section, "pains", "pain")
    tools = section.values("tools", _phrase, "[Excel, HubSpot]")
    measures = _measures(section, pains)
    turn_away = _turn_away(section)
    return None if section.faults else Market(industries, pains, tools, measures, turn_away)


def _turn_away(section: Section) -> TurnAway:
    """Whom there is nothing for; may be left out, as each of its lines may."""
    below = section.below("turn_away", "{outside: [GB, IE]}") if section.has("turn_away") else None
    if below is None:
        return TurnAway()
    below.only("outside", "fewer_than")
    countries = below.values("outside", _country, "[GB, IE]") if below.has("outside") else ()
    people = below.whole("fewer_than", 2, 100_000) if below.has("fewer_than") else None
    return TurnAway(countries, people)


def _country(raw: str) -> str:
    if raw.upper() not in COUNTRIES:
        raise values.Unfit(f"'{raw}' is no country of ISO 3166; write two letters, e.g. GB")
    return raw.upper()


def _measures(section: Section, pains: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The pains whose size is asked for in each measure; may be left out."""
    below = section.below("measures", "{hours: [billing]}") if section.has("measures") else None
    if below is None:
        return {}
    below.only(*MEASURES, what="measure")
    known = partial(choice, known=tuple(pains))
    return {name: below.values(name, known, "[billing]") for name in MEASURES if below.has(name)}


def _words(section: Section, name: str, what: str) -> dict[str, tuple[str, ...]]:
    """Names with their words. A word under two names could only ever mean the first."""
    below = section.below(name, _LIKE[name])
    if below is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}
    for key in below.names:
        if not key.strip() or len(key) > _LONGEST or not key.isprintable():
            below.fault(f"is no name of an {what}" if what[0] in "aeiou" else f"is no name of a {what}", key)
            continue
        words = below.values(key, _phrase, "[one, two words]")
        for word in words:
            other = taken.setdefault(word.lower(), key)
            if other != key:
                below.fault(f"'{word}' stands under {other} already; leave one out", key)
        found[key] = words
    return found


def _phrase(raw: str) -> str:
    words = raw.strip()
    if not words:
        raise values.Unfit("is empty; write a word or leave the line out")
    if len(words) > _LONGEST:
        raise values.Unfit(f"is {len(words)} characters long; {_LONGEST} is the most")
    if not any(char.isalnum() for char in words) or not words.isprintable():
        raise values.Unfit("holds no word")
    return words

"""`icp.yml`: the ideal customer. The rules are `scoring.profile`'s, names those of `market.yml` or words for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from banter.configuration.faults import suggestion
from banter.configuration.section import Section
from banter.leads.playbook import Market
from scoring.fit import Profile
from scoring.known import TRAITS
from scoring.profile import KEYS as TRAIT_KEYS
from scoring.profile import read_profile

FILE = "icp.yml"
KEYS = ("ideal", *TRAITS, *TRAIT_KEYS)
_COUNTRIES = {"uk": "gb", "usa": "us"}


def read_icp(section: Section, market: Market | None) -> Profile:
    """The profile; `ideal:` with nothing below it is none."""
    section.only("ideal")
    below = section.below("ideal", "{industry: {weight: 20, fits: [legal]}}") if section.has("ideal") else None
    if below is None:
        return Profile()
    below.only(*TRAITS, what="trait")
    if section.faults:
        return Profile()
    data = below.entry.plain()
    lists = (("industry", market.industries), ("use_case", market.pains)) if market else ()
    for about, words in (*lists, ("region", None)):
        if isinstance(data.get(about), dict):
            data[about] = {key: _named(below, about, key, value, words) for key, value in data[about].items()}
    profile, wrong = read_profile(data)
    for fault in wrong:
        below.fault(fault.message, *fault.key)
    return profile


def _named(section: Section, about: str, key: str, value: Any, words: Mapping[str, tuple[str, ...]] | None) -> Any:
    """The list with each name as the facts have it: `solicitors` is `legal`."""
    if key == "weight" or not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return value
    if words is None:
        return [_COUNTRIES.get(one.lower(), one) for one in value]
    meant = {word.lower(): name for name, its in words.items() for word in (name, *its)}
    for one in value:
        if one.lower() not in meant:
            section.fault(f"'{one}' is not in market.yml; {suggestion(one, list(words))}", about, key)
    return [meant.get(one.lower(), one) for one in value]

"""The names by which facts of leads go with this playbook: what rules and the profile can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from phonenumbers import SUPPORTED_REGIONS

from banter.leads.facts import FUNCTIONS, MAIL_KINDS, OBJECTIONS, SENIORITIES, URGENCIES
from banter.leads.playbook import Playbook
from scoring.lint import Names, Vocabulary

#: Words for a country, by which no fact goes: it has the two letters of ISO 3166.
_COUNTRIES = {
    "uk": "gb",
    "great britain": "gb",
    "united kingdom": "gb",
    "usa": "us",
    "united states": "us",
    "ireland": "ie",
    "canada": "ca",
    "australia": "au",
    "new zealand": "nz",
    "germany": "de",
    "france": "fr",
    "netherlands": "nl",
    "spain": "es",
    "italy": "it",
    "switzerland": "ch",
    "austria": "at",
    "india": "in",
}


def vocabulary_of(playbook: Playbook) -> Vocabulary:
    """By what facts are about: closed where a list of ours or of `market.yml` says it all, free where visitors may name
    anything (a title, a town, a product)."""
    market = playbook.market
    rivals = _small(playbook.company.competitor_names)
    return {
        "industry": Names(_small(market.industries), words=_words(market.industries)),
        "use_case": Names(_small(market.pains), words=_words(market.pains)),
        "region": Names(_small(SUPPORTED_REGIONS), free=True, words=_COUNTRIES),
        "title": _titles(),
        "current_tool": Names((*_small(market.tools), *rivals), free=True),
        "competitor": Names(rivals, free=True),
        "mail": Names(MAIL_KINDS),
        "objection": Names(OBJECTIONS),
        "urgency": Names(URGENCIES),
    }


def _titles() -> Names:
    """A family, a field, or both: who is a finance director goes by `director` and by `finance` too."""
    families, fields = _small(SENIORITIES), _small(FUNCTIONS)
    both = {f"{field} {family}": (family, field) for family, field in product(families, fields)}
    both |= {f"{family} {field}": (family, field) for family, field in product(families, fields)}
    return Names((*families, *fields, *both), free=True, beside=both)


def _words(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """By word, the name it is for; not what is a name itself."""
    known = _small(names)
    return {word.lower(): name.lower() for name, words in names.items() for word in words if word.lower() not in known}


def _small(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)

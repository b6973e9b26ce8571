"""What a business address's domain tells by its ending, weaker than any word: the country, and for some the trade."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from phonenumbers import SUPPORTED_REGIONS as COUNTRIES

from banter.extraction.text import pattern_rows
from banter.leads.facts import Facts, Labelled, Mail, Place
from banter.leads.playbook import Market

SOURCE = "mail"


def with_mail_signs(facts: Facts, market: Market) -> Facts:
    """What was read, and what the address tells of what was not: free mail and a mistyped address tell nothing."""
    mail = facts.mail
    if mail is None or mail.kind != "business" or mail.meant:
        return facts
    country, industry = country_of(mail.domain), industry_of(mail, market)
    if facts.place is None and country is not None:
        facts = replace(facts, place=Place(country, source=SOURCE))
    if facts.industry is None and industry is not None:
        facts = replace(facts, industry=Labelled(industry, source=SOURCE))
    return facts


@cache
def _rows(sign: str) -> list[dict[str, Any]]:
    return [row for row in pattern_rows("mail_signs.jsonl") if row["sign"] == sign]


def country_of(domain: str) -> str | None:
    """ISO 3166, by an ending that is used as its country's: .de is German, .io belongs to everybody."""
    for row in _rows("country"):
        if _ends(domain, row):
            return str(row["country"])
    last = domain.rpartition(".")[2]
    if any(last in row["endings"] for row in _rows("not a country")):
        return None
    return last.upper() if last.upper() in COUNTRIES else None


def industry_of(mail: Mail, market: Market) -> str | None:
    """The industry of `market` that the ending stands for, if there is one."""
    for row in _rows("industry"):
        if _ends(mail.domain, row):
            for word in row["words"]:
                for name, its in market.industries.items():
                    if word == name.lower() or word in its:
                        return name
    return None


def _ends(domain: str, row: dict[str, Any]) -> bool:
    """`edu.*` is "edu." and any ending: unibo.edu.au."""
    labels = domain.split(".")
    tails = [".".join(labels[first:]) for first in range(1, len(labels))]
    return any(fnmatchcase(tail, ending) for tail in tails for ending in row["endings"])

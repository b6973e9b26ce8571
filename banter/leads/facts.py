"""Soft facts: what a visitor says of themselves and their business beside the four answers.

They are shown with the words they rest on and may be weighed; they never answer a question and never turn anybody
away. Offsets of the evidence count characters of the message in which it was said. `at` is the day on which it was
learnt, where the company is; None: it was kept before days were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from scoring.model import Evidence

SENIORITIES = ("owner", "executive", "director", "manager", "staff")
FUNCTIONS = (
    *("finance", "operations", "sales", "marketing", "IT", "HR", "purchasing", "legal", "service", "product"),
    *("administration", "care"),
)
#: Companies by people: 1, to 9, to 49, to 249, more.
SIZE_CLASSES = ("solo", "micro", "small", "medium", "large")
#: Units of `Size` that count a company's people.
PEOPLE = ("employees", "people", "staff", "team")
TOOL_USES = ("using", "leaving")
RIVAL_USES = ("using", "leaving", "past", "comparing", "named")
OBJECTIONS = ("price", "timing", "trust", "no_need", "complexity", "switching", "security", "contract")
URGENCIES = ("low", "medium", "high")
MAIL_KINDS = ("business", "free", "disposable")
#: What tells where somebody is, the surest first; "mail" is the ending of their address.
PLACE_SOURCES = ("said", "phone", "mail", "time zone", "locale")


@dataclass(frozen=True)
class Role:
    """The speaker's own title, as said; `function` None: the whole company, or not told."""

    title: str
    seniority: str | None
    function: str | None
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None


@dataclass(frozen=True)
class Named:
    """A name, as written."""

    name: str
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None


@dataclass(frozen=True)
class Size:
    """How many `unit` (employees, team, trucks ...): "40-50" is 40 to 50, "over 3,000" has no `most`.

    `size_class` goes by people ("mid-sized" has a class and no figures); None for trucks and the like.
    """

    unit: str
    least: int | None = None
    most: int | None = None
    size_class: str | None = None
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None


@dataclass(frozen=True)
class Labelled:
    """A name from one of the lists: an industry, a kind of objection, a level of urgency. `source` "mail": an industry
    that only the ending of their address tells."""

    name: str
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None
    source: str = "said"


@dataclass(frozen=True)
class Place:
    """Where the visitor's business is. `country` is ISO 3166; `source` is what tells: their words, or a weaker sign."""

    country: str | None
    area: str | None = None  # state, province
    city: str | None = None
    source: str = "said"
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None


@dataclass(frozen=True)
class Product:
    """A product and how it stands to it: one of TOOL_USES for a tool of today, of RIVAL_USES for a competitor."""

    name: str
    use: str
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None


@dataclass(frozen=True)
class Measure:
    """How much: 30 hours a week is (30, None, "hours", "week"); `most` is the end of a range."""

    number: float
    most: float | None
    unit: str  # hours, errors, people, %, or a currency of ISO 4217; "money" when none was named
    per: str | None = None


@dataclass(frozen=True)
class Pain:
    """What a problem is about, by the playbook's list; `name` None: only its measure was told."""

    name: str | None
    measures: tuple[Measure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    at: date | None = None


@dataclass(frozen=True)
class Mail:
    """What an address tells. `meant`: what was probably meant, where it looks mistyped."""

    domain: str
    kind: str
    meant: str | None = None
    at: date | None = None


@dataclass(frozen=True)
class Facts:
    """What one message says, or all of a conversation together.

    `denied` ("tool:HubSpot", "objection:price") and `corrects` ("tools") matter between a message and what was known:
    a denied item goes, and a corrected list is replaced.
    """

    role: Role | None = None
    company: Named | None = None
    sizes: tuple[Size, ...] = ()
    industry: Labelled | None = None
    place: Place | None = None
    tools: tuple[Product, ...] = ()
    competitors: tuple[Product, ...] = ()
    objections: tuple[Labelled, ...] = ()
    urgency: Labelled | None = None
    pains: tuple[Pain, ...] = ()
    mail: Mail | None = None
    denied: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()


_Item = TypeVar("_Item", Size, Product, Labelled, Pain)
_LISTS = {"sizes": "size", "tools": "tool", "competitors": "competitor", "objections": "objection", "pains": "pain"}


def merge_facts(known: Facts, new: Facts) -> Facts:
    """What is known after a message: the last word wins, item by item, and what was said beats what was guessed.
    Repeatable; `denied` and `corrects` do not stay."""
    if new == Facts():
        return known
    if new.mail is not None and known.mail is not None and new.mail.domain != known.mail.domain:
        known = _without_mail_signs(known)
    return Facts(
        role=new.role or known.role,
        company=new.company or known.company,
        sizes=_items(known.sizes, new.sizes, "sizes", new),
        industry=None if "industry" in new.denied and new.industry is None else _industry(known.industry, new.industry),
        place=_place(known.place, new.place),
        tools=_items(known.tools, new.tools, "tools", new),
        competitors=_items(known.competitors, new.competitors, "competitors", new),
        objections=_items(known.objections, new.objections, "objections", new),
        urgency=new.urgency or known.urgency,
        pains=_items(known.pains, new.pains, "pains", new),
        mail=new.mail or known.mail,
    )


def _without_mail_signs(known: Facts) -> Facts:
    """What an address told goes with it."""
    place = None if known.place and known.place.source == "mail" else known.place
    return replace(
        known, place=place, industry=None if known.industry and known.industry.source == "mail" else known.industry
    )


def _items(known: tuple[_Item, ...], new: tuple[_Item, ...], field: str, said: Facts) -> tuple[_Item, ...]:
    kept = {} if field in said.corrects and new else {_key(item): item for item in known}
    for item in new:
        kept.pop(_key(item), None)
        kept[_key(item)] = item
    return tuple(item for key, item in kept.items() if f"{_LISTS[field]}:{key}" not in said.denied)


def _key(item: Size | Product | Labelled | Pain) -> str:
    return item.unit if isinstance(item, Size) else item.name or ""


def _industry(known: Labelled | None, new: Labelled | None) -> Labelled | None:
    if new is None or (known is not None and known.source == "said" != new.source):
        return known
    return new


def _place(known: Place | None, new: Place | None) -> Place | None:
    if new is None or known is None:
        return new or known
    if PLACE_SOURCES.index(new.source) > PLACE_SOURCES.index(known.source):
        return known
    if new.city is None and new.area is None and new.country == known.country:
        return known  # "in the UK" after "in Leeds" takes nothing back
    return new


def without_evidence(facts: Facts) -> Facts:
    """The same facts for comparing what was understood."""
    return _each(
        facts, lambda one: {name: empty for name, empty in (("evidence", ()), ("at", None)) if hasattr(one, name)}
    )


def dated(facts: Facts, day: date) -> Facts:
    """The same facts, learnt on that day; what has a day already keeps it."""
    return _each(facts, lambda one: {"at": one.at or day})


def _each(facts: Facts, changes: Callable[[Any], Mapping[str, object]]) -> Facts:
    """The facts with `changes` of each of them made."""
    changed: dict[str, object] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, tuple):
            changed[field.name] = tuple(replace(v, **changes(v)) if hasattr(v, "at") else v for v in value)
        elif hasattr(value, "at"):
            changed[field.name] = replace(value, **changes(value))
    return replace(facts, **changed)  # type: ignore[arg-type]

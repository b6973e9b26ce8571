"""What a lead's facts and visits are to the scoring: names, figures and events. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from banter.leads.behaviour import OWNERS, Demo, Seen, demos, rule_of
from banter.leads.facts import PEOPLE, Facts, Labelled, Pain, Place, Product, Role, Size
from banter.leads.model import Lead
from banter.leads.playbook import Playbook, Widget
from scoring.known import Event, Fact, Known
from scoring.model import Money

#: People in a company that is only called small, medium ...; "mid-sized" has no figures.
_CLASSES: Mapping[str, tuple[int | None, int | None]] = {
    "solo": (1, 1),
    "micro": (2, 9),
    "small": (10, 49),
    "medium": (50, 249),
    "large": (250, None),
}
#: The source of what a CRM told.
IMPORTED = "crm"
_A_YEAR = {"month": 12, "quarter": 4}


def known_of(lead: Lead, playbook: Playbook) -> Known:
    """All that is known beside the four answers, as it stood when the lead last changed."""
    facts = {about: tuple(found) for about, found in _facts(lead, playbook.company.currency) if found}
    now = lead.changed_at
    return Known(facts, tuple(event for event in lead.events if event.at <= now), now)


def events_of(seen: Sequence[Seen], widget: Widget, lead: Lead) -> tuple[Event, ...]:
    """What was seen in a lead's conversations, as events: each visit after the first is a return."""
    prices = rule_of(widget.pricing)
    asked = demos(seen, widget.demo, lead.demo)
    return tuple(
        sorted((*_visits(seen), *_pages(seen, prices), *map(_demo, asked)), key=lambda event: (event.at, event.kind))
    )


def _visits(seen: Sequence[Seen]) -> Iterator[Event]:
    visits = sorted((one for one in seen if one.kind == "visit"), key=lambda one: one.at)
    for number, one in enumerate(visits):
        yield Event("return" if number else "visit", one.at, one.page)


def _pages(seen: Sequence[Seen], prices: re.Pattern[str] | None) -> Iterator[Event]:
    for one in seen:
        if one.kind == "download":
            yield Event("download", one.at, one.page)
        elif one.kind in OWNERS:
            yield Event(one.kind, one.at, one.name or one.page)
        elif one.kind != "demo":
            priced = prices is not None and prices.match(urlsplit(one.page).path or "/")
            yield Event("pricing_page" if priced else "page", one.at, one.page)


def _demo(asked: Demo) -> Event:
    return Event("demo_request", asked.at, asked.page or asked.words or "")


def _facts(lead: Lead, currency: str) -> Iterator[tuple[str, list[Fact]]]:
    """Of each trait what they said, else what an import tells, else what signs tell."""
    own, imported = dict(_traits(lead.facts)), dict(_traits(lead.imported))
    for about, found in own.items():
        said = [fact for fact in found if fact.source == "said"]
        yield about, said or [replace(fact, source=IMPORTED) for fact in imported[about]] or found
    yield "budget_range", _budget(lead, currency)
    facts = lead.facts
    yield "mail", [Fact((facts.mail.kind,), words=(facts.mail.domain,), at=facts.mail.at)] if facts.mail else []
    yield "objection", [_named((one.name,), one) for one in facts.objections]
    yield "urgency", [_named((facts.urgency.name,), facts.urgency)] if facts.urgency else []
    yield "competitor", [_named((one.name,), one) for one in facts.competitors]


def _traits(facts: Facts) -> Iterator[tuple[str, list[Fact]]]:
    industry = facts.industry
    yield "industry", [_named((industry.name,), industry, industry.source)] if industry else []
    yield "size", [fact for size in facts.sizes if (fact := _size(size)) is not None]
    yield "region", [_place(facts.place)] if facts.place else []
    yield "title", [_role(facts.role)] if facts.role else []
    in_use = [tool for tool in (*facts.tools, *facts.competitors) if tool.use in ("using", "leaving")]
    yield "current_tool", [_named((tool.name,), tool) for tool in in_use]
    yield "use_case", [_named((pain.name,), pain) for pain in facts.pains if pain.name]


def _named(names: Sequence[str], one: Role | Labelled | Place | Product | Pain, source: str = "said") -> Fact:
    words = tuple(piece.text for piece in one.evidence)
    return Fact(tuple(name.lower() for name in names), words=words, source=source, at=one.at)


def _size(size: Size) -> Fact | None:
    """A company's people; trucks and sites are no measure of it."""
    least, most = size.least, size.most
    if least is None and most is None:
        least, most = _CLASSES.get(size.size_class or "", (None, None))
    elif size.size_class is None and size.unit not in PEOPLE:
        return None
    if least is None and most is None:
        return None
    return Fact((), least, most, tuple(e.text for e in size.evidence), at=size.at)


def _place(place: Place) -> Fact:
    names = [part for part in (place.country, place.area, place.city) if part]
    fact = _named(names, place, place.source)
    return fact if fact.words else replace(fact, words=tuple(names))


def _role(role: Role) -> Fact:
    """By the title as said, by its family (`executive`), its field (`finance`), and both together."""
    family = [part for part in (role.seniority, role.function) if part]
    return _named(list(dict.fromkeys((role.title, *family, " ".join(family)))), role)


def _budget(lead: Lead, currency: str) -> list[Fact]:
    """A year's money in the company's currency; what was named in another one is not compared."""
    answer = lead.answers.get("budget")
    value = answer.value if answer is not None and answer.said else None
    if not isinstance(value, Money) or value.currency not in (None, currency) or answer is None:
        return []
    times = _A_YEAR.get(value.period or "", 1)
    least, most = (None if figure is None else figure * times for figure in (value.min, value.max))
    return [Fact((), least, most, tuple(e.text for e in answer.evidence if e.kind == "money") or (answer.text,))]

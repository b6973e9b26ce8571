"""Soft facts in plain words, each with the words it rests on: for the lead's page and for alerts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from banter.leads.facts import Facts, Measure, Pain, Place, Product, Size
from banter.leads.plain import SOURCES
from scoring.model import Evidence


@dataclass(frozen=True)
class Told:
    """One line: what it is about, what was understood, and the visitor's words; none where another sign told it."""

    about: str
    understood: str
    words: tuple[str, ...]


_NONE = Facts()
_BY_IMPORT = SOURCES["crm"]
_OBJECTIONS = {"no_need": "no need"}
_SENIORITIES = {"owner": "owner", "executive": "top management", "director": "director", "manager": "manager"}


def told(facts: Facts) -> tuple[Told, ...]:
    """The facts, in the order in which somebody who takes the call wants them."""
    lines: list[Told] = []
    if facts.role:
        kind = ", ".join(part for part in (_SENIORITIES.get(facts.role.seniority or ""), facts.role.function) if part)
        lines.append(Told("Role", facts.role.title + (f" ({kind})" if kind else ""), _words(facts.role.evidence)))
    if facts.company:
        lines.append(Told("Company", facts.company.name, _words(facts.company.evidence)))
    if facts.sizes:
        words = _words(e for size in facts.sizes for e in size.evidence)
        lines.append(Told("Size", ", ".join(map(_size, facts.sizes)), words))
    if facts.industry:
        lines.append(Told("Industry", _by(facts.industry.name, facts.industry.source), _words(facts.industry.evidence)))
    if facts.place:
        lines.append(Told("Place", _place(facts.place), _words(facts.place.evidence)))
    for about, products in (("Works with", facts.tools), ("Competitors", facts.competitors)):
        if products:
            words = _words(e for product in products for e in product.evidence)
            lines.append(Told(about, ", ".join(map(_product, products)), words))
    for pain in facts.pains:
        lines.append(Told("Trouble", _pain(pain), _words(pain.evidence)))
    if facts.urgency:
        lines.append(Told("Urgency", facts.urgency.name, _words(facts.urgency.evidence)))
    if facts.objections:
        names = ", ".join(_OBJECTIONS.get(objection.name, objection.name) for objection in facts.objections)
        words = _words(e for objection in facts.objections for e in objection.evidence)
        lines.append(Told("Objections", names, words))
    if facts.mail and (facts.mail.kind != "business" or facts.mail.meant):
        slip = f"; may be meant as {facts.mail.meant}" if facts.mail.meant else ""
        lines.append(Told("E-mail", f"a {facts.mail.kind} address{slip}", ()))
    return tuple(lines)


def known(facts: Facts, imported: Facts) -> tuple[Told, ...]:
    """What was told, and what an import from a CRM tells of what was not: that counts more than a mere sign."""
    place, industry = facts.place, facts.industry
    own = replace(
        facts,
        place=None if place is not None and place.source != "said" and imported.place else place,
        industry=None if industry is not None and industry.source != "said" and imported.industry else industry,
    )
    lines = told(own)
    about = {line.about for line in lines}
    more = (line for line in told(imported) if line.about not in about)
    return (*lines, *(replace(line, understood=f"{line.understood}, {_BY_IMPORT}") for line in more))


def summary(facts: Facts, imported: Facts = _NONE) -> dict[str, str]:
    """What was understood, by what it is about; for machines and mails."""
    found: dict[str, str] = {}
    for line in known(facts, imported):
        found[line.about] = f"{found[line.about]}; {line.understood}" if line.about in found else line.understood
    return found


def figure(measure: Measure) -> str:
    """ "5 to 10 hours a week", "4,000 USD a month", "12%"."""
    number = f"{measure.number:,.10g}"
    if measure.most is not None:
        number += f" to {measure.most:,.10g}"
    unit = "" if measure.unit == "%" else f" {measure.unit}"
    per = {"hour": " an hour"}.get(measure.per or "", f" a {measure.per}" if measure.per else "")
    return f"{number}{'%' if measure.unit == '%' else unit}{per}"


def _words(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.text for piece in evidence))


def _size(size: Size) -> str:
    if size.least is None and size.most is None:
        return f"{size.size_class} by their own word"
    if size.least is None:
        count = f"up to {size.most:,}"
    elif size.most is None:
        count = f"{size.least:,} or more"
    else:
        count = f"{size.least:,}" if size.least == size.most else f"{size.least:,} to {size.most:,}"
    unit = "in their team" if size.unit == "team" else size.unit
    return f"{count} {unit}" + (f" ({size.size_class})" if size.size_class else "")


def _place(place: Place) -> str:
    where = ", ".join(part for part in (place.city, place.area, place.country) if part)
    return _by(where, place.source)


def _by(what: str, source: str) -> str:
    return what if source == "said" else f"{what}, {SOURCES[source]}"


def _product(product: Product) -> str:
    return product.name if product.use == "using" else f"{product.name} ({product.use})"


def _pain(pain: Pain) -> str:
    measures = ", ".join(map(figure, pain.measures))
    return ": ".join(part for part in (pain.name, measures) if part)

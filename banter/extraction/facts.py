"""Soft facts of one message: who the visitor is, what the business is like, what they use, fear and are pressed by.

Rules are data (`patterns/facts_*.jsonl` and the playbook's lists); what they mean is docs/facts.md. A message is cut
into words once, for the answers and for these.
"""

from __future__ import annotations

from collections.abc import Mapping

from banter.extraction.company import find_company
from banter.extraction.contact import masked
from banter.extraction.facts_rules import Marks, make_book, mark
from banter.extraction.leanings import Leaning, leanings
from banter.extraction.mail import mail_of
from banter.extraction.message import read_message
from banter.extraction.objections import find_objections, find_urgency
from banter.extraction.pains import find_pains
from banter.extraction.places import find_place, of_number
from banter.extraction.products import find_products
from banter.extraction.roles import find_role
from banter.extraction.sizes import find_sizes
from banter.extraction.trades import find_industry
from banter.leads.facts import Facts, Named, Place, Role, Size
from banter.leads.playbook import Market
from banter.leads.reading import Contact
from scoring.model import Evidence

_NOBODY = Contact()


class FactFinder:
    """Finds facts by the playbook's lists and the rules that ship. Deterministic; keeps nothing between messages."""

    def __init__(self, market: Market, competitor_names: tuple[str, ...] = ()) -> None:
        self._book = make_book(market, competitor_names)
        self._pains = frozenset(market.pains)
        self._industries = frozenset(market.industries)

    def find(self, text: str, contact: Contact = _NOBODY, *, open_question: str | None = None) -> Facts:
        """What `text` says; `contact` is what was read of it already. Never raises; offsets slice to `text`.

        `open_question`: asked who decides, "just me" tells nothing of the company's size."""
        mail = mail_of(contact.email) if contact.email else None
        message = read_message(masked(text, _region(contact)))  # as for the answers, so that it is cut into words once
        if not message.tokens:
            return Facts(place=of_number(contact.phone), mail=mail)
        marks = mark(text, message, self._book, open_question)
        sizes = find_sizes(marks)
        tools, competitors, no_tools = find_products(marks)
        leant = {label: each for label, each in leanings(marks).items() if self._known(label)}
        objections, no_objections = find_objections(marks, leant)
        role = find_role(marks)
        company = _company(text)
        return Facts(
            role=role,
            company=company,
            sizes=sizes,
            industry=find_industry(marks, self._industries, company),
            place=find_place(marks, role) or of_number(contact.phone),
            tools=tools,
            competitors=competitors,
            objections=objections,
            urgency=find_urgency(marks, leant),
            pains=find_pains(marks, _taken(marks, sizes), leant),
            mail=mail,
            denied=(*no_tools, *no_objections),
            corrects=("tools",) if tools and marks.of("correct") else (),
        )

    def role(self, text: str) -> Role | None:
        """The speaker's own title in `text`, as `find` has it; nothing else is looked for."""
        return find_role(self._marked(text))

    def place(self, text: str) -> Place | None:
        """The same for where they are."""
        return find_place(self._marked(text))

    def _marked(self, text: str) -> Marks:
        return mark(text, read_message(text), self._book, None)

    def _known(self, label: str) -> bool:
        """False for a segment that the owner has taken off the list."""
        kind, _, name = label.partition(".")
        return kind != "pain" or name in self._pains


def pressures(marks: Marks, leant: Mapping[str, Leaning]) -> set[str]:
    """Objections, urgency and pains of a message as labels ("objection.price"), to measure by."""
    objections, _ = find_objections(marks, leant)
    urgency = find_urgency(marks, leant)
    pains = find_pains(marks, _taken(marks, find_sizes(marks)), leant)
    found = {f"objection.{each.name}" for each in objections} | {f"pain.{each.name}" for each in pains if each.name}
    return found | ({f"urgency.{urgency.name}"} if urgency else set())


def _region(contact: Contact) -> str:
    """Where numbers without a country are from: where the visitor's own number was found to be."""
    place = of_number(contact.phone)
    return place.country if place and place.country else "US"


def _company(text: str) -> Named | None:
    found = find_company(text)
    if found is None:
        return None
    name, start, end = found
    return Named(name, (Evidence(text[start:end], start, end, "company"),))


def _taken(marks: Marks, sizes: tuple[Size, ...]) -> frozenset[int]:
    """The tokens that tell a size: their figures measure no pain."""
    spans = [(piece.start, piece.end) for size in sizes for piece in size.evidence]
    tokens = marks.message.tokens
    return frozenset(i for i, token in enumerate(tokens) for start, end in spans if start <= token.start < end)

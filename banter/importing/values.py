"""One row of a CRM's export -> whom it is about, and facts as leads have them. Nothing is guessed: what cannot be read
is a fault with the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import SUPPORTED_REGIONS as COUNTRIES

from banter.extraction.facts import FactFinder
from banter.extraction.mail import kind_of
from banter.leads.facts import Facts, Labelled, Named, Pain, Place, Product, Role, Size, dated
from banter.leads.imported import Key, of_company
from banter.leads.joining import normal_email
from banter.leads.playbook import Market

#: A cell is no letter.
LONGEST = 300
_NUMBER = r"(\d{1,3}(?:[,.'\u00a0 ]\d{3})+|\d+)"
_SIZE = re.compile(
    rf"(?:{_NUMBER}\s*(?:-|–|to|bis|\.\.)\s*{_NUMBER}|{_NUMBER}\s*\+|(?:over|more than|>)\s*{_NUMBER}"
    rf"|(?:under|less than|up to|<)\s*{_NUMBER}|{_NUMBER}(?:\.0+)?)\s*(?:employees|people|staff|ees)?",
    re.I,
)
_DAY = re.compile(r"\d{1,2}[-/. ](?:[A-Za-zä]{3,4}|\d{1,2}[-/.]\d{2,4})|[A-Za-zä]{3,4}[-/. ]\d{1,2}")
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")
_COUNTRIES = {"uk": "GB", "usa": "US", "u.s.": "US", "u.s.a.": "US", "u.k.": "GB"}
_SEVERAL = re.compile(r"\s*[;,|\n]\s*")
_MOST_TOOLS = 20


class Faulty(Exception):
    """What is wrong with the row, with the mend."""


@dataclass(frozen=True)
class About:
    """Facts and whom they are about. `unknown` are industries and use cases that market.yml has no name for."""

    told: Mapping[Key, Facts]
    facts: Facts
    unknown: tuple[str, ...] = ()


@dataclass
class Reader:
    """Reads rows by the playbook's lists; `region` is where numbers without a country are from."""

    market: Market
    region: str
    finder: FactFinder = field(repr=False)

    def __post_init__(self) -> None:
        self._role: Callable[[str], Role] = lru_cache(maxsize=10_000)(self._find_role)
        self._place: Callable[[str, str, str, str], Place | None] = lru_cache(maxsize=10_000)(self._find_place)
        self._listed: Callable[[str, str], tuple[str, bool]] = lru_cache(maxsize=10_000)(self._find_listed)

    def read(self, cells: Mapping[str, str], day: date) -> About:
        """Raises Faulty."""
        for meaning, cell in cells.items():
            if len(cell) > LONGEST:
                raise Faulty(f"{meaning.replace('_', ' ')} is {len(cell):,} characters long; {LONGEST} is the most")
            if any(not (char.isprintable() or char.isspace()) for char in cell):
                raise Faulty(f"{meaning.replace('_', ' ')} holds a character that cannot be printed; type it again")
        keys = list(self._keys(cells))
        if not keys:
            raise Faulty("names nobody: fill in an e-mail address, a phone number or a domain")
        unknown: list[str] = []
        facts = dated(self._facts(cells, unknown), day)
        told = {key: of_company(facts) if key[0] in ("domain", "colleague") else facts for key in keys}
        return About({key: its for key, its in told.items() if its != Facts()}, facts, tuple(unknown))

    def _keys(self, cells: Mapping[str, str]) -> Iterator[Key]:
        if "email" in cells:
            address = email_of(cells["email"])
            yield "email", address
            at = address.rpartition("@")[2]
            if kind_of(at) == "business":
                yield "colleague", at
        if "phone" in cells:
            yield "phone", phone_of(cells["phone"], self.region)
        if "domain" in cells:
            yield "domain", domain_of(cells["domain"])

    def _facts(self, cells: Mapping[str, str], unknown: list[str]) -> Facts:
        industry = self._named("industry", cells, unknown)
        pain = self._named("use_case", cells, unknown)
        tools = list(dict.fromkeys(filter(None, _SEVERAL.split(cells.get("current_tool", "")))))[:_MOST_TOOLS]
        return Facts(
            role=self._role(cells["title"]) if "title" in cells else None,
            company=Named(cells["company"]) if "company" in cells else None,
            sizes=(size_of(cells["size"]),) if "size" in cells else (),
            industry=Labelled(industry) if industry else None,
            place=self._place(*(cells.get(part, "") for part in ("country", "state", "city", "region"))),
            tools=tuple(Product(tool, "using") for tool in tools),
            pains=(Pain(pain),) if pain else (),
        )

    def _named(self, about: str, cells: Mapping[str, str], unknown: list[str]) -> str | None:
        if about not in cells:
            return None
        name, known = self._listed(about, cells[about])
        if not known:
            unknown.append(f"{about.replace('_', ' ')} {cells[about]}")
        return name

    def _find_listed(self, about: str, cell: str) -> tuple[str, bool]:
        """The name that `market.yml` has for it: its own, one of its words, or the longest of them in the cell."""
        lists = self.market.industries if about == "industry" else self.market.pains
        plain = " ".join(re.sub(r"[_&/,]+", " ", cell.lower()).split())
        meant = {word.lower(): name for name, its in lists.items() for word in (name, *its)}
        if plain in meant:
            return meant[plain], True
        inside = [word for word in meant if re.search(rf"\b{re.escape(word)}s?\b", plain)]
        if inside:
            return meant[max(inside, key=len)], True
        return cell.lower(), False

    def _find_role(self, title: str) -> Role:
        found = self.finder.role(f"I'm the {title}")
        return Role(title, found.seniority, found.function) if found else Role(title, None, None)

    def _find_place(self, country: str, state: str, city: str, region: str) -> Place | None:
        written = ", ".join(filter(None, (city, state, region, country)))
        if not written:
            return None
        code = self._country(country) or self._country(region)
        found = self.finder.place(f"we are based in {', '.join(filter(None, (city, state or region)))}.")
        same = found is not None and (code is None or found.country == code)
        if country and code is None and not same:
            raise Faulty(f"country {country!r} is not known; write its name in English or its code, e.g. DE")
        area = state or (None if self._country(region) else region) or (found.area if found and same else None)
        return Place(code or (found.country if found else None), area or None, city or None)

    def _country(self, cell: str) -> str | None:
        code = _COUNTRIES.get(cell.lower(), cell.upper())
        if code in COUNTRIES:
            return code
        place = self.finder.place(f"we are based in {cell.title()}.") if cell else None
        return place.country if place and place.city is None and place.area is None else None


def email_of(cell: str) -> str:
    try:
        address = validate_email(cell, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Faulty(f"e-mail address {cell!r} is none; write one, e.g. pat@acorn.com") from None
    return normal_email(address) or address


def phone_of(cell: str, region: str) -> str:
    """E.164. A number that a spreadsheet made a figure of ("4,41632E+11") is a fault."""
    try:
        number = phonenumbers.parse(cell, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Faulty(f"phone number {cell!r} is none; write it with its country, e.g. +44 20 7946 0000")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def domain_of(cell: str) -> str:
    """The domain of a company, of an address of a page too; a provider of free mail is nobody's."""
    try:
        host = urlsplit(cell if "//" in cell else f"//{cell}").hostname or ""
    except ValueError:  # a bracket that is not closed
        host = ""
    host = host.removeprefix("www.").rstrip(".").lower()
    if not _DOMAIN.fullmatch(host):
        raise Faulty(f"domain {cell!r} is none; write one, e.g. acorn.com")
    if kind_of(host) != "business":
        raise Faulty(f"domain {host} is a provider's of mail, so it tells of nobody; leave it out")
    return host


def size_of(cell: str) -> Size:
    if _DAY.fullmatch(cell):
        raise Faulty(f"size {cell!r} is a day, as a spreadsheet makes of 1-10; write it as text, e.g. 1 to 10")
    found = _SIZE.fullmatch(cell.strip())
    if found is None:
        raise Faulty(f"size {cell!r} is no number of people; write e.g. 40, 11-50 or 500+")
    low, high, least, over, most, one = (_figure(part) for part in found.groups())
    if low is not None and high is not None and low > high:
        raise Faulty(f"size {cell!r} begins above its end; write the smaller number first")
    if one is not None:
        return Size("employees", one, one)
    if low is not None:
        return Size("employees", low, high)
    return Size("employees", least if least is not None else over, most)


def _figure(part: str | None) -> int | None:
    return int(re.sub(r"\D", "", part)) if part else None

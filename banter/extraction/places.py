"""Where the speaker's business is: country, state and town, from their words, else from number, time zone or locale."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import phonenumbers

from banter.extraction.facts_rules import OWN, Hit, Marks, lists
from banter.extraction.rulebooks import rows
from banter.extraction.spelling import common_words
from banter.leads.facts import Place, Role

_INTO = frozenset(("in", "from", "near", "outside", "across", "around", "throughout", "at", "round", "outside"))
_UPPER = frozenset(("us", "la", "dc", "kl", "ni", "nsw", "act", "nt", "tas", "vic"))
_FROM_NEAR = 4
_JOINTS = frozenset((",", "(", ")", "-", "/"))


def find_place(marks: Marks, role: Role | None = None) -> Place | None:
    """The place that the message tells of the speaker's business; a town and its state beside each other are one.

    `role` is the speaker's own: "Dispatcher at a depot in Omaha" is where the speaker works."""
    hits = [hit for hit in marks.of("place") if ":" in hit.name or hit.name.isdecimal()]
    hits = [hit for hit in hits if _is_name(marks, hit)]
    i = 0
    while i < len(hits):
        group = [hits[i]]
        while i + 1 < len(hits) and _joined(marks, group[-1], hits[i + 1]):
            i += 1
            group.append(hits[i])
        i += 1
        if _is_theirs(marks, group, role):
            return _place(marks, group)
    return _by_people(marks)


def _by_people(marks: Marks) -> Place | None:
    """ "we're a German company"."""
    firms = lists()["firm"] | lists()["bigfirm"] | lists()["trade"]
    for hit in marks.of("people"):
        own = any(marks.key(i) in OWN for i in range(marks.sentence(hit.first).start, hit.first))
        if own and marks.key(hit.last + 1) in firms and not marks.of_others(hit.first) and not marks.denied(hit.first):
            country = rows("facts_places")[int(hit.name)]["country"]
            return Place(country, evidence=(marks.evidence(hit.first, hit.last, "place"),))
    return None


def hint(timezone: str, locale: str, *, home: str, home_locale: str) -> Place | None:
    """What the browser's time zone tells, else its locale; nothing where both are the company's own or unknown."""
    if timezone != home and (country := _zones().get(timezone)) is not None:
        return Place(country, source="time zone")
    _, _, country = locale.replace("_", "-").partition("-")
    if timezone != home or locale == home_locale or len(country) != 2:
        return None
    return Place(country.upper(), source="locale")


def of_number(phone: str | None) -> Place | None:
    """The country of a number in E.164."""
    if phone is None:
        return None
    try:
        country = phonenumbers.region_code_for_number(phonenumbers.parse(phone, None))
    except phonenumbers.NumberParseException:
        return None
    return Place(country, source="phone") if country and country != "001" else None


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """IANA zone -> country, from the time zone data itself."""
    table = resources.files("tzdata").joinpath("zoneinfo").joinpath("zone.tab").read_text("utf-8")
    cells = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {cell[2]: cell[0] for cell in cells}


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["country"], row["area"]) for row in rows("facts_places") if "code" in row}


def _is_name(marks: Marks, hit: Hit) -> bool:
    """False for "us", "polish" or "mobile" said as ordinary words."""
    written = marks.written(hit.first, hit.last)
    if written.lower().strip(".") in _UPPER:
        return written.strip(".").isupper()
    return written[0].isupper() or (written.lower() not in common_words() and len(written) > 1)


def _joined(marks: Marks, one: Hit, other: Hit) -> bool:
    between = marks.keys[one.last + 1 : other.first]
    return len(between) <= 1 and all(key in _JOINTS for key in between)


def _is_theirs(marks: Marks, group: list[Hit], role: Role | None) -> bool:
    first, last = group[0].first, _code_at(marks, group[-1].last) or group[-1].last
    if marks.of_others(first, persons=True) or marks.denied(first, 2):
        return False
    if marks.before("place_away", first) is not None:
        return False
    if marks.key(last + 1) in ("based", "way") or marks.key(first - 1) == "based":
        return True
    strong = marks.before("place_strong", first, 3)
    if strong is not None:
        return True
    clause, sentence = marks.clause(first), marks.sentence(first)
    lead = [marks.key(i) for i in range(clause.start, first) if marks.key(i) not in ("in", "from", "here", "the")]
    rest = [marks.key(i) for i in range(last + 1, clause.stop) if marks.key(i) not in (*_JOINTS, "here", "area", ".")]
    if not lead and not rest and not any(hit.first in sentence for hit in marks.of("place_away")):
        return True
    if any(key in _INTO for key in marks.keys[max(sentence.start, first - 2) : first]):
        own = any(marks.key(i) in OWN for i in range(sentence.start, first))
        return own or _after_title(marks, first, role) or _after_a_business(marks, first)
    return False


def _after_title(marks: Marks, first: int, role: Role | None) -> bool:
    """True where the speaker's own title stands before, in the same sentence."""
    tokens, sentence = marks.message.tokens, marks.sentence(first)
    begin, end = tokens[sentence.start].start, tokens[first].start
    return role is not None and any(begin <= piece.start and piece.end <= end for piece in role.evidence)


def _after_a_business(marks: Marks, first: int) -> bool:
    """True for "a bank in Singapore", "plumber in Dublin", "accountancy practice in Leeds"."""
    words = lists()["firm"] | lists()["bigfirm"] | lists()["establishment"]
    heads = frozenset().union(*(lists()[name] for name in lists() if name.startswith("head_")))
    start = max(marks.sentence(first).start, first - _FROM_NEAR)
    near = [i for i in range(start, first) if marks.key(i) in words or marks.key(i) in heads]
    whose = marks.keys[max(start - 2, 0) : near[0]] if near else ()
    if near and not any(key in ("our", "my", "the", "your") for key in whose):  # "our CIO in Stuttgart"
        return True
    if any(start <= hit.last < first for hit in marks.of("industry")):
        return True
    counted = marks.key(first - 2) in _units() and any(key[:1].isdigit() for key in marks.keys[start : first - 2])
    return counted  # "40 people in Leeds"


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset(word for row in rows("facts_size") if "unit" in row for word in row["words"].split())


def _place(marks: Marks, group: list[Hit]) -> Place:
    data = rows("facts_places")
    country = area = city = None
    for hit in group:
        number, _, town = hit.name.partition(":")
        row = data[int(number)]
        if town:
            city = city or _town(town, row)
            country, area = country or row["country"], area or row.get("area")
        else:  # what is named beside a town says which town it is
            same = country == row["country"] and "area" not in row
            country, area = row["country"], area if same else row.get("area")
    last = group[-1].last
    if city and (code := _code_at(marks, last)):
        (country, area), last = _codes()[marks.written(code, code)], code
    if city == area and area == country:
        city = None
    evidence = marks.evidence(group[0].first, last, "place")
    return Place(country, area, city, "said", (evidence,))


def _code_at(marks: Marks, last: int) -> int:
    """The token of a state's code behind a town ("Austin, TX", "Omaha NE"), else 0."""
    at = last + 2 if marks.key(last + 1) == "," else last + 1
    return at if at < len(marks.keys) and marks.written(at, at) in _codes() else 0


def _town(town: str, row: dict[str, str]) -> str:
    """The town without the state or country that only tells it from another of its name."""
    for tail in (row.get("area", ""), *row.get("names", ()), *row.get("people", ())):
        if tail and town.endswith(f" {tail}") and town != tail:
            return town[: -len(tail) - 1]
    return town

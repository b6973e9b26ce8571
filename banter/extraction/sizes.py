"""How big the speaker's company is: people and named units with their counts, or a class in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from banter.extraction.facts_rules import Hit, Marks, is_end, lists
from banter.extraction.numbers import SMALL, TENS, digits_value
from banter.extraction.rulebooks import rows
from banter.leads.facts import Size

_OVER, _UNDER = frozenset(("over", "above")), frozenset(("under", "below"))
_REST = 3
_PERIODS = frozenset(("hour", "hours", "day", "days", "week", "weeks", "minutes", "%", "times"))
_CUE_REACH = 7
_MOST = 10_000_000


@dataclass(frozen=True)
class Count:
    """A number as said, `first` to `last` its tokens."""

    least: float | None
    most: float | None
    first: int
    last: int


def counts(marks: Marks) -> Iterator[Count]:
    """Every number with what bounds it: "40-50", "over 3,000", "600+", "a dozen"."""
    i = 0
    while i < len(marks.keys):
        count = _count(marks, i)
        if count is not None:
            yield count
            i = count.last + 1
        else:
            i += 1


def _count(marks: Marks, i: int) -> Count | None:
    first, key = i, marks.key(i)
    two = f"{key} {marks.key(i + 1)}"
    over = key in _OVER or two in ("more than", "at least", "north of")
    under = key in _UNDER or two in ("less than", "up to", "fewer than", "at most")
    if over or under:
        i += 1 if key in _OVER | _UNDER else 2
    found = _number(marks, i)
    if found is None:
        return None
    value, i, plus = found
    end = marks.message.tokens[i - 1].end
    if plus or marks.text[end - 1 : end + 1].rstrip().endswith("+"):  # "600+", whichever way it was cut
        over, i = True, i + (marks.key(i) == "+")
    joint = ("-", "–", "to", "or", "and") if marks.key(first - 1) == "between" else ("-", "–", "to", "or")
    if marks.key(i) in joint and (upper := _number(marks, i + 1)) is not None and upper[0] > value:
        return Count(value, upper[0], first, upper[1] - 1)
    if _adjoining(marks, i) and (upper := _number(marks, i)) is not None and upper[0] > value:
        return Count(value, upper[0], first, upper[1] - 1)
    return Count(None if under else value, None if over else value, first, i - 1)


def _adjoining(marks: Marks, i: int) -> bool:
    """True for the 50 of "40-50", whose hyphen is no word of its own."""
    if not 0 < i < len(marks.keys):
        return False
    between = marks.text[marks.message.tokens[i - 1].end : marks.message.tokens[i].start]
    return between in ("-", "–", "/")


def _number(marks: Marks, i: int) -> tuple[float, int, bool] | None:
    """A number that begins at `i`, the token after it, and whether a plus sign hangs on it."""
    key = marks.key(i)
    if key in ("a", "one", "two", "three") and marks.key(i + 1) in ("dozen", "couple", "hundred", "thousand"):
        scale = {"dozen": 12, "couple": 2, "hundred": 100, "thousand": 1000}[marks.key(i + 1)]
        return {"a": 1, "one": 1, "two": 2, "three": 3}[key] * scale, i + 2 + (marks.key(i + 2) == "of"), False
    if key in ("a", "an") and marks.before("takes", i, 3) is not None:  # "takes a full day", "eats a day a week"
        at = i + 2 if marks.key(i + 1) in ("full", "whole", "solid", "entire") else i + 1
        told = marks.key(i - 1) in _PERIODS or any(char.isdigit() for char in marks.key(i - 1))  # "£80 a week"
        if marks.key(at) in ("hour", "day", "week", "weekend") and not told:
            return 1, at, False
    if key in TENS:
        unit = SMALL.get(marks.key(i + 1), 0)
        return (TENS[key] + unit, i + 2, False) if 0 < unit < 10 else (TENS[key], i + 1, False)
    if key in SMALL and key != "zero":
        if marks.key(i + 1) in ("hundred", "thousand"):
            return SMALL[key] * (100 if marks.key(i + 1) == "hundred" else 1000), i + 2, False
        return SMALL[key], i + 1, False
    written = key.lstrip("~<>").rstrip("+")
    if not written[:1].isdigit() or not written.replace(",", "").replace(".", "").isdecimal():
        return None
    value = digits_value(written)
    if value is None or value > _MOST:
        return None
    if marks.key(i + 1) == "k":
        return value * 1000, i + 2, False
    return value, i + 1, key.endswith("+")


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, bool]]:
    return {
        word: (row["unit"], bool(row.get("people")))
        for row in rows("facts_size")
        if "unit" in row
        for word in row["words"].split()
    }


def size_class(size: Size) -> str | None:
    """The class of a number of people."""
    ends = [end for end in (size.least, size.most) if end is not None]
    if not ends:
        return None
    people = sum(ends) / len(ends) - (size.least is None)
    return next((name for name, most in _CLASSES if people <= most), "large")


_CLASSES = (("solo", 1), ("micro", 9), ("small", 49), ("medium", 249))


def find_sizes(marks: Marks) -> tuple[Size, ...]:
    """The sizes that the message tells of the speaker's company, one for each unit."""
    found: dict[str, Size] = {}
    for count in counts(marks):
        size = _sized(marks, count)
        if size is not None:
            found.pop(size.unit, None)
            found[size.unit] = size
    worded = _worded(marks)
    people = found.get("employees")
    if people is None and worded is not None:
        return (worded, *found.values())
    if people is not None:
        found["employees"] = replace(people, size_class=size_class(people))
    return tuple(found.values())


def _sized(marks: Marks, count: Count) -> Size | None:
    at = count.last + 1
    if marks.text[marks.message.tokens[count.first].start - 1 : marks.message.tokens[count.first].start] in tuple(
        "$€£"
    ):
        return None
    if any(value is not None and value != int(value) for value in (count.least, count.most)):
        return None
    compound = _adjoining(marks, at) or marks.key(at) == "-"
    if marks.key(at) == "of" and marks.key(at + 1) == "us":
        if _deciding(marks) or _at_work(marks, count, at + 1) or marks.key(at + 2) == "in":
            return None
        return _size(marks, count, "employees", at + 1)
    for _ in range(3):
        if marks.key(at) in lists()["size_soft"] and marks.key(at) not in _units():
            at += 1
    if marks.key(at) not in _units() and marks.key(at + 1) in _units() and _may_describe(marks, count, at):
        at += 1
    unit, people = _units().get(marks.key(at), (None, False))
    if unit is None:
        return _bare(marks, count)
    if people and _deciding(marks) and not marks.before("size", count.first, 2):
        return None  # "three people: the CFO, the CIO and me"
    if _at_work(marks, count, at) or marks.of_others(count.first) or marks.denied(count.first):
        return None
    one = compound and not marks.key(at).endswith("s")
    if marks.key(at) in ("person", "man") and not compound:
        one = (marks.key(at + 1) in lists()["firm"] | lists()["trade"]) or any(
            hit.first in (at + 1, at + 2) for hit in marks.of("industry")
        )
        if not one:
            return None
    mine = people and any(
        marks.sentence(at).start <= hit.first and abs(hit.first - at) < 6 for hit in marks.of("my_team")
    )
    if unit == "members" and mine_team(marks, at):
        return _size(marks, count, "team", at)
    if not (one or mine or _cued(marks, count) or _fragment(marks, count, at)):
        return None
    return _size(marks, count, "team" if mine else unit, at)


def _may_describe(marks: Marks, count: Count, at: int) -> bool:
    """True for the word in "300 national staff": one that is no figure, after a cue or where a clause begins."""
    return marks.key(at).isalpha() and (_cued(marks, count) or _fragment(marks, count, at + 1))


def mine_team(marks: Marks, at: int) -> bool:
    """True for "11 members in my team"."""
    return any(0 < hit.first - at < 4 for hit in marks.of("my_team"))


def _bare(marks: Marks, count: Count) -> Size | None:
    """ "we are 16, counting the apprentices", "team of 12", "we're 40 strong"."""
    before, after = marks.keys[max(0, count.first - 3) : count.first], marks.key(count.last + 1)
    team_of = len(before) > 1 and before[-1] == "of" and before[-2] in ("team", "crew", "staff")
    ends = (
        team_of
        or is_end(after)
        or after
        in (
            ",",
            "strong",
            "in",
            "now",
            "altogether",
            "all",
            "at",
            "and",
            "(",
            "here",
            "total",
        )
    )
    if any(hit.first == count.last + 1 for hit in marks.of("payroll")):  # "46 on the payroll"
        return _size(marks, count, "employees", count.last)
    if not ends or not before:
        return None
    trimmed = [key for key in before if key not in lists()["size_about"] | {"now", "only", "just", "currently", "all"}]
    team = trimmed[-2:] in (["team", "of"], ["crew", "of"], ["staff", "of"], ["workforce", "of"], ["headcount", "of"])
    if team:
        whose = "team" if any(hit.last == count.first - 2 for hit in marks.of("my_team")) else "employees"
        return None if marks.of_others(count.first) else _size(marks, count, whose, count.last)
    if trimmed[-2:] in (["headcount", "is"], ["workforce", "is"], ["staff", "is"]):
        return _size(marks, count, "employees", count.last)
    if trimmed[-2:] == ["we", "are"] and after not in ("and", "in") and (count.least or 0) < 100_000:
        return _size(marks, count, "employees", count.last)
    if trimmed[-3:] == ["my", "team", "is"]:
        return _size(marks, count, "team", count.last)
    return None


def _size(marks: Marks, count: Count, unit: str, last: int) -> Size:
    least = None if count.least is None else int(count.least)
    most = None if count.most is None else int(count.most)
    return Size(unit, least, most, None, (marks.evidence(count.first, last, "size"),))


def _cued(marks: Marks, count: Count) -> bool:
    return marks.before("size", count.first, _CUE_REACH) is not None


def _fragment(marks: Marks, count: Count, at: int) -> bool:
    """True for "12 trucks, 30 guys in summer": a count with its unit, and little else in the clause."""
    clause = marks.clause(count.first)
    lead = [marks.key(i) for i in range(clause.start, count.first) if marks.key(i) not in lists()["size_fillers"]]
    rest = [i for i in range(at + 1, clause.stop) if marks.key(i) not in (",", ".", "and", ";")]
    return not lead and len(rest) <= _REST


def _at_work(marks: Marks, count: Count, at: int) -> bool:
    """True for "2 people spend 4 hours", "it takes 3 people", "by two assistants", "lost 3 drivers"."""
    clause = marks.clause(count.first)
    near = [hit for hit in marks.of("at_work") if hit.first in clause]
    return any(0 < hit.first - at <= 2 or 0 < count.first - hit.last <= 2 for hit in near)


def _deciding(marks: Marks) -> bool:
    """True where "just me" and "the four of us" say who decides, not how many they are."""
    return bool(marks.of("deciding")) or marks.open_question == "authority"


def _is_all(marks: Marks, hit: Hit) -> bool:
    """True for "just me." and nothing else, to a question: none asks how many they are."""
    inside = range(hit.first, hit.last + 1)
    others = [i for i, key in enumerate(marks.keys) if key.isalnum() and i not in inside]
    return marks.open_question is not None and not others and "me" in marks.keys[hit.first : hit.last + 1]


def _worded(marks: Marks) -> Size | None:
    for hit in sorted(marks.of("class"), key=lambda hit: (hit.name != "pair", hit.first)):  # "just me and my brother"
        if marks.denied(hit.first) or marks.of_others(hit.first):
            continue
        if (hit.name in ("solo", "pair") and _deciding(marks)) or (hit.name == "solo" and _is_all(marks, hit)):
            continue
        evidence = (marks.evidence(hit.first, hit.last, "size"),)
        if hit.name == "solo":
            return Size("employees", 1, 1, "solo", evidence)
        if hit.name == "pair":
            return Size("employees", 2, 2, "micro", evidence)
        return Size("employees", None, None, hit.name, evidence)
    return None

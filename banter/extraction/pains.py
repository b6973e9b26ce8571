"""What the speaker's problem is about, by the playbook's list, and its measure: hours, money, errors, share, heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from banter.extraction.facts_rules import Hit, Marks, lists
from banter.extraction.leanings import Leaning
from banter.extraction.money import find_money
from banter.extraction.objections import BELIEVED, doubted
from banter.extraction.rulebooks import rows
from banter.extraction.shares import find_shares
from banter.extraction.sizes import Count, counts
from banter.leads.facts import Measure, Pain
from scoring.model import Evidence

#: From this margin on a sentence is about some trouble, if not clearly about one of the list.
_CLOSE = -0.6


def find_pains(marks: Marks, sized: frozenset[int], leanings: Mapping[str, Leaning]) -> tuple[Pain, ...]:
    """Segments with the measures told of them, in order; `sized` are the tokens that told the company's size."""
    found: dict[str | None, Pain] = {}
    own = [hit for hit in _segments(marks) if not doubted(f"pain.{hit.name}", leanings)]
    worded = {hit.name for hit in own}
    own += _leant(leanings, worded)
    shares = find_shares(marks)
    told = sized | {i for _, first, last in shares for i in range(first, last + 1)}
    measures = [(m, e, at) for m, e, at in (*_counted(marks, told), *_money(marks))]
    measures += [
        (Measure(float(share), None, "%", None), marks.evidence(first, last, "measure"), first)
        for share, first, last in shares
    ]
    for measure, evidence, at in measures:
        sentence = marks.sentence(at)
        about = [hit for hit in own if hit.first in sentence]
        about = [hit for hit in about if hit.name in worded] or about
        if not about and not _trouble(marks, sentence, at) and not _near(leanings, at):
            continue
        name = min(about, key=lambda hit: abs(hit.first - at)).name if about else None
        pain = found.get(name, Pain(name))
        found[name] = replace(pain, measures=(*pain.measures, measure), evidence=(*pain.evidence, evidence))
    for hit in own:
        pain = found.get(hit.name, Pain(hit.name))
        words = marks.evidence(hit.first, hit.last, "pain")
        found[hit.name] = replace(pain, evidence=(words, *pain.evidence))
    order = sorted(found.values(), key=lambda pain: min(e.start for e in pain.evidence))
    return tuple(order)


def _near(leanings: Mapping[str, Leaning], at: int) -> bool:
    """True where the sentence is close to telling a pain: then a number in it may be its measure."""
    return any(
        label.startswith("pain.") and each.margin > _CLOSE and each.first <= at <= each.last
        for label, each in leanings.items()
    )


def _leant(leanings: Mapping[str, Leaning], known: set[str]) -> list[Hit]:
    """Sentences that lean to a segment which no word of the list told."""
    pains = [(label[len("pain.") :], each) for label, each in leanings.items() if label.startswith("pain.")]
    return [
        Hit(name, each.first, each.last) for name, each in pains if name not in known and each.margin > BELIEVED["pain"]
    ]


def _segments(marks: Marks) -> list[Hit]:
    """Words of the list that stand for a problem: several together alone, a single one beside trouble or a wish."""
    found = []
    for hit in marks.of("pain"):
        sentence = marks.sentence(hit.first)
        if any(h.first in sentence for h in marks.of("untroubled")) or marks.key(hit.last + 1) == "to":
            continue
        if any(h.first <= hit.last and hit.first <= h.last for h in marks.of("objection")):
            continue
        pressed = any(h.first in sentence and h.name == "high" for h in marks.of("urgency"))
        troubled = any(h.first in sentence for kind in ("trouble", "wish") for h in marks.of(kind)) or any(
            h.first in sentence and not hit.first <= h.first <= hit.last for h in marks.of("takes")
        )
        if hit.last > hit.first or troubled or pressed:
            found.append(hit)
    return found


def _trouble(marks: Marks, sentence: range, measure: int) -> bool:
    """True beside a word of trouble that is no part of the measure itself: "90 days" alone is none."""
    hits = [hit for kind in ("trouble", "takes") for hit in marks.of(kind)]
    return any(hit.first in sentence and not measure <= hit.first <= measure + 2 for hit in hits)


@lru_cache(maxsize=1)
def _words(kind: str) -> dict[str, str]:
    return {word: row[kind] for row in rows("facts_pains") if kind in row for word in row["words"].split()}


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return _words("unit")


@lru_cache(maxsize=1)
def _periods() -> dict[str, str]:
    return {word: row["per"] for row in rows("facts_pains") if "per" in row for word in row["words"].split()}


def _counted(marks: Marks, sized: frozenset[int]) -> list[tuple[Measure, Evidence, int]]:
    found = []
    named: dict[int, str | None] = {}  # by sentence
    for count in counts(marks):
        if (
            count.first in sized
            or marks.key(count.first - 1) in lists()["pain_no_measure"]
            or count.first - 1 in _dated(marks)
        ):
            continue
        at = count.last + 1
        for _ in range(2):
            if marks.key(at) in lists()["pain_between"] and marks.key(at) not in _units():
                at += 1
        unit = _units().get(marks.key(at))
        if marks.key(at) == "per" and marks.key(at + 1) == "cent":
            unit, at = "%", at + 1
        if unit is None and marks.key(count.last).endswith("%"):
            unit, at = "%", count.last
        if unit is None or marks.key(at + 1) in lists()["pain_no_measure_after"]:
            continue
        if unit == "people" and not _busy(marks, count, at):
            continue
        per, last = _per(marks, at + 1, at, named)
        found.append((_measure(count, unit, per), marks.evidence(count.first, last, "measure"), count.first))
    return found


def _busy(marks: Marks, count: Count, at: int) -> bool:
    """True for people at a task: "2 people spend", "it takes three clerks"; not for the two who must agree."""
    hits = [
        hit for kind in ("takes", "at_work") for hit in marks.of(kind) if not marks.key(hit.last).startswith("cost")
    ]
    return any(0 < hit.first - at <= 2 or 0 < count.first - hit.last <= 2 for hit in hits)


def _dated(marks: Marks) -> set[int]:
    """Places of "deadline", "due": a number behind them is a date."""
    return {i for i, key in enumerate(marks.keys) if key in ("deadline", "due", "$", "£", "€")}


def _measure(count: Count, unit: str, per: str | None) -> Measure:
    least = count.least if count.least is not None else count.most or 0.0
    most = count.most if count.most is not None and count.most != least else None
    return Measure(float(least), None if most is None else float(most), unit, per)


def _per(marks: Marks, at: int, last: int, named: dict[int, str | None]) -> tuple[str | None, int]:
    """The period after a measure ("a week"), else one named before it ("every Monday"), and the last token."""
    periods = _periods()
    if marks.key(at) in periods and marks.key(at) not in ("month", "week", "day", "year", "hour", "quarter"):
        return periods[marks.key(at)], at
    if marks.key(at) in lists()["pain_each"] and marks.key(at + 1) in periods:
        return periods[marks.key(at + 1)], at + 1
    sentence = marks.message.sentences[last]
    if sentence not in named:
        named[sentence] = _named_period(marks, marks.sentence(last))
    return named[sentence], last


def _named_period(marks: Marks, sentence: range) -> str | None:
    periods = _periods()
    for i in sentence:
        if marks.key(i) in ("every", "each", "per") and marks.key(i + 1) in periods and i + 1 in sentence:
            return periods[marks.key(i + 1)]
        if marks.key(i) in ("daily", "weekly", "monthly", "yearly", "annually", "quarterly"):
            return periods[marks.key(i)]
    return None


def _money(marks: Marks) -> list[tuple[Measure, Evidence, int]]:
    """Amounts that a problem costs; looked for only where a word of loss stands, because budgets are no measure."""
    if not marks.of("money_lost") or not any(char.isdigit() for char in marks.text):
        return []
    found = []
    tokens = marks.message.tokens
    for span in find_money(marks.text):
        at = next((i for i, token in enumerate(tokens) if token.end > span.start), None)
        if at is None or not any(hit.first in marks.clause(at) for hit in marks.of("money_lost")):
            continue
        money = span.money
        number = money.min if money.min is not None else money.max
        if number is None or not (money.currency or span.marked):
            continue
        last = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].start < span.end), at)
        per = money.period if money.period in ("year", "quarter", "month") else _per(marks, last + 1, last, {})[0]
        most = money.max if money.max != number else None
        words = Evidence(marks.text[span.start : span.end], span.start, span.end, "measure")
        found.append((Measure(float(number), most, money.currency or "money", per), words, at))
    return found

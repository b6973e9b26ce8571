"""An answer and what its follow-up was told make one: approved and "15k" is an approved amount. Pure.

A follow-up adds. Who cannot say how many hours still has the problem, and a figure stays named when it is not approved.
"""

from __future__ import annotations

import re
from dataclasses import replace

from banter.leads.reading import Reading
from scoring.model import BANDS, SPECIFICITIES, Answer, Evidence, Money, Timing

_NUMBER = re.compile(
    r"\d[\d.,]*(?:\s*(?:-|\u2013|to|or)\s*\d[\d.,]*)?\s*%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|dozens?|half|a third|a quarter|daily|"
    r"hourly|weekly|once|twice)\b",
    re.I,
)
#: A longer reply to "how many hours?" says something else as well, and is read as a whole.
_SHORT = 8
#: A smaller number alone is none that anybody budgets with.
_LEAST_ANEW = 100
_MEASURED = ("probe_hours", "probe_money", "probe_errors", "probe_times", "probe_measure")


def completed(old: Answer, reading: Reading, probe: str, together: Answer | None) -> Answer | None:
    """The earlier answer with what `probe` asked for, or as it was when the reply adds nothing; None when the reply
    speaks for itself. `together` is the two read as one."""
    if not old.said:
        return None
    new = reading.answers.get(old.dimension)
    if probe in ("probe_figure", "probe_figure_of"):
        return _with_figure(old, new, together)
    if probe == "probe_approval":
        return _with_approval(old, new, reading, together)
    if probe in ("probe_signer", "probe_part"):
        return _with_people(old, new, reading, probe)
    if probe in _MEASURED:
        return _with_measure(old, new, reading)
    if old.dimension == "timeline":
        return _with_date(old, new)
    return old if old.dimension == "need" and new is not None and new.said and _worse(new, old) else None


def without_misread_cost(reading: Reading, probe: str, known: Answer | None) -> Reading:
    """What a problem costs is no budget: "5k a month" to "what does it cost you?", unless that changes a figure."""
    budget = reading.answers.get("budget")
    if probe not in _MEASURED or budget is None or budget.band != "amount":
        return reading
    if known is not None and (
        isinstance(known.value, Money) or reading.introduced or len(reading.text.split()) > _SHORT
    ):
        return reading
    if reading.answers.keys() - {"budget", "need"}:
        return reading
    return replace(
        reading,
        answers={d: a for d, a in reading.answers.items() if d != "budget"},
        corrects=tuple(d for d in reading.corrects if d != "budget"),
        contradicts=tuple(d for d in reading.contradicts if d != "budget"),
    )


def _with_figure(old: Answer, new: Answer | None, together: Answer | None) -> Answer | None:
    if old.band != "approved" or new is None:
        return None
    if isinstance(new.value, Money) and new.band in ("amount", "approved_amount") and new.commitment != "negative":
        whole = joined(old, new.text, new.evidence)
        return replace(
            whole, band="approved_amount", specificity=new.specificity, commitment="committed", value=new.value
        )
    if new.band == "approved":
        return new if _finer(new, old) else old
    denied = together is not None and together.band in ("exploring", "none")
    return old if new.said and not denied else None  # "we don't have the number yet"


def _with_approval(old: Answer, new: Answer | None, reading: Reading, together: Answer | None) -> Answer | None:
    if old.band != "amount":
        return None
    said = new if new is not None and new.said else None
    approved = said is not None and said.band == "approved" and not said.guessed
    value = said.value if said is not None and isinstance(said.value, Money) else old.value
    if approved or (reading.agrees is True and (said is None or said.band in ("approved", "amount"))):
        found = said.evidence if said is not None else _all(reading.text, "approval")
        whole = joined(old, reading.text, found)
        return replace(whole, band="approved_amount", commitment="committed", value=value)
    if said is not None and said.band in ("amount", "approved_amount"):
        return old if _is_bare_count(said) else None
    if said is not None and said.band == "none" and together is not None and together.band == "none":
        return None
    if reading.agrees is False or (said is not None and not said.guessed):  # waits for it: still the same figure
        found = said.evidence if said is not None else _all(reading.text, "negation")
        return replace(joined(old, reading.text, found), commitment="tentative")
    return old


def _is_bare_count(said: Answer) -> bool:
    """ "1", said when asked whether the figure is approved, is no other figure."""
    value = said.value
    small = isinstance(value, Money) and value.max is not None and value.max < _LEAST_ANEW
    return small and re.fullmatch(r"\W*\d+\W*", said.text) is not None


def _with_people(old: Answer, new: Answer | None, reading: Reading, probe: str) -> Answer | None:
    if new is not None and new.said and not _worse(new, old) and new.band != old.band:
        return None
    if probe == "probe_part" and reading.agrees is True and (new is None or not new.said or new.guessed):
        whole = joined(old, reading.text, _all(reading.text, "recommendation"))
        return replace(whole, band="influence", commitment="intending")
    if new is None or not new.said:
        return None
    whole = joined(old, new.text, new.evidence)
    if _finer(new, old):
        return replace(whole, specificity=new.specificity)
    return whole if probe == "probe_signer" else old  # who signs is worth keeping


def _with_measure(old: Answer, new: Answer | None, reading: Reading) -> Answer | None:
    if new is not None and new.band == "quantified":
        whole = joined(old, new.text, new.evidence)
        return replace(new, text=whole.text, evidence=whole.evidence)
    if new is not None and new.band == "declined":
        return old
    number = _NUMBER.search(reading.text)
    elsewhere = any(isinstance(a.value, Money | Timing) for d, a in reading.answers.items() if d != old.dimension)
    if (
        number
        and not elsewhere
        and not reading.topics
        and not reading.takes_back
        and len(reading.text.split()) <= _SHORT
    ):
        measure = Evidence(
            number.group().strip(), number.start(), number.start() + len(number.group().strip()), "measure"
        )
        return replace(joined(old, reading.text, (measure,)), band="quantified", specificity="precise")
    return old if new is not None else None


def _with_date(old: Answer, new: Answer | None) -> Answer | None:
    if new is None or not new.said:
        return None
    if isinstance(new.value, Timing) and new.value.days_max is not None:
        return new
    return new if _finer(new, old) and not _worse(new, old) else old


def joined(old: Answer, text: str, found: tuple[Evidence, ...]) -> Answer:
    """Both messages as one text, with the words that each rests on; the labels are those of `old`."""
    shift = len(old.text) + 1
    moved = tuple(replace(e, start=e.start + shift, end=e.end + shift) for e in found)
    return replace(old, text=f"{old.text}\n{text}", evidence=old.evidence + moved)


def _all(text: str, kind: str) -> tuple[Evidence, ...]:
    said = text.strip()
    start = text.find(said)
    return (Evidence(said, start, start + len(said), kind),)


def _worse(new: Answer, old: Answer) -> bool:
    order = BANDS[new.dimension]
    return order.index(new.band) > order.index(old.band)


def _finer(new: Answer, old: Answer) -> bool:
    return SPECIFICITIES.index(new.specificity) < SPECIFICITIES.index(old.specificity)

"""How a new message changes what is known: first answers, corrections, what a follow-up was told. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from banter.leads.completing import completed, joined
from banter.leads.reading import Reading
from scoring.model import BANDS, Answer, Dimension


def merge(
    known: Mapping[Dimension, Answer],
    reading: Reading,
    *,
    open_question: str | None,
    together: Answer | None,
    probe: str = "",
) -> dict[Dimension, Answer]:
    """The answers after a message.

    `together` is the open question's answer when its earlier, vaguer answer and this message are read as one; it
    counts when it says more than the earlier one did. `probe` is the wording of the follow-up that is open: what it
    asked for is put together with what was known. What was said clearly before is only changed by a correction.
    """
    merged = dict(known)
    elsewhere = bool(reading.corrects) and open_question not in reading.answers  # what it asked for was not told
    asked = next((d for d in known if d == open_question and d not in reading.corrects and not elsewhere), None)
    whole = completed(known[asked], reading, probe, together) if asked is not None and probe else None
    for dimension, new in reading.answers.items():
        old = known.get(dimension)
        if old is None or not old.said:
            merged[dimension] = new if new.said or old is None or new.band == "declined" else old
        elif dimension in reading.corrects and new.said:
            merged[dimension] = _corrected(old, new, in_place=reading.introduced)
        elif dimension == open_question and new.said:
            merged[dimension] = together if together is not None and _says_more(together, new) else new
    if asked is not None and whole is not None:
        merged[asked] = whole
    elif open_question not in (None, *reading.corrects) and not elsewhere and together is not None and together.said:
        dimension = together.dimension
        if dimension not in reading.corrects and _says_more(together, merged.get(dimension)):
            merged[dimension] = together
    return merged


def unclear(dimension: Dimension, text: str) -> Answer:
    """What stands for a question that was asked, and asked again, and not answered."""
    return Answer(dimension, "unclear", "vague", "tentative", text)


def _says_more(new: Answer, old: Answer | None) -> bool:
    if old is None or not old.said:
        return True
    order = BANDS[new.dimension]
    return order.index(new.band) < order.index(old.band)


def _corrected(old: Answer, new: Answer, *, in_place: bool) -> Answer:
    """A corrected figure rests on the earlier words too: "the board signed off 20k" ... "sorry, make that 25k". And
    "approved" said after "20k" is said of these 20k, unless it is said `in_place` of them: "sorry, ..."."""
    if old.band == "amount" and new.band == "approved" and new.value is None and not in_place:
        return replace(joined(old, new.text, new.evidence), band="approved_amount", commitment="committed")
    if new.band != old.band or new.band != "approved_amount":
        return new
    kept = replace(new, text=old.text, evidence=tuple(e for e in old.evidence if e.kind != "money"))
    return joined(kept, new.text, new.evidence)

"""Which amount in a message is the speaker's own for this, and what else is said of it: bounds, period, currency."""

from __future__ import annotations

from collections.abc import Sequence

from banter.extraction.budget_standing import inside
from banter.extraction.hedges import corrected_from
from banter.extraction.matching import MONEY, Cue, Message, labelled
from banter.extraction.money import MoneySpan
from banter.extraction.money_words import currencies_named
from scoring.model import Money

_PERIODS = ("year", "quarter", "month")
_DOLLARS = frozenset({None, "USD"})
#: The nations whose money a word behind the figure can say, and what the figure may say already.
_NATIONS = {
    **dict.fromkeys(("AUD", "CAD", "NZD", "SGD", "HKD", "JMD", "USD"), _DOLLARS),
    **dict.fromkeys(("DKK", "SEK", "NOK"), frozenset({None})),
    "PKR": frozenset({None, "INR"}),
}
#: "Nothing over 5k", "if it's over 200 they laugh": what is over the figure is too much.
_OVER = ("over", "above", "more than", "beyond", "past", "north of", "exceeding")
_TOO_MUCH = frozenset({"not", "no", "nothing", "never", "anything", "if", "none", "nowt", "would", "will", "cannot"})
_TOO_MUCH |= {
    "crazy",
    "excessive",
    "laugh",
    "refuse",
    "hurts",
    "dead",
    "doa",
    "cent",
    "penny",
    "without",
    "when",
    "notin",
}
_SHORT = 6
#: "6k a year, NZ": so many tokens behind the figure; "us" only right behind it.
_NATION_NEAR = 6
_NEXT = 1


def is_own(message: Message, span: MoneySpan, asked: bool) -> bool:
    """Whether the figure is the speaker's own money for this, not a past, lost, earned or somebody else's."""
    index = next((i for i, t in enumerate(message.tokens) if t.key == MONEY and t.start >= span.start), None)
    if index is None:
        return False
    if labelled(message, "budget", "same"):
        return True
    here = set(message.clause(index))
    other = [c for c in labelled(message, "budget", "other") if c.first in here]
    limit = [c for c in labelled(message, "budget", "limit") if c.first in here or c.last in here]
    if limit:
        return False
    if _asks(message, index):
        return False
    if not other:
        return True
    approved = [c for c in labelled(message, "budget", "approved") if c.first in here]
    mine = [c for c in labelled(message, "budget", "own") if c.first in here and not inside(c, other)]
    return bool(approved or (mine and asked and all(c.first > index for c in other)))


def _asks(message: Message, index: int) -> bool:
    """The figure stands in a question back: "is it more than 10k?"."""
    number = message.sentences[index]
    keys = [t.key for t, s in zip(message.tokens, message.sentences, strict=False) if s == number]
    starts = ("is", "does", "do", "can", "could", "will", "would", "what", "how", "why", "are", "did", "has")
    return bool(keys) and keys[-1] == "?" and keys[0] in starts and "we" not in keys[:3]


def last_word(message: Message, own: list[MoneySpan]) -> MoneySpan | None:
    """The figure that counts: the one that is not denied, after a correction the last; no bare number beside money."""
    kept = [s for s in own if not _denied(message, s)]
    if any(s.marked for s in kept):
        cut = corrected_from(message)
        start = message.tokens[cut].start if cut is not None else len(message.text)
        kept = [s for s in kept if s.marked or s.money.period or "," in s.text.strip(",") or s.start >= start]
    return kept[-1] if kept else None


def in_jest(message: Message, figure: MoneySpan) -> bool:
    """ "A million dollars, no, seriously, nothing yet": a figure taken back as a joke; there is none."""
    jests = [c for c in labelled(message, "budget", "jest") if c.start >= figure.end]
    return any(c.start > jests[0].start for c in labelled(message, "budget", "notyet", "none")) if jests else False


def _denied(message: Message, span: MoneySpan) -> bool:
    index = next((i for i, t in enumerate(message.tokens) if t.start >= span.start), 0)
    before = message.keys(range(max(0, index - 2), index))
    further = message.keys(range(max(0, index - 4), index))
    lacks = "not" in further and further[-1:] in (["have"], ["got"], ["afford"], ["spend"], ["the"], ["pay"])
    return before[-1:] == ["not"] or lacks


def bounded(message: Message, figure: MoneySpan) -> Money:
    """ "Our ceiling is 75k" has no lower end, "75k minimum" no upper one, "nothing over 75k" no lower one."""
    money = figure.money
    index = token_at(message, figure)
    if money.max is None and figure.text.lower().startswith(_OVER):
        keys = set(message.keys(_statement(message, index)))
        return Money(None, money.min, money.currency, money.period) if keys & _TOO_MUCH else money
    if money.min == money.max or money.max is None:
        here = set(_statement(message, index))
        most = [c for c in _terms(message, "ceiling") if c.first in here and _of_it(message, c, index)]
        if most:
            return Money(None, money.max if money.max is not None else money.min, money.currency, money.period)
    if money.min != money.max:
        return money
    least = [c for c in _terms(message, "floor") if c.first <= index <= c.last]
    return Money(money.min, None, money.currency, money.period) if least else money


def _of_it(message: Message, cue: Cue, index: int) -> bool:
    """The words speak of this figure: they hold it, or stand behind it with no other figure between."""
    if cue.first <= index <= cue.last:
        return True
    return cue.first > index and MONEY not in message.keys(range(index + 1, cue.first))


def last_marked(message: Message, spans: Sequence[MoneySpan]) -> Money | None:
    """The last figure that is plainly money, with all that is said of it; for where no rule chose one."""
    marked = [s for s in spans if s.marked and s.money.max != 0 and not in_jest(message, s)]
    return completed(message, marked[-1], bounded(message, marked[-1]), spans) if marked else None


def completed(message: Message, figure: MoneySpan, money: Money, spans: Sequence[MoneySpan]) -> Money:
    """With the period and the currency that the message says apart from the figure: "5k, one payment, in euros"."""
    index = token_at(message, figure)
    return Money(
        money.min,
        money.max,
        _currency(message, figure, index, spans),
        money.period or _period(message, index),
    )


def _period(message: Message, index: int) -> str | None:
    if _terms(message, "once") or _only_once(message):
        return "once"
    here = set(_statement(message, index))
    near = [c for c in _terms(message, *_PERIODS) if c.first in here]
    behind = [c for c in near if c.first > index and MONEY not in message.keys(range(index + 1, c.first))]
    ahead = [c for c in near if c.last < index and MONEY not in message.keys(range(c.last + 1, index))]
    if behind:
        return behind[0].label
    return ahead[-1].label if ahead else None


def _only_once(message: Message) -> bool:
    """ "Once" at the end of a clause; "once the grant is in" is a condition."""
    keys = [*(t.key for t in message.tokens), "."]
    return any(key == "once" and not keys[i + 1].isalnum() for i, key in enumerate(keys[:-1]))


def _currency(message: Message, figure: MoneySpan, index: int, spans: Sequence[MoneySpan]) -> str | None:
    """Whose dollars: "$900 NZ", "25k Aussie"; else what the other figures or a bare word ("pounds, obviously") say."""
    said = figure.money.currency
    for cue in _terms(message, *_NATIONS):
        near = _NEXT if cue.label == "USD" else _NATION_NEAR
        if 0 < cue.first - index <= near and said in _NATIONS[cue.label]:
            return cue.label
    if said is not None:
        return said
    others = {s.money.currency for s in spans if s.money.currency}
    named = {code for code in currencies_named(message.text) if code}
    return next(iter(others | named)) if len(others | named) == 1 else None


def _statement(message: Message, index: int) -> list[int]:
    """The tokens of the sentence of token `index`, and of a short next one without a figure of its own."""
    number = message.sentences[index]
    here = [i for i, n in enumerate(message.sentences) if n == number]
    after = [i for i, n in enumerate(message.sentences) if n == number + 1]
    return here if MONEY in message.keys(after) or len(after) > _SHORT else here + after


def _terms(message: Message, *labels: str) -> list[Cue]:
    return labelled(message, "budget_terms", *labels)


def token_at(message: Message, figure: MoneySpan) -> int:
    """The token that stands for a figure."""
    return next((i for i, t in enumerate(message.tokens) if t.start >= figure.start), 0)


def share(text: str, span: MoneySpan) -> bool:
    """A bare figure in a text about percentages."""
    return "%" in text or "percent" in text.lower()

"""Budget: whether there is money, how much, and how firmly. Figures that are not the speaker's own do not count."""

from __future__ import annotations

from datetime import date

from banter.extraction.hedges import (
    conditions,
    corrected_from,
    denied_denial,
    evidence,
    hedges,
    negated,
    refusals,
    tidy,
)
from banter.extraction.matching import MONEY, Cue, Message, find, labelled, read_message, word_lists
from banter.extraction.money import MoneySpan, find_money
from scoring.model import Answer, Evidence, Money

_YES = ("yes", "sure", "indeed", "correct", "absolutely", "definitely", "certainly", "affirmative", "si", "oui", "ja")
_NO = ("no", "none", "nein", "non")
#: Before an approval these say that it has not happened yet.
_UNDECIDED = frozenset(
    [
        "if",
        "once",
        "soon",
        "unless",
        "until",
        "when",
        "hope",
        "hoping",
        "hopefully",
        "expect",
        "would",
        "should",
        "could",
        "might",
        "maybe",
        "before",
        "assuming",
    ]
)
_TAKEN = frozenset(
    [
        "withdrawn",
        "revoked",
        "rescinded",
        "reversed",
        "reallocated",
        "clawed",
        "vetoed",
        "cancelled",
        "frozen",
        "pulled",
        "rejected",
        "refused",
        "denied",
        "declined",
        "axed",
        "scrapped",
    ]
)
#: Asked for; an approval that is told afterwards settles it.
_ASKED_FOR = frozenset(["proposed", "requested", "applied", "submitted", "asked", "pitched", "put"])
#: Open answers that narrow nothing: "depends", "no idea".
_LITTLE = (
    "depend",
    "no idea",
    "no clue",
    "not sure",
    "unsure",
    "n't know",
    "not know",
    "hard to",
    "difficult to",
    "up in the",
    "too early",
    "far yet",
    "have to see",
    "will see",
    "see a demo",
    "see first",
    "first see",
    "what range",
    "what do you",
    "tell me",
    "never b",
    "no number",
    "have a number",
    "a number",
    "to be d",
    "tbd",
    "not certain",
    "don't know",
    "what it costs",
    "what things cost",
    "open question",
    "remains",
    "idk",
    "dunno",
    "know the",
    "know your",
)


def read_budget(text: str, today: date, asked: bool, question: str, day_first: bool, currency: str | None) -> Answer:
    """The budget answer in `text`; the caller has dealt with refusals."""
    spans = [s for s in find_money(text, asked=asked, day_first=day_first) if s.marked or asked]
    spans = [s for s in spans if s.marked or not _share(text, s)]
    message = read_message(text, tuple((s.start, s.end) for s in spans))
    own = [s for s in spans if _is_own(message, s, asked)]
    approved, waits, exploring, none = _standing(message)
    figure = _last_word(message, own)
    if not asked:
        approved = [c for c in approved if figure or _near_money(message, c)]
        none = [c for c in none if _near_money(message, c) or "afford" in message.keys(range(c.first, c.last + 1))]
    if not asked and not (approved or none or (figure and _explicit(message, figure))):
        return _answer(text, "unclear", "vague", "tentative")
    if none and not approved and (not figure or _refused_after(message, none, figure)):
        return _answer(text, "none", _fact(message, today), "negative", evidence(message, "negation", none))
    if figure is not None and figure.money.max == 0:
        found = [Evidence(figure.text, figure.start, figure.end, "money")]
        return _answer(text, "none", _fact(message, today), "negative", found)
    if figure is not None:
        return _with_figure(message, figure, spans, approved, waits, currency)
    if approved and not waits:
        found = evidence(message, "approval", approved)
        believed = labelled(message, "budget", "believe")
        found += evidence(message, "hedge", believed)
        return _answer(text, "approved", _fact(message, today), "tentative" if believed else "committed", found)
    others = [s for s in spans if s not in own]
    if others and not waits and not _attitude(message, exploring):
        return _answer(text, "unclear", "vague", "tentative")
    flat = _flat(message, question) if asked and not waits else None
    if flat and (flat[0] == "approved" or not exploring):
        return _answer(
            text,
            flat[0],
            _fact(message, today),
            flat[2],
            [Evidence(text[flat[3] : flat[4]], flat[3], flat[4], "yes_or_no")],
        )
    if exploring or waits or approved:
        found = evidence(message, "hedge", [*exploring, *waits] or approved)
        return _answer(text, "exploring", _narrowed(message, exploring, waits), "tentative", found)
    if asked and _speaks_of_money(message):
        found = evidence(message, "hedge", labelled(message, "budget", "money"))
        narrowed = "precise" if _narrowed(message, [], []) == "precise" else "some"
        return _answer(text, "exploring", narrowed, "tentative", found)
    return _answer(text, "unclear", "vague", "tentative")


def _refused_after(message: Message, none: list[Cue], figure: MoneySpan) -> bool:
    """ "15k was proposed but the board rejected it": the figure came first, the refusal is the last word."""
    return any(c.start > figure.end and _TAKEN & set(message.keys(range(c.first, c.last + 1))) for c in none)


def _share(text: str, span: MoneySpan) -> bool:
    """A bare figure in a text about percentages."""
    return "%" in text or "percent" in text.lower()


def _near_money(message: Message, cue: Cue) -> bool:
    keys = {message.tokens[i].key for i in message.clause(cue.first)}
    return bool(keys & {"budget", "money", "funds", "funding", "spend", "spending", "cash", "purchase", "investment"})


def _speaks_of_money(message: Message) -> bool:
    """No rule knows the words, but it is a statement about money: open, until something firmer is said."""
    if message.text.rstrip().endswith("?") or labelled(message, "budget", "other", "hands"):
        return False
    return bool(labelled(message, "budget", "money"))


def _answer(
    text: str,
    band: str,
    specificity: str,
    commitment: str,
    found: list[Evidence] | None = None,
    value: Money | None = None,
) -> Answer:
    return Answer("budget", band, specificity, commitment, text, tidy(found or []), value)


def _standing(message: Message) -> tuple[list[Cue], list[Cue], list[Cue], list[Cue]]:
    """What is approved, what waits, what is open, what is refused; the last word wins after a correction."""
    cut = corrected_from(message) or 0
    groups: dict[str, list[Cue]] = {"approved": [], "waits": [], "notyet": [], "exploring": [], "none": []}
    for cue in find(message, "budget"):
        if cue.label in groups:
            groups[cue.label].append(cue)
    groups["waits"] = [c for c in groups["waits"] if not _answered(message, c, groups["approved"])]
    if groups["approved"] and (unnamed := labelled(message, "budget", "unnamed")):
        beside = {message.clauses[c.first] for c in unnamed} - {message.clauses[c.first] for c in groups["approved"]}
        for name in ("waits", "notyet", "exploring"):
            groups[name] = [
                c for c in groups[name] if not _inside(c, unnamed) and message.clauses[c.first] not in beside
            ]
    had = [c for c in groups["waits"] if _already_had(message, c)]
    waits = [c for c in groups["waits"] if c not in had]
    groups["approved"] += had
    refused = denied_denial(message)
    notyet = list(groups["notyet"])
    none = [] if refused else [c for c in groups["none"] if not _inside(c, notyet) and not _double(message, c)]
    if refused:
        notyet += groups["none"]
    none = [c for c in none if not _idle(message, c)]
    unsure = labelled(message, "budget", "unsure")
    notyet += unsure
    none = [c for c in none if not _inside(c, unsure)]
    approved = []
    for cue in groups["approved"]:
        if _inside(cue, waits) or _inside(cue, none) or _inside(cue, unsure):
            continue
        if _inside(cue, notyet) or negated(message, cue.first, 5):
            notyet.append(cue)
        elif _conditional(message, cue):
            waits = [*waits, cue]
        else:
            approved.append(cue)
    taken = [c for c in none if message.tokens[c.last].key in _TAKEN or message.tokens[c.first].key in _TAKEN]
    if taken and approved and taken[0].first > approved[-1].last:
        approved = []
    if cut:
        later = [c for c in (*approved, *waits, *notyet, *none) if c.first >= cut]
        if later:
            approved, waits, notyet, none = ([c for c in g if c.first >= cut] for g in (approved, waits, notyet, none))
    if waits and approved and max(c.last for c in waits) > max(c.last for c in approved):
        firm = [c for c in approved if not any(message.sentences[c.first] == message.sentences[w.first] for w in waits)]
        approved = firm
    return approved, [*waits, *notyet], [*groups["exploring"], *notyet], none


def _answered(message: Message, cue: Cue, approved: list[Cue]) -> bool:
    """ "It was proposed and the board said yes"."""
    asked_for = _ASKED_FOR & set(message.keys(range(cue.first, cue.last + 1)))
    return bool(asked_for) and any(
        c.first > cue.last and not _conditional(message, c) and not negated(message, c.first, 5) for c in approved
    )


def _already_had(message: Message, cue: Cue) -> bool:
    """ "I have sign-off from my director" is done; "I have to get sign-off" is not."""
    before = message.keys(range(max(0, cue.first - 2), cue.first))
    words = message.tokens[cue.first].key
    return (
        words in ("sign", "approval", "permission", "ok", "okay")
        and bool({"have", "got", "has", "received"} & set(before))
        and "to" not in before
    )


def _inside(cue: Cue, others: list[Cue]) -> bool:
    return any(o is not cue and o.first <= cue.last and cue.first <= o.last for o in others)


def _idle(message: Message, cue: Cue) -> bool:
    """ "Nothing" settles it alone, not in "they delivered nothing" or "nothing to do with money"."""
    if message.keys(range(cue.first, cue.last + 1)) != ["nothing"]:
        return False
    if message.keys(range(cue.last + 1, min(cue.last + 3, len(message.tokens)))) == ["to", "do"]:
        return True
    before = message.keys(range(max(0, cue.first - 2), cue.first))
    return cue.first > 1 and before[-1].isalpha() and not {"have", "is", "got", "there", "has"} & set(before)


def _double(message: Message, cue: Cue) -> bool:
    """ "not zero", "never without budget"."""
    return message.tokens[cue.first].key not in ("not", "no", "nothing", "never") and negated(message, cue.first, 3)


def _conditional(message: Message, cue: Cue) -> bool:
    before = message.keys(range(max(message.clause(cue.first)[0], cue.first - 6), cue.first))
    after = message.keys(range(cue.last + 1, min(cue.last + 3, len(message.tokens))))
    return bool({"if", "once", "provided", "unless"} & set(after) or _UNDECIDED & set(before))


def _is_own(message: Message, span: MoneySpan, asked: bool) -> bool:
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
    mine = [c for c in labelled(message, "budget", "own") if c.first in here and not _inside(c, other)]
    return bool(approved or (mine and asked and all(c.first > index for c in other)))


def _asks(message: Message, index: int) -> bool:
    """The figure stands in a question back: "is it more than 10k?"."""
    number = message.sentences[index]
    keys = [t.key for t, s in zip(message.tokens, message.sentences, strict=False) if s == number]
    starts = ("is", "does", "do", "can", "could", "will", "would", "what", "how", "why", "are", "did", "has")
    return bool(keys) and keys[-1] == "?" and keys[0] in starts and "we" not in keys[:3]


def _last_word(message: Message, own: list[MoneySpan]) -> MoneySpan | None:
    """The figure that counts: the one that is not denied, after a correction the last."""
    kept = [s for s in own if not _denied(message, s)]
    return kept[-1] if kept else None


def _denied(message: Message, span: MoneySpan) -> bool:
    index = next((i for i, t in enumerate(message.tokens) if t.start >= span.start), 0)
    before = message.keys(range(max(0, index - 2), index))
    further = message.keys(range(max(0, index - 4), index))
    lacks = "not" in further and further[-1:] in (["have"], ["got"], ["afford"], ["spend"], ["the"], ["pay"])
    return before[-1:] == ["not"] or lacks


def _explicit(message: Message, span: MoneySpan) -> bool:
    """Unasked, a figure counts when the same sentence speaks of a budget or of spending."""
    index = next((i for i, t in enumerate(message.tokens) if t.start >= span.start), 0)
    number = message.sentences[index]
    cues = labelled(message, "budget", "own")
    words = ("budget", "spend", "afford", "invest", "pay", "ceiling", "max", "maximum", "tops")
    if any(message.tokens[i].key in words for c in cues for i in range(c.first, c.last + 1)
           if message.sentences[c.first] == number):  # fmt: skip
        return True
    return len(message.tokens) <= 3


def _with_figure(
    message: Message,
    figure: MoneySpan,
    spans: list[MoneySpan],
    approved: list[Cue],
    waits: list[Cue],
    currency: str | None,
) -> Answer:
    money = _bounded(message, figure)
    if money.currency is None and currency:
        money = Money(money.min, money.max, currency, money.period)
    found = [Evidence(figure.text, figure.start, figure.end, "money")]
    specificity = "precise" if figure.precise else "some"
    if approved and not waits:
        found += evidence(message, "approval", approved)
        return _answer(message.text, "approved_amount", specificity, "committed", found, money)
    doubts = [*waits, *hedges(message), *conditions(message)]
    doubts += [c for c in labelled(message, "budget", "exploring") if message.tokens[c.first].key.startswith("depend")]
    found += evidence(message, "hedge", doubts)
    return _answer(message.text, "amount", specificity, "tentative" if doubts else "intending", found, money)


def _bounded(message: Message, figure: MoneySpan) -> Money:
    """ "Our ceiling is 75k" has no lower end, "75k minimum" no upper one, wherever the word stands in its clause."""
    money = figure.money
    if money.min != money.max:
        return money
    index = next((i for i, t in enumerate(message.tokens) if t.start >= figure.start), 0)
    words = set(message.keys(message.clause(index)))
    if words & {"ceiling", "cap", "capped", "limit", "max", "maximum", "tops", "stretch"}:
        return Money(None, money.max, money.currency, money.period)
    if words & {"minimum", "floor"}:
        return Money(money.min, None, money.currency, money.period)
    return money


def _fact(message: Message, today: date) -> str:
    """`precise` when it names who, when or where from; else `some`."""
    from banter.extraction.timeline import names_a_time

    lists = word_lists()
    people = lists["role"] | lists["dept"]
    own = {"budget", "spending", "finance", "finances"}
    for i, token in enumerate(message.tokens):
        if token.key in people and token.key not in own and message.keys(range(max(0, i - 1), i)) != ["non"]:
            return "precise"
        if token.key == "finance" and i > 0 and message.tokens[i - 1].key in ("by", "from", "with", "our", "of"):
            return "precise"
    named = labelled(message, "budget", "precise")
    return "precise" if named or names_a_time(message.text, today) else "some"


def _attitude(message: Message, exploring: list[Cue]) -> bool:
    """Beside somebody else's figure, only words of the speaker's own side count."""
    return any(message.tokens[c.first].key not in ("a", "not") for c in exploring if c.last > c.first) or any(
        message.tokens[c.first].key.startswith(("depend", "expensive", "flexible")) for c in exploring
    )


def _says_little(message: Message, cue: Cue) -> bool:
    words = message.text[cue.start : cue.end].lower().replace("’", "'")
    return any(little in words for little in _LITTLE)


def _narrowed(message: Message, exploring: list[Cue], waits: list[Cue]) -> str:
    lists = word_lists()
    if any(t.key in lists["role"] | lists["dept"] for t in message.tokens):
        return "precise"
    if labelled(message, "budget", "precise"):
        return "precise"
    if waits or any(not _says_little(message, c) for c in exploring):
        return "some"
    return "vague"


def _first_break(message: Message) -> int:
    """Where the first clause ends."""
    return next((t.start for t in message.tokens if t.key in (",", ".", "!", ";", "but", "-", "\n")), len(message.text))


def _flat(message: Message, question: str) -> tuple[str, str, str, int, int] | None:
    """A plain yes or no to a question that it settles."""
    words = [t for t in message.tokens if t.key.isalpha()]
    asks_range = any(w in question.lower() for w in ("in mind", "how much", "what budget", "what's your", "range"))
    settles = not question or "set aside" in question.lower() or "approved" in question.lower() or not asks_range
    if not words:
        return None
    lead = words[:3] if len(words) <= 6 else [t for t in words[:3] if t.start < _first_break(message)]
    if len(lead) > 3 or (len(words) > 6 and _first_break(message) > words[min(3, len(words) - 1)].start):
        return None
    for at, said in enumerate(lead):
        if at and lead[at - 1].key in ("not", "never"):
            return None
        if said.key in _NO:
            return "none", "some", "negative", said.start, said.end
        if said.key in _YES and (settles or refusals(message)):
            return "approved", "some", "committed", said.start, said.end
    return None

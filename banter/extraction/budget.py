"""Budget: whether there is money, how much, and how firmly. Figures that are not the speaker's own do not count."""

from __future__ import annotations

from datetime import date

from banter.extraction.budget_figure import bounded, completed, in_jest, is_own, last_word, share
from banter.extraction.budget_standing import TAKEN, standing
from banter.extraction.hedges import conditions, evidence, hedges, refusals, tidy
from banter.extraction.matching import Cue, Message, labelled, read_message, word_lists
from banter.extraction.money import MoneySpan, find_money
from scoring.model import Answer, Evidence, Money

_YES = ("yes", "sure", "indeed", "correct", "absolutely", "definitely", "certainly", "affirmative", "si", "oui", "ja")
_SOFT_YES = ("sure", "absolutely", "definitely", "certainly", "indeed")
_NO = ("no", "none", "nein", "non")
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
    spans = [s for s in spans if s.marked or not share(text, s)]
    message = read_message(text, tuple((s.start, s.end) for s in spans))
    own = [s for s in spans if is_own(message, s, asked)]
    approved, waits, exploring, none = standing(message)
    exploring = [c for c in exploring if not _of_somebody(message, c)]
    figure = last_word(message, own)
    if figure and not approved and in_jest(message, figure):
        own = [s for s in own if s.start > figure.end]
        figure = None
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
    return any(c.start > figure.end and TAKEN & set(message.keys(range(c.first, c.last + 1))) for c in none)


def _of_somebody(message: Message, cue: Cue) -> bool:
    """ "Not sure who decides" is nothing of money."""
    return message.keys(range(cue.last, min(cue.last + 2, len(message.tokens))))[-1] in ("who", "whose")


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
    money = completed(message, figure, bounded(message, figure), spans)
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
        if said.key in _SOFT_YES and len(words) > len(lead) + 2:
            return None  # "sure, we print it in the basement": what follows says what is meant
        if said.key in _YES and (settles or refusals(message)):
            return "approved", "some", "committed", said.start, said.end
    return None

"""The problem words of a message, and whether the work it speaks of is the speaker's own."""

from __future__ import annotations

from collections.abc import Sequence

from banter.extraction.beside import before, every_word
from banter.extraction.hedges import negated
from banter.extraction.matching import NUMBER, Cue, Message, labelled, word_lists

#: With `@other_talk` of the pattern files. Here and not there, because typing errors are mended towards the words of
#: every list, and these three would change what is read.
_OTHER_TALK = frozenset(["brochure", "human", "address"])
_OURS = frozenset(["we", "our", "us", "my", "i"])
_FORMER = ("job", "company", "employer", "worked", "last place", "old place")


def content(message: Message) -> list[int]:
    """Words that name something of somebody's own work: neither grammar nor part of anybody's wish."""
    skip = word_lists()["generic"] | word_lists()["function"] | {NUMBER}
    return [i for i, key in enumerate(every_word(message)) if key.isalpha() and len(key) > 2 and key not in skip]


def processes(message: Message) -> list[int]:
    """The words for a piece of work: invoicing, payroll."""
    return [i for i in content(message) if message.tokens[i].key in word_lists()["process"]]


def find_problems(message: Message) -> list[Cue]:
    """Problem words that are not denied; "nobody chases unpaid invoices" tells of a problem although it denies."""
    return [
        cue
        for cue in labelled(message, "need", "problem")
        if cue.first != cue.last or not negated(message, cue.first, 2) or "noone" in before(message, cue, 2)
    ]


def is_inside(cue: Cue, others: Sequence[Cue]) -> bool:
    return any(o.first <= cue.first and cue.last <= o.last for o in others)


def is_somebody_elses(message: Message) -> bool:
    """ "At my last job we had ...": a problem that is not theirs, or no more."""
    foreign = labelled(message, "need", "foreign")
    if not foreign:
        return False
    keys = every_word(message)
    sentences, clause = {message.sentences[c.first] for c in foreign}, message.clauses[foreign[-1].last]
    ours = any(
        key in ("our", "we", "us") and (message.sentences[i] not in sentences or message.clauses[i] > clause)
        for i, key in enumerate(keys)
    )
    former = any(words in message.text.lower() for words in _FORMER)
    return not (ours and ("now" in keys or not former))


def is_plainly_theirs(message: Message, problems: Sequence[Cue], process: Sequence[int], measured: bool) -> bool:
    """Unasked, a problem needs the speaker's own work: a process of theirs, or "we", "our", "my" beside it."""
    if all(message.tokens[p.first].key in word_lists()["weak_problem"] for p in problems):
        return False
    sentences = {message.sentences[p.first] for p in problems}
    if any(message.sentences[i] in sentences for i in process):
        return True
    own = any(key in _OURS and message.sentences[i] in sentences for i, key in enumerate(every_word(message)))
    return own and measured and not speaks_of_others(message)


def speaks_of_others(message: Message) -> bool:
    """Whether words of other questions' answers stand in the message: budget, boss, March."""
    return bool((word_lists()["other_talk"] | _OTHER_TALK) & set(every_word(message)))


def is_off_topic(message: Message) -> bool:
    return bool(labelled(message, "need", "profile")) or speaks_of_others(message)


def is_own_statement(message: Message, concrete: Sequence[int]) -> bool:
    """A longer statement about "our" work, asked for a problem, is one, although no rule knows its words."""
    keys = every_word(message)
    own = bool(_OURS & set(keys))
    return own and len(concrete) >= 2 and len(keys) >= 6 and not is_off_topic(message) and "?" not in keys

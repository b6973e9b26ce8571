"""What a short message says about another question than the open one, and when that leaves the open one unanswered."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scoring.model import Answer, Dimension

#: Words that only one question is about.
_NAMES: Mapping[Dimension, re.Pattern[str]] = {
    "budget": re.compile(r"\b(?:budgets?|money|funds?|funding|cash|price limit)\b", re.I),
    "authority": re.compile(r"\b(?:decides?|decision|decision[- ]maker|final say|sign(?:s|ing)? (?:it )?off)\b", re.I),
    "timeline": re.compile(
        r"\b(?:timeline|the date|time ?frame|deadline|rush|hurry|urgent|urgency|go[- ]live|launch|due date"
        r"|start date)\b",
        re.I,
    ),
    "need": re.compile(r"\b(?:problems?|pain points?|challenges?)\b", re.I),
}
_NOD = re.compile(
    r"\W*(?:no|not|nope|nah|none|yes|yeah|yep|yup|not sure|no idea|not yet|not really|maybe|don'?t know|okay?)\W*",
    re.I,
)
#: "no" that belongs to the word behind it: "no rush", not "no, my boss" or "no I don't".
_NO_SUCH = re.compile(
    r"\W*(?:(?:sorry|well|um|there(?:['’]?s| is)|we have|we['’]ve got|got|i have)\W+)*"
    r"(?:not\s+(?:next|this|in|until|before|on|by)\b|no\s+(?!(?:i|we|one|not|sorry|it|that|my|just|only|he|she|they|the|our|need|idea|but|because|someone|somebody)\b)[a-z])",
    re.I,
)
_MOST_WORDS = 12
_DATED = re.compile(
    r"^\W*(?:(?:ok|okay|well|so|sorry|actually|hm+)\W+)*(?:how|what) about\b"
    r"|\b(?:then|instead)\W*$"
    r"|\b(?:deadline|go[- ]live|launch(?: date)?|timeline|kick[- ]?off|(?:the|that) date)\b",
    re.I,
)
_MOVED = re.compile(
    r"(?:\b(?:moved|pushed|shifted|slipped|postponed|delayed|changed|put back|brought forward|is now|now is)\b"
    r"|, not (?:in |the |on |by )+(?:\w+ ){0,4}\w+\W*$)",
    re.I,
)
_MUST_RUN = re.compile(
    r"\b(?:must|has to|have to|needs? to|should|need (?:it|this|that|them|everything)|needed|want (?:it|this|that)"
    r"|(?:we|i)(?:['’]d| would) like (?:it|to)|want to|go|going|be)\s+(?:(?:be|to|have|it|this|that|all)\s+)*"
    r"(?:run|running|live|start|started|go|going|ready|in place|up|working|fixed|sorted|solved|done|fix|have|switch)?"
    r"[^.!?,;]{0,20}?\b(?:by|before|until|within|in|from|asap|this|next|end of|the end of)\b[^.!?;,]{0,40}",
    re.I,
)
_RUNS = re.compile(
    r"\b(?:run|live|start\w*|ready|in place|up and running|fix\w*|sorted|solved|switch|need it|it by|needed)\b", re.I
)
_LATER = re.compile(
    r"^\W*(?:(?:hm+|ok|well|sorry)\W+)*let me (?:check|ask|think|see|find out|get back|look|confirm)", re.I
)
_JUST_NO = re.compile(
    r"\W*(?:(?:hm+|um|sorry|well|er)\W+)*(?:no|nope|nah|no thanks?|no thank you|no thx|rather not|no no"
    r"|(?:no\W+)?not (?:now|yet|interested|for me)"
    r"|i['’]?m (?:good|fine|ok))"
    r"(?:\W+(?:i['’]?m (?:good|fine|ok)|thanks?|thank you|thx|sorry|mate|pls|please))*\W*",
    re.I,
)
_NO_WAY = re.compile(r"\W*(?:no|nope|not?)\s+(?:e-?mails?|phones?|calls?|numbers?|contact|address|meetings?)\W*", re.I)


def just_no(text: str) -> bool:
    """True for a flat no to a request: "no", "nope", "no thanks", "no email"."""
    return _JUST_NO.fullmatch(text) is not None or _NO_WAY.fullmatch(text) is not None


def spoken_of(text: str) -> frozenset[Dimension]:
    """The questions whose own words a short message uses; a long one speaks of anything."""
    if len(text.split()) > _MOST_WORDS:
        return frozenset()
    return frozenset(name for name, words in _NAMES.items() if words.search(text))


def swallowed(answer: Answer, text: str) -> bool:
    """True when `answer` rests on words that say something else: the "no" of "no budget" is nobody's no to deciding."""
    if _LATER.match(text) and answer.dimension == "authority":
        return True
    nod = all(_NOD.fullmatch(piece.text) for piece in answer.evidence)
    if len(text.split()) <= _MOST_WORDS and nod and answer.evidence and _NO_SUCH.match(text):
        return answer.dimension not in spoken_of(text)
    named = spoken_of(text)
    if not named or answer.dimension in named:
        return False
    return nod or all(piece.kind in ("statement", "hedge") for piece in answer.evidence)


def names_a_date(text: str) -> bool:
    """True for "how about mid January?", "our deadline moved to 1 March": about the timeline, whatever was asked."""
    return len(text.split()) <= _MOST_WORDS and _DATED.search(text) is not None


def names_the_deadline(text: str) -> bool:
    """True where the date is that of the project, not of a call."""
    return len(text.split()) <= _MOST_WORDS and _NAMES["timeline"].search(text) is not None


def moves_it(text: str) -> bool:
    """True when what was said before is said to have moved."""
    return _MOVED.search(text) is not None


def must_run(text: str) -> re.Match[str] | None:
    """The words that say by when it is needed: "it has to run by Christmas"; None when there are none."""
    found = _MUST_RUN.search(text)
    return found if found and _RUNS.search(found.group()) else None

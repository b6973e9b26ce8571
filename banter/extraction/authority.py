"""Authority: who decides. Finds who does what - decide, recommend, ask - and reads the speaker's part from it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from banter.extraction.actors import BODIES, Actor, find_actors
from banter.extraction.hedges import NEGATIONS, corrected_from, evidence, hedges, tidy
from banter.extraction.matching import Cue, Message, labelled, read_message, word_lists
from scoring.model import Answer, Evidence

_QUESTION = re.compile(r"[^.!?\n]+\?+")


def read_authority(text: str, asked: bool, question: str) -> Answer:
    """The authority answer in `text`; the caller has dealt with refusals."""
    message = read_message(_without_rhetoric(text))
    cut = max((c for c in (corrected_from(message), _since_then(message)) if c is not None), default=None)
    if cut is not None and cut < len(message.tokens):
        later = read_message(
            message.text[: message.tokens[cut].start].translate(_BLANK) + message.text[message.tokens[cut].start :]
        )
        answer = _read(later, text, asked, question)
        if answer.said:
            return answer
    return _read(message, text, asked, question)


def parts_played(message: Message, actors: Sequence[Actor]) -> list[str]:
    """What of deciding, recommending and asking the rules found, and by whom: names of the lists of `_Facts`."""
    if not message.tokens:
        return []
    return sorted(
        name
        for name, found in vars(_Facts(message, list(actors))).items()
        if name != "actors" and isinstance(found, list) and found
    )


def _since_then(message: Message) -> int | None:
    """ "It used to be my father, now it is me": where the present begins, after words about the past."""
    keys = [t.key for t in message.tokens]
    past = [c.first for c in labelled(message, "authority", "past")]
    return next((i for i, k in enumerate(keys) if k in _PRESENT and past and i > past[0] and i < len(keys) - 2), None)


_PRESENT = frozenset(["now", "nowadays", "today", "currently", "since", "meanwhile", "these"])


def _without_rhetoric(text: str) -> str:
    """ "Honestly? My wife." and "Me. Who else?" answer; their short questions are blanked out, offsets stay."""
    questions = [m for m in _QUESTION.finditer(text) if len(m.group().split()) <= 3]
    kept = text
    for match in questions:
        kept = kept[: match.start()] + " " * len(match.group()) + kept[match.end() :]
    return kept if kept.strip() else text


_THINKS = frozenset(["think", "guess", "believe", "suppose", "assume", "reckon", "imagine"])


def _unsure(message: Message) -> bool:
    words = ("probably", "maybe", "perhaps", "possibly", "guess", "sure", "might", "presumably", "likely", "think")
    keys = [t.key for t in message.tokens]
    thinks = any(a == "i" and b in _THINKS for a, b in itertools.pairwise(keys))
    return thinks or any(set(message.keys(range(c.first, c.last + 1))) & set(words) for c in hedges(message))


class _Blank(dict):  # type: ignore[type-arg]
    def __missing__(self, key: int) -> str:
        return " "


_BLANK = _Blank()


def _read(message: Message, text: str, asked: bool, question: str) -> Answer:
    if not message.tokens:
        return _answer(text, "unclear", "vague", "tentative")
    actors = find_actors(message)
    if _irrelevant(message):
        return _answer(text, "unclear", "vague", "tentative")
    facts = _Facts(message, actors)
    band, commitment, cues = facts.verdict()
    if band is None and asked:
        band, commitment, cues = _bare(message, actors, question)
    if band is None or commitment is None:
        return _answer(text, "unclear", "vague", "tentative")
    if not asked and not facts.explicit(band):
        return _answer(text, "unclear", "vague", "tentative")
    specificity = facts.specificity(band)
    if band == "none" and commitment == "negative" and _unsure(message):
        commitment = "tentative"
    if commitment == "intending" and band == "influence" and hedges(message):
        commitment = "tentative"
    return _answer(text, band, specificity, commitment, facts.evidence(band, cues))


def _answer(text: str, band: str, specificity: str, commitment: str, found: Sequence[Evidence] = ()) -> Answer:
    return Answer("authority", band, specificity, commitment, text, tidy(found))


class _Facts:
    """Who decides, recommends and asks, as the message says it."""

    def __init__(self, message: Message, actors: list[Actor]) -> None:
        self.message, self.actors = message, actors
        self.final = [c for c in self._cues("final") if not self._denied(c)]
        self.denied_final = [c for c in self._cues("final") if self._denied(c)]
        self.nobody = self._cues("nobody", "delegated")
        self.delegated = self._cues("delegated")
        above = [
            c
            for c in self._cues("notmine")
            if "me" in self._keys(c) and c.last - c.first <= 1 and self._nobody_before(c)
        ]
        self.notmine = [c for c in self._cues("notmine") if not self._overruled(c) and c not in above]
        self.nobody += above
        self.together = [c for c in self._cues("together") if not self._denied(c)]
        self.mandate = [c for c in self._cues("mandate") if not self._denied(c)]
        self.formality = self._cues("formality")
        self.self_decides: list[Cue] = []
        self.other_decides: list[Cue] = []
        self.we_decide: list[Cue] = []
        self.self_cannot: list[Cue] = []
        self.joint: list[Cue] = []
        self.recommends: list[Cue] = []
        self.asks: list[Cue] = []
        self._decisions()
        self._parts()
        self.plainly = [c for c in self._cues("meant") if c.first <= 1 and self._ends_clause(c)]

    def _cues(self, *labels: str) -> list[Cue]:
        return labelled(self.message, "authority", *labels)

    def _words(self, cue: Cue) -> str:
        return self.message.text[cue.start : cue.end].lower()

    def _denied(self, cue: Cue) -> bool:
        before = self.message.keys(range(max(self.message.clause(cue.first)[0], cue.first - 3), cue.first))
        return any(k in NEGATIONS for k in before)

    def _nobody_before(self, cue: Cue) -> bool:
        """ "No one above me", "nobody is over me"."""
        before = self.message.keys(range(max(0, cue.first - 3), cue.first))
        return "noone" in before or before[-2:] == ["no", "one"] or before[-3:-1] == ["no", "one"]

    def _ends_clause(self, cue: Cue) -> bool:
        after = self.message.keys(range(cue.last + 1, min(cue.last + 2, len(self.message.tokens))))
        return not after or after[0] in (",", ".", "!", "?", "but", "though", "\n", "-", ";", "–", "(")

    def _overruled(self, cue: Cue) -> bool:
        """ "Not only me", "not me alone"."""
        following = self.message.keys(range(cue.last + 1, min(cue.last + 2, len(self.message.tokens))))
        return following == ["alone"]

    def _decisions(self) -> None:
        inside = [*self.nobody, *self.notmine]
        for cue in self._cues("decide"):
            if any(o.first <= cue.first and cue.last <= o.last for o in inside):
                continue
            following = self.message.keys(range(cue.last + 1, min(cue.last + 2, len(self.message.tokens))))
            if cue.first == cue.last and set(following) & BODIES:
                continue
            actor, no = self._subject(cue)
            if actor is None:
                continue
            if actor.kind == "together":
                self.joint.append(cue)
            elif actor.kind == "self":
                (self.self_cannot if no else self.self_decides).append(cue)
            elif actor.kind == "we":
                if not no:
                    self.we_decide.append(cue)
            elif actor.kind == "other" and not no:
                self.other_decides.append(cue)

    def _subject(self, cue: Cue) -> tuple[Actor | None, bool]:
        """Who does it, and whether it is denied: the nearest actor before the verb, else after "by", "with", "is"."""
        message = self.message
        keys = message.keys(range(len(message.tokens)))
        sentence = message.sentences[cue.first]
        after = next((a for a in self.actors if a.first > cue.last and message.sentences[a.first] == sentence), None)
        if after is not None and after.first - cue.last <= 5:
            between = keys[cue.last + 1 : after.first]
            if any(
                k in ("by", "with", "is", "lies", "rests", "to", "belongs", "for", "are", "comes", ":", "sits")
                for k in between
            ) and not ({"want", "need", "i", "for"} & set(between[:0])):
                passive = "by" in between or keys[cue.first] in (
                    "the",
                    "final",
                    "last",
                    "signing",
                    "signature",
                    "authority",
                    "decision",
                    "budget",
                    "decided",
                    "approved",
                    "made",
                    "taken",
                    "signed",
                    "responsible",
                )
                if passive and not ("to" in between and "up" not in between and "belongs" not in between):
                    return after, any(k in NEGATIONS for k in between)
        left = [a for a in self.actors if a.kind == "self" and a.last < cue.first and keys[a.last] == "me"]
        if left and keys[left[-1].last + 1 : cue.first] in ([], ["to"]):
            return left[-1], False  # "he leaves it to me to choose", "she lets me decide"
        before = [
            a
            for a in self.actors
            if a.last < cue.first and message.sentences[a.first] == sentence and not self._object(a)
        ]
        if before:
            actor = before[-1]
            if (
                actor.kind == "other"
                and keys[actor.last + 1 : actor.last + 2] == ["'s"]
                and actor.last + 2 < cue.first - 1
            ):
                pass
            between = keys[actor.last + 1 : cue.first]
            if "but" in between and actor.kind != "self":
                return actor, False
            return actor, any(k in NEGATIONS for k in between) or any(
                k in ("not", "no") for k in keys[cue.first : cue.last + 1]
            )
        by = [i for i in range(cue.last + 1, min(cue.last + 4, len(keys))) if keys[i] == "by"]
        if by and by[0] + 1 < len(keys) and not any(a.first > by[0] and a.kind in ("self", "we") for a in self.actors):
            return Actor("other", by[0] + 1, by[0] + 1, True), False
        possessive = keys[cue.last + 1 : cue.last + 2]
        if possessive == ["'s"]:
            return None, False
        return None, False

    def _object(self, actor: Actor) -> bool:
        """ "He listens to me and signs": "me" after a verb or "to" does nothing itself."""
        keys = self.message.keys(range(actor.last + 1))
        if keys[actor.first] not in ("me", "us", "him", "her", "them") or actor.first != actor.last or actor.first == 0:
            return False
        return keys[actor.first - 1] not in (
            ",",
            "is",
            "be",
            "and",
            "only",
            "just",
            "that",
            ":",
            "or",
            ".",
            "-",
            "me",
            "so",
            "than",
            "except",
        )

    def _parts(self) -> None:
        message = self.message
        for cue in self._cues("recommend"):
            actor, no = self._subject(cue)
            after = self.message.keys(range(cue.last + 1, min(cue.last + 3, len(self.message.tokens))))
            if self._denied(cue) or no or (after[:1] == ["from"] and after[1:] != ["me"]):
                continue
            if actor is None or actor.kind in ("self", "we") or self._mine(cue):
                self.recommends.append(cue)
        for cue in self._cues("ask"):
            clash = [o for o in self.nobody if o.first <= cue.first <= o.last or o.first <= cue.last <= o.last]
            if clash and not (self.self_cannot and message.tokens[cue.first].key == "without"):
                continue
            if clash:
                self.nobody = [o for o in self.nobody if o not in clash]
                self.asks.append(cue)
                continue
            following = [
                a
                for a in self.actors
                if a.first >= cue.first and message.sentences[a.first] == message.sentences[cue.first]
            ]
            if following and following[0].kind == "self" and 0 < following[0].first - cue.last <= 2:
                continue
            long = cue.last - cue.first >= 1
            target = any(a.kind == "other" or a.kind == "together" for a in following)
            names = message.tokens[cue.first].key in (
                "ask",
                "asking",
                "consult",
                "forward",
                "convince",
                "persuade",
                "escalate",
            )
            if not (target or (long and self._weighty(cue)) or names or self._must(cue)):
                continue
            actor, no = self._subject(cue)
            if (
                no
                and message.tokens[cue.first].key not in ("not", "without")
                and actor is not None
                and actor.kind == "self"
                and not self._cannot(cue)
            ):
                self.nobody.append(cue)
            else:
                self.asks.append(cue)

    def _mine(self, cue: Cue) -> bool:
        words = self.message.keys(range(max(0, cue.first - 3), cue.last + 1))
        return "my" in words or "i" in words

    def _weighty(self, cue: Cue) -> bool:
        words = self.message.keys(range(cue.first, cue.last + 1))
        return bool(
            {"approval", "permission", "sign", "approve", "pass", "forward", "ok", "go", "run", "convince", "green"}
            & set(words)
        )

    def _must(self, cue: Cue) -> bool:
        before = self.message.keys(range(max(0, cue.first - 3), cue.first))
        return "to" in before and bool({"have", "need", "has", "got", "must", "needs"} & set(before))

    def _cannot(self, cue: Cue) -> bool:
        before = self.message.keys(range(max(0, cue.first - 8), cue.first))
        return any(
            before[i : i + 2] == ["can", "not"] or before[i : i + 2] == ["could", "not"] for i in range(len(before))
        )

    def verdict(self) -> tuple[str | None, str | None, list[Cue]]:
        """Band, commitment and the cues they rest on; None where nothing is said."""
        top = [a for a in self.actors if a.kind == "self" and a.named and self._is_top(a)]
        denied_title = [a for a in self.actors if a.kind == "negated_self"]
        others = self.other_decides
        if self._cues("unknown") and not any(a.named for a in self.actors):
            return None, None, []
        if self.notmine and self.notmine[0].first <= 1 and self.asks and not self.recommends:
            return "none", "negative", [*self.notmine, *self.asks]
        if self.delegated and not self.notmine:
            return "final", "committed", self.delegated
        if self._split():
            return "influence", "intending", [*self.final, *self.self_decides, *others, *self.recommends]
        if self.formality:
            return "final", "committed", self.formality
        gathers = self.notmine and not others and self._only_gathering()
        decides = self.self_decides or self.final or self.nobody or self.joint
        if self.recommends and not decides and not gathers:
            return "influence", "intending", [*self.recommends, *others]
        if self.mandate and not self.asks and not self.self_cannot and self._has_decider():
            return "shared", "committed", self.mandate
        if self.joint:
            return "shared", "intending", self.joint
        if self.together and not self.asks and not self.recommends:
            with_somebody = any("joint" in self._words(c) or "together" in self._words(c) for c in self.together)
            if not others or self._includes_self() or with_somebody:
                return "shared", "intending", self.together
        if self.nobody and not others and not self.notmine and not self.self_cannot:
            return "final", "committed", [*self.nobody, *self.self_decides, *self.final]
        if (self.self_decides or self.final or top or self.plainly) and not self.notmine:
            if others and top and not self.self_decides and not self.final and not self.plainly:
                return "none", "negative", others
            if others and not self._conditional_other() and not self._has_last_word():
                return "influence", "intending", [*self.self_decides, *others]
            if self.asks and not (self.final or top or self.plainly):
                return (
                    ("influence", "intending", [*self.self_decides, *self.asks])
                    if self.recommends
                    else ("none", "tentative", self.asks)
                )
            if not self.asks or not any(self._obliged(c) for c in self.asks):
                return "final", "committed", [*self.final, *self.self_decides, *self.plainly]
        if self.recommends:
            return "influence", "intending", [*self.recommends, *others]
        if self.asks:
            return "none", "negative" if self._sends_on() else "tentative", self.asks
        if others or self.notmine or self.self_cannot or self.denied_final or denied_title:
            return "none", "negative", [*others, *self.notmine, *self.self_cannot, *self.denied_final]
        if self.we_decide:
            return "shared", "intending", self.we_decide
        return None, None, []

    def _sends_on(self) -> bool:
        """ "Ask my wife", "just answering phones here, ask Debbie": you ask them, and they decide."""
        keys = self.message.keys(range(len(self.message.tokens)))
        first = self.asks[0].first
        before = keys[first - 1] if first else "."
        told = before in ("better", "just", "please", "should", "to") and "you" in keys
        return keys[first] in ("ask", "talk", "speak") and (told or before in (",", ".", ";", "-"))

    def _split(self) -> bool:
        """ "The technical side is mine, the commercial one the CFO's": a part, and another's part beside it."""
        sides = {t.key[:6] for t in self.message.tokens if t.key in word_lists()["side"]}
        mine = self.final or self.self_decides or self.recommends
        other = any(a.kind == "other" and a.named for a in self.actors)
        return bool(sides) and bool(mine) and other and (len(sides) > 1 or bool(self.other_decides))

    def _has_last_word(self) -> bool:
        said = " ".join(self._words(c) for c in self.final)
        signs = any("sign" in self._words(c) or "final" in self._words(c) for c in self.other_decides)
        return not signs and any(
            w in said for w in ("mine", "my decision", "my call", "up to me", "final", "last word")
        )

    def _obliged(self, cue: Cue) -> bool:
        """ "I have to ask" binds; "I usually run it past" does not."""
        words = self.message.keys(range(max(0, cue.first - 4), cue.last + 1))
        return bool(
            {"have", "need", "needs", "must", "got", "without", "approval", "permission", "required"} & set(words)
        )

    def _only_gathering(self) -> bool:
        return any(
            "gather" in self._words(c) or "collect" in self._words(c) or "intern" in self._words(c)
            for c in self.notmine
        )

    def _has_decider(self) -> bool:
        return any(a.kind in ("other", "together") for a in self.actors) or bool(self._cues("mandate"))

    def _includes_self(self) -> bool:
        return any(a.kind in ("self", "we", "together") for a in self.actors)

    def _conditional_other(self) -> bool:
        """Others decide only above a limit: "over 20k the board decides"."""
        words = {t.key for t in self.message.tokens}
        return bool(words & {"over", "above", "beyond", "unless"}) and bool(self.self_decides)

    def _is_top(self, actor: Actor) -> bool:
        message = self.message
        top = word_lists()["top"]
        keys = message.keys(range(max(0, actor.first - 3), min(len(message.tokens), actor.last + 4)))
        here = message.keys(range(actor.first, actor.last + 1))
        if set(here) & {"assistant", "deputy"} or {"assistant", "deputy", "former", "ex", "future"} & set(keys):
            return False
        if set(here) & top:
            return True
        return bool({"managing", "finance", "financial", "executive", "general", "sole"} & set(keys)) and bool(
            {"director", "partner", "manager", "officer"} & set(keys)
        )

    def specificity(self, band: str) -> str:
        if band == "final":
            roles = [a for a in self.actors if a.named and a.kind in ("self", "other")]
            digits = any(t.key[:1].isdigit() for t in self.message.tokens)
            return "precise" if roles or digits or self._cues("fact") else "some"
        named = any(a.named for a in self.actors)
        return "precise" if named or (self._cues("fact") and band == "shared") or self._cues("place") else "some"

    def explicit(self, band: str) -> bool:
        """Unasked, only plain words about deciding count, and for owners and directors the title."""
        about_money = {"budget", "money", "funds", "funding", "cash"} & {t.key for t in self.message.tokens}
        about_money = about_money or any(t.key[:1].isdigit() for t in self.message.tokens)
        me = any(a.kind in ("self", "together") for a in self.actors)
        if band == "final":
            title = any(a.kind == "self" and a.named and self._is_top(a) for a in self.actors)
            final = [c for c in self.final if not {"money", "budget", "me"} & set(self._keys(c))]
            return title or bool(self._strong(self.self_decides) or final)
        if band == "influence":
            plain = {"recommend", "recommendation", "shortlist", "say", "advise", "input", "evaluate"}
            return me and any(plain & set(self._keys(c)) for c in self.recommends)
        if band == "shared":
            asked_to = [c for c in self.mandate if {"me", "behalf", "mandate"} & set(self._keys(c))]
            return bool(self._strong(self.joint) or asked_to or (me and self.together and self._cues("decide")))
        plainly = [
            c for c in self.other_decides if {"decide", "decides", "decision", "decisions", "say"} & set(self._keys(c))
        ]
        if plainly and any(a.kind == "other" and a.named for a in self.actors):
            return True
        if about_money or not self.actors:
            return bool(self.notmine and me and {"decision", "authority", "say"} & set(self._keys(self.notmine[0])))
        asks = [c for c in self.asks if self._must(c) and me]
        return bool(asks or self._strong(self.other_decides) or (self.notmine and self._cues("decide")))

    def _keys(self, cue: Cue) -> list[str]:
        return self.message.keys(range(cue.first, cue.last + 1))

    def _strong(self, cues: list[Cue]) -> list[Cue]:
        """Present words of deciding, not "buy", "ok" or what somebody once approved."""
        words = {
            "decide",
            "decides",
            "sign",
            "signs",
            "say",
            "word",
            "call",
            "decision",
            "decisions",
            "approve",
            "approves",
            "signature",
            "maker",
            "makers",
        }
        return [c for c in cues if words & set(self._keys(c))]

    def evidence(self, band: str, cues: list[Cue]) -> list[Evidence]:
        message = self.message
        kind = {"final": "decision", "shared": "decision", "influence": "recommendation", "none": "approver"}[band]
        found = evidence(message, kind, cues)
        for actor in self.actors:
            if actor.named or not cues:
                start, end = message.tokens[actor.first].start, message.tokens[actor.last].end
                role = "role" if actor.kind in ("self", "together") else "approver"
                found.append(Evidence(message.text[start:end], start, end, role))
        return found


_YES = ("yes", "sure", "indeed", "correct", "absolutely", "definitely", "certainly", "affirmative", "oui", "si")
_NO = ("no", "nein", "non")


#: "No budget" and "let me check" say nothing about who decides.
_MONEY_TALK = frozenset(["budget", "money", "funds", "funding", "cash", "price", "cost", "costs"])
_LATER = frozenset(
    ["let", "me", "check", "ask", "see", "think", "first", "about", "it", "that", "please", "ok", "will"]
)


def _bare(message: Message, actors: list[Actor], question: str) -> tuple[str | None, str | None, list[Cue]]:
    """Asked, a bare "me", "my boss", "me and Tom" or a plain yes or no answers."""
    words = [t for t in message.tokens if any(c.isalnum() for c in t.key)]
    if not words:
        return None, None, []
    keys = {t.key for t in words}
    if keys & _MONEY_TALK or ("let" in keys and keys <= _LATER):
        return None, None, []
    kinds = {a.kind for a in actors}
    whole = [Cue("bare", 0, len(message.tokens) - 1, words[0].start, words[-1].end)]
    first = [i for i, t in enumerate(message.tokens) if message.sentences[i] == message.sentences[0]]
    lead = [a for a in actors if a.last <= first[-1]]
    if len(first) <= 5 and len(first) < len(message.tokens) and lead and message.tokens[first[-1]].key != "?":
        cue = [Cue("bare", 0, first[-1], words[0].start, message.tokens[max(first[-1] - 1, 0)].end)]
        if {a.kind for a in lead} == {"other"}:
            return "none", "negative", cue
        if {a.kind for a in lead} == {"self"} and len(first) <= 3:
            return "final", "committed", cue
    if len(words) <= 12 and "?" not in message.text:
        if "together" in kinds or ("we" in kinds and len(words) <= 3):
            return "shared", "intending", whole
        if kinds == {"self"} and len(words) <= 4 and keys & NEGATIONS:
            return "none", "negative", whole
        if kinds == {"self"} and (len(words) <= 4 or _names_top(message, actors)):
            return "final", "committed", whole
        if kinds == {"other"} and _title_only(message, actors, words):
            return "final", "committed", whole
        if kinds == {"other"} and not _irrelevant(message):
            return "none", "negative", whole
    lower = question.lower()
    others = any(
        w in lower for w in ("anyone else", "someone else", "anybody else", "else need", "need to ask", "else involved")
    )
    if len(words) <= 4 and words[0].key in _NO:
        flat = [Cue("flat", 0, 0, words[0].start, words[0].end)]
        return ("final", "committed", flat) if others else ("none", "negative", flat)
    settles = not lower.startswith(("who", "how", "what")) or " you " in f" {lower} "
    if len(words) <= 4 and words[0].key in _YES and settles:
        flat = [Cue("flat", 0, 0, words[0].start, words[0].end)]
        return ("none", "tentative", flat) if others else ("final", "committed", flat)
    return None, None, []


def _names_top(message: Message, actors: list[Actor]) -> bool:
    return any(a.named for a in actors) and bool(set(message.keys(range(len(message.tokens)))) & word_lists()["top"])


def _title_only(message: Message, actors: list[Actor], words: Sequence[object]) -> bool:
    """ "CEO." or "Owner" alone is who the speaker is; "our CEO", "the CEO" is somebody else."""
    return len(words) == 1 and message.tokens[actors[0].first].key in word_lists()["top"]


def _irrelevant(message: Message) -> bool:
    """Somebody tells of a former employer."""
    words = [message.text[c.start : c.end].lower() for c in labelled(message, "need", "foreign")]
    return any(w.split()[-1] in ("job", "company", "employer", "place", "at", "worked") for w in words)

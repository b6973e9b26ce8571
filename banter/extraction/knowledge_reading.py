"""The owner's answers in a message: which are found, and which of its topics they settle."""

from __future__ import annotations

import re
from collections.abc import Sequence

from banter.extraction.knowledge import Found, KnowledgeFinder
from banter.extraction.knowledge_asks import pieces
from banter.extraction.topics import chat_topic, labels, marked, plain, rules, topic_of
from banter.leads.playbook import Knowledge
from scoring.model import DIMENSIONS

#: Topics that are about the talk itself: no entry of the owner's is meant.
_OURS = ("bot", "why", "meaning")
#: Topics whose own words are plain. An entry has to fit as well as this to be meant instead.
_PLAIN = ("price", "privacy", "person", "hours", "competitors", "move_call", "cancel_call")
_SURE = 0.7
_AND = re.compile(r",?\s+(?:and|plus|as well as|&)\s+", re.I)
_TO_TALK = {"talk", "speak", "chat"}


class Answers:
    """Searches what the owner has answered, for visitors and for customers apart."""

    def __init__(self, knowledge: Knowledge, competitor_names: Sequence[str] = ()) -> None:
        self._visitors = KnowledgeFinder(knowledge.visitors) if knowledge.visitors else None
        self._customers = KnowledgeFinder(knowledge.customers, tells=True) if knowledge.customers else None
        self._competitor_names = tuple(competitor_names)
        self._of_people = frozenset(  # entries about talking to somebody: "can we talk to a customer?"
            known.key
            for known in knowledge.visitors
            if any(_TO_TALK & set(plain(said).split()) for said in (*known.asks, known.answer))
        )
        self._worded = frozenset(_bare(ask) for known in knowledge.visitors for ask in known.asks)

    def found(
        self, text: str, open_question: str | None, topics: tuple[str, ...], hint: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys that answer the questions of `text`, in order, and those of `topics` that are left."""
        if self._visitors is None:
            return (), topics
        keys: list[str] = []
        settled: set[str] = set()
        answered: set[int] = set()
        for found in self._visitors.each(text):
            part = found.part
            plainly = part.asks or part.text.rstrip().endswith("?") or _bare(part.text) in self._worded
            if open_question in DIMENSIONS and not plainly:
                continue  # "multi-currency", said when asked what bothers them, is an answer
            topic = topic_of(part, competitor_names=self._competitor_names)
            if topic == "unknown" and hint in topics:
                topic = hint  # the dialogue's own guess, which was believed
            if topic in _OURS or (topic in _PLAIN and found.total < _SURE):
                continue
            if topic == "person" and found.key not in self._of_people:
                continue  # "could a colleague take over?" takes over no data
            if chat_topic(part, competitor_names=self._competitor_names) and _bare(part.text) not in self._worded:
                continue  # "who reads what I type?" is no question about the product's rights
            keys.append(found.key)
            if topic in _PLAIN and self._stands_beside(found, topic):
                continue
            answered.add(part.start)
            settled |= {topic, hint} - {None} if topic == "unknown" else {topic or "unknown"}
        if not keys:
            return (), topics
        left = {
            topic_of(part, competitor_names=self._competitor_names)
            for part in pieces(text)
            if part.start not in answered
        }
        return tuple(dict.fromkeys(keys)), tuple(t for t in topics if t not in settled or t in left)

    def _stands_beside(self, found: Found, topic: str | None) -> bool:
        """Whether a plain topic and the entry are asked for in two halves: "your pricing model and your roadmap?"."""
        halves = [
            half for half in _AND.split(found.part.text) if topic not in labels(rules("topics.jsonl"), marked(half))
        ]
        visitors = self._visitors
        return visitors is not None and any(visitors.find(f"{half.strip(' ?.!')}?") == found.key for half in halves)

    def helped(self, text: str) -> tuple[str, ...]:
        """The keys of what helps a customer who writes `text`, best first."""
        if self._customers is None:
            return ()
        best = sorted(self._customers.each(text), key=_well)
        return tuple(dict.fromkeys(found.key for found in best))


def _bare(text: str) -> str:
    """A question as it is compared with the owner's wording of it."""
    return plain(text).strip(" ?.!,")


def _well(found: Found) -> float:
    return -found.total

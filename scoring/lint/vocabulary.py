"""The names that facts can have, which whoever asks for a check knows: so a name that no lead ever has is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

#: How much of a name must be that of another one to be a slip of the finger.
_SLIP = 0.6
#: The same where any name may be meant.
_SURE_SLIP = 0.85


@dataclass(frozen=True)
class Names:
    """Of facts about one thing: the names that are `known`; if `free`, others are possible too. `words` are other words
    for a name, by which no fact goes. `beside` says by what else a fact of that name always goes: who is a finance
    director is a director."""

    known: tuple[str, ...] = ()
    free: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def mend(self, name: str) -> tuple[str, str] | None:
        """None for a name that a fact can have; else what to write, in words, and a right name."""
        if name in self.known or not self.known:
            return None
        if name in self.words:
            return f"did you mean {self.words[name]}?", self.words[name]
        near = get_close_matches(name, self.known, n=1, cutoff=_SURE_SLIP if self.free else _SLIP)
        if self.free and (not near or any(char.isdigit() for char in name)):
            return None
        if near:
            return f"did you mean {near[0]}?", near[0]
        return f"use one of {', '.join(self.known)}", self.known[0]


#: By what facts are about. What is not in it can have any name.
Vocabulary = Mapping[str, Names]
ANY_NAMES: Vocabulary = {}

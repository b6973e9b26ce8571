"""Who may be written to: what people said about that, and the words that networks and laws give a meaning. Pure."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from banter.leads.model import Lead, OptOut

Command = Literal["stop", "start", "help"]
#: asked: they wrote to us, and so asked for an answer. opted_in and opted_out: they said so. kept: that what they write
#: and look at on a web page may be kept; `words` are those that they agreed to.
Kind = Literal["asked", "opted_in", "opted_out", "kept"]

STOP_WORDS = ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout")
#: A plain yes counts for who has stopped before; to everybody else it is an answer.
YES = "yes"
MOST_WORDS = 200  # characters that are kept of what was said
START_WORDS = ("start", YES, "unstop")
HELP_WORDS = ("help", "info")
_MEANS: tuple[tuple[Command, tuple[str, ...]], ...] = (
    ("stop", STOP_WORDS),
    ("start", START_WORDS),
    ("help", HELP_WORDS),
)


@dataclass(frozen=True)
class Consent:
    """One line of the ledger. `address` is where they are reached, None once it was erased; `key` stands for it for
    ever. `words` are theirs, `source` is how we learnt it: word, free words, first message, twilio 21610."""

    key: str
    address: str | None
    kind: Kind
    at: datetime
    words: str
    channel: str
    source: str


def key_of(channel: str, address: str, secret: str) -> str:
    """A keyed hash that an address is found by, also when the address itself is gone."""
    return hmac.new(secret.encode(), f"consent\n{channel}\n{address}".encode(), hashlib.sha256).hexdigest()


def command(text: str) -> Command | None:
    """What a message is that says nothing but one of the reserved words, in any case, with any signs, blanks or emoji
    around, in full width, hyphenated, or twice."""
    words = _words(text)
    if not words:
        return None
    joined = "".join(words)
    return next((name for name, known in _MEANS if joined in known or all(word in known for word in words)), None)


def is_yes(text: str) -> bool:
    return set(_words(text)) == {YES}


def opted_out(ledger: Iterable[Consent]) -> bool:
    """By the last word of an address; `ledger` is in order."""
    said = [line.kind for line in ledger if line.kind in ("opted_in", "opted_out")]
    return bool(said) and said[-1] == "opted_out"


def concerns_team(lead: Lead) -> bool:
    """Whether somebody of the team is about to write or call, and has to hear that this lead wants no more messages: a
    hot one, who waits for a person or a call-back, or has a person in the conversation. The lead as it was before."""
    hot = lead.route is not None and lead.route.name == "book"
    return bool(lead.aside) or lead.callback or lead.status == "booked" or hot


def silenced(lead: Lead, words: str, now: datetime) -> Lead:
    """The lead after they have opted out in these words: nothing is open any more. A booked call stays booked."""
    booked = lead.status == "booked"
    return replace(
        lead,
        status=lead.status if booked else "closed",
        slot=lead.slot if booked else None,
        awaiting=None,
        offered=(),
        aside="",
        callback=False,
        opted_out=OptOut(now, words),
        heard_at=now,
        updated_at=now,
    )


def _words(text: str) -> list[str]:
    """The words of a message, nothing where it holds anything else that has a meaning, such as a figure."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = []
    for char in plain:
        kind = unicodedata.category(char)
        if kind[0] == "N":
            return []
        if kind[0] == "L":
            kept.append(char)
        elif kind not in ("Cf", "Mn"):  # joiners and what colours an emoji stand for no blank
            kept.append(" ")
    return "".join(kept).split()

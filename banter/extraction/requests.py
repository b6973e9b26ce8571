"""What visitors want of the bot beside an answer: a call, the reason for a no, one of two things that they said."""

from __future__ import annotations

from banter.extraction.topics import Part, labels, parts, rules, said_in
from scoring.model import DIMENSIONS

_SHORT = 10  # words: a longer reply to "which one holds?" says it in full
#: What a part may be taken for that asks for a call, or for the reason why there is none.
_VAGUER = {"book_call": ("unknown", "call"), "why_not": ("unknown", "why", "meaning", "call")}


def with_requests(text: str, open_question: str | None, topics: tuple[str, ...]) -> tuple[str, ...]:
    """`topics` with `book_call`, and `why_not` once the questions are over, in the place of what is vaguer."""
    asked = {*said_in(text, "requests.jsonl")}
    if "why_no_call" in asked and open_question in DIMENSIONS:
        asked.add("book_call")  # "why can't we simply talk?", while questions are open
    for name, vaguer in _VAGUER.items():
        over = open_question in (None, "contact")
        if name == "why_not" and "alive" in topics:
            continue  # "why aren't you answering?"
        if name in asked and (over or name == "book_call"):
            topics = tuple(dict.fromkeys([*(topic for topic in topics if topic not in vaguer), name]))
    return topics


def fits_hint(part: Part, hint: str) -> bool:
    """Whether the classifier may be right about a question that no phrase knows: "how do other companies do it?" asks
    nothing about us, and who asks how we compare has a word for comparing."""
    if hint != "competitors":
        return True
    said = labels(rules("requests.jsonl"), part.words)
    return "may_compare" in said and "ours_alone" not in said


def which_of_two(text: str) -> str | None:
    """ "the second one", "what I said first": "former" or "latter"; None where it says neither."""
    if len(text.split()) > _SHORT:
        return None
    said = said_in(text, "requests.jsonl")
    if "former" in said:
        return "former"
    return "latter" if "latter" in said else None


def asks_for_mail(text: str) -> bool:
    """ "Forget it, mail me instead": no call, but an answer in writing."""
    return "mail_instead" in said_in(text, "requests.jsonl")


def asks_for_material(text: str) -> bool:
    """ "Just send me something I can show him"."""
    return "send_me" in said_in(text, "requests.jsonl")


def asks_for_demo(text: str) -> bool:
    """ "Can you show us the product?": not who has seen one, wants none, or has to give one."""
    found = (labels(rules("demos.jsonl"), part.words) for part in parts(text))
    return any("demo" in said and "no_demo" not in said for said in found)


def refuses(text: str) -> bool:
    """ "Skip that, please": an answer refused in plain words, whatever sounds like a yes or a no in it."""
    return "refusal" in said_in(text, "acts.jsonl")


def takes_leave(text: str, open_question: str | None) -> bool:
    """ "Gotta run, bye!": a short message that only ends the talk, whatever it seems to answer. "Some other time" does
    so while the questions are open; where times for a call are shown it asks for others."""
    if len(text.split()) > _SHORT or any(c.isdigit() for c in text):
        return False
    said = said_in(text, "requests.jsonl")
    return "leaves" in said or ("another_time" in said and open_question in DIMENSIONS)


def tells_news(text: str) -> bool:
    """Whether it tells of a change: "good news, the board approved 20k this morning" contradicts nothing."""
    return "news" in said_in(text, "requests.jsonl")

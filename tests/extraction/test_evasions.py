"""Who avoids an answer is heard as doing so, and not as asking, chatting or answering something else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from banter.extraction.evasions import evades, postpones
from banter.extraction.reader import SpacyReader
from scoring.model import DIMENSIONS

READER = SpacyReader(day_first=True, currency="GBP", region="GB")
CORPUS = Path(__file__).parent.parent.parent / "corpus" / "train" / "answers"
#: What an evasion may be labelled as, by the rulings in docs/labels.md.
NOTHING = {"unclear", "exploring", "someday", "curious", "declined"}

AVOIDS = [
    *("it's complicated", "That depends.", "it all depends, really", "hmm...", "hard to say", "That's hard to tell"),
    *("difficult to say at this stage", "no idea, sorry", "I haven't got a clue", "dunno", "I don't know yet"),
    *("beats me", "who knows", "not entirely sure yet", "I couldn't tell you", "how should I know?"),
    *("your guess is as good as mine", "we'll have to see", "time will tell", "you tell me", "you're the expert"),
    *("what do you think?", "take a guess", "I'd have to think about that", "let me think", "erm, not sure"),
    *("haven't thought about it yet", "I couldn't put a number on it", "we've never measured it", "maybe", "could be"),
    *("That's a good question. No idea.", "long story", "not that simple", "whatever", "well, it's a bit complicated"),
]
LATER = [
    *("let's talk about that later", "can we come back to that?", "ask me again later", "that can wait"),
    *("I'd rather discuss that on the call", "let's leave that for another time", "could we get back to this later"),
]
SAYS_SOMETHING = [
    *("it depends on the price", "not sure, maybe 10k", "I don't know, my boss decides", "no idea, ask our CFO"),
    *("we'll see what it costs", "no budget", "hard to say, around 20 hours", "maybe in spring", "not me", "nobody"),
    *("it's complicated, three of us decide", "later this year", "not now", "I'd have to ask my boss", "no", "not yet"),
    *("hard to reconcile", "we never know who approved what", "what do you charge?", "call me later", "pass"),
    *("we don't track anything, that's the problem", "can you get back to me about the price?", "up to our board"),
]


def read(text: str, open_question: str):
    return READER.read(text, open_question=open_question, known={}, today=date(2026, 11, 21), topic_hint=None)


@pytest.mark.parametrize("text", AVOIDS)
def test_an_evasion_asks_nothing_and_answers_no_other_question(text: str) -> None:
    for open_question in DIMENSIONS:
        reading = read(text, open_question)
        assert reading.acts == ("answer",)
        assert reading.topics == ()
        assert not reading.answers.keys() - {open_question}
        assert all(answer.band in NOTHING for answer in reading.answers.values())


@pytest.mark.parametrize("text", LATER)
def test_who_would_rather_answer_later_declines(text: str) -> None:
    reading = read(text, "authority")
    assert reading.acts == ("refusal",)
    assert {d: a.band for d, a in reading.answers.items()} == {"authority": "declined"}


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_words_that_say_something_are_no_evasion(text: str) -> None:
    assert not evades(text)
    assert not postpones(text)


def test_no_labelled_answer_is_taken_for_an_evasion() -> None:
    rows = [
        json.loads(line) for path in CORPUS.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [
        row["text"] for row in rows if row["band"] not in NOTHING and (evades(row["text"]) or postpones(row["text"]))
    ] == []

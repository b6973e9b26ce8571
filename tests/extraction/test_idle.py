"""Stories and talk of the weather answer nothing; who tells of their work is not taken for idle."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from banter.extraction.idle import is_idle
from banter.extraction.reader import SpacyReader
from scoring.model import DIMENSIONS

READER = SpacyReader(day_first=True, currency="GBP", region="GB")
CORPUS = Path(__file__).parent.parent.parent / "corpus" / "train" / "answers"

STORIES = [
    *("my son broke his arm playing football yesterday, what a night", "we had pizza for lunch and now I'm tired"),
    *("it has been raining here for three days straight", "sorry, the cat walked over my keyboard", "what a week"),
    *("my wife's birthday is on Friday and I still have no present", "the bus was half an hour late this morning"),
    *("did you see the game last night? we won 3 to 2", "I used to live in Spain, those were the days"),
    *("our heating broke and it's freezing in here", "sorry, the doorbell rang", "I've got a terrible headache today"),
    *("my sister got married in Italy last summer", "last night I watched a documentary about whales"),
    *("we're going to the mountains for the holidays", "the lift is stuck again so I took the stairs, fifth floor"),
]
WORK = [
    *("when it rains our crews can't work and the schedule is a mess", "my wife signs the checks", "my uncle runs it"),
    *(
        "our football club loses track of membership fees",
        "we lose orders when the train is late",
        "my husband decides",
    ),
    *(
        "my daughter does the books and she is leaving in March",
        "before the summer holidays",
        "after my wedding in June",
    ),
    *("our drivers are stuck in traffic and customers complain", "the coffee machines we sell are invoiced twice"),
    *(
        "can you believe we still use paper?",
        "what a mess our invoices are",
        "our kennel has 40 dogs and we forget to bill",
    ),
]


@pytest.mark.parametrize("text", STORIES)
def test_a_story_answers_none_of_the_questions(text: str) -> None:
    for open_question in DIMENSIONS:
        reading = READER.read(text, open_question=open_question, known={}, today=date(2026, 11, 21), topic_hint=None)
        assert "smalltalk" in reading.acts
        assert reading.answers == {}
        assert "unknown" not in reading.topics


@pytest.mark.parametrize("text", WORK)
def test_who_tells_of_their_work_is_not_idle(text: str) -> None:
    assert not any(is_idle(text, open_question) for open_question in DIMENSIONS)


def test_no_labelled_answer_is_taken_for_idle_talk() -> None:
    rows = [
        json.loads(line) for path in CORPUS.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [row["text"] for row in rows if row["band"] != "unclear" and is_idle(row["text"], row["dimension"])] == []

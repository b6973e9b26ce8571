"""Who writes in another language is told so; who writes English, however it looks, never is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from banter.extraction.languages import other_language
from banter.extraction.reader import SpacyReader

ROOT = Path(__file__).parent.parent.parent
#: `fresh` rows were written after the words and limits were settled.
SENTENCES = [
    json.loads(line) for line in (Path(__file__).parent / "languages.jsonl").read_text(encoding="utf-8").splitlines()
]

#: Messages of the corpus that are no English.
FOREIGN = {
    "C'est disponible en français?": "fr",
    "Czy program jest po polsku?": "pl",
    "Meine Mandanten sprechen kein Englisch. Gibt es das auf Deutsch?": "de",
    "gibt es das auch auf deutsch?": "de",
    "¿Lo tenéis en español?": "es",
}


def corpus() -> Iterator[str]:
    for folder in ("train", "dev"):
        for path in sorted((ROOT / "corpus" / folder).rglob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield json.loads(line).get("text", "")


def test_no_message_of_the_corpus_is_taken_for_another_language_than_it_is_in() -> None:
    assert {text: language for text in corpus() if (language := other_language(text))} == FOREIGN


@pytest.mark.parametrize(
    "text",
    [
        "si, about 10k",
        "ASAP",
        "CFO",
        "me",
        "Maria de la Cruz",
        "Universidad de los Andes",
        "Hans und Franz GmbH",
        "Vincent van der Berg",
        "Société Générale du Nord",
        "Am Alten Hof 3, München",
        "Dr. Müller und Frau Schmidt, einkauf@example.net",
        "our brand is called Wir sind Helden",
        "we use SAP S/4HANA and DATEV in der Buchhaltung",
        "c'est la vie, no budget",
        "no problemo, mañana works",
        "do you speak German?",
        "teh moneys is aproved allready",
        "no plan, no date, no team",
        "",
        "🙂",
        "asdf jkl qwer tzui",
    ],
)
def test_english_with_foreign_names_and_words_is_english(text: str) -> None:
    assert other_language(text) is None


def share(rows: list[dict[str, str]]) -> float:
    return sum(other_language(row["text"]) == row["language"] for row in rows) / len(rows)


def test_nine_in_ten_sentences_of_four_words_are_known_and_hardly_one_for_another() -> None:
    longer = [row for row in SENTENCES if len(row["text"].split()) >= 4]
    assert len(longer) > 160
    assert share(longer) >= 0.9
    assert share([row for row in longer if row.get("fresh")]) >= 0.8
    mistaken = [row for row in longer if other_language(row["text"]) not in (row["language"], None)]
    assert len(mistaken) <= 2


@pytest.mark.parametrize(("text", "language"), [("No hablo inglés", "es"), ("Parlez-vous français ?", "fr")])
def test_who_asks_for_a_language_is_heard_however_short(text: str, language: str) -> None:
    assert other_language(text) == language


def test_the_reader_says_so() -> None:
    reader = SpacyReader()

    def language(text: str) -> str | None:
        today = date(2026, 1, 1)
        return reader.read(text, open_question="need", known={}, today=today, topic_hint=None).language

    assert language("Wir brauchen für den Monatsabschluss sechs Tage") == "de"
    assert language("Month end takes my team 6 days") is None

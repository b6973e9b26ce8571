"""The texts that ask whether two leads are one: whole in each language, and what is wrong with one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from banter.configuration import PlaybookError, joining_words, lint_joining
from tests.booking.examples import COMPANY

ROOT = Path(__file__).parent.parent.parent
ENGLISH = (ROOT / "texts" / "joining" / "en.yml").read_text(encoding="utf-8")


def of(folder: Path, text: str) -> Path:
    file = folder / "texts" / "joining" / "en.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("locale", "says"), [("en-GB", "Was that"), ("de-AT", "Waren das"), ("es", "¿Era"), ("fr", "Was")]
)
def test_it_is_asked_in_the_companys_language_and_in_english_else(locale: str, says: str) -> None:
    words = joining_words(ROOT, replace(COMPANY, locale=locale))
    assert words.say("subject", company="Example").startswith(says)


def test_the_texts_that_ship_have_no_fault() -> None:
    assert lint_joining(ROOT, COMPANY) == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("{link}", "", "leaves out {link}"),
        ("{one}", "{place}", "nothing fills {place}"),
        ('no: "No"\n', "", "must be a text"),
        ("[January, ", "[", "twelve months"),
        ("our chat was given this number", "reply STOP", "networks act upon"),
        ("Was it you?", "Was it really you? " * 5, "takes "),
        ("Was it you?", "¿Fué usted, aquí?", "70 characters"),
        ("ask_title", "ask_titel", "did you mean ask_title"),
        ("Yes, both were me", "Yes {", "belongs to no placeholder"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    folder = of(tmp_path, ENGLISH.replace(old, new))
    assert any(wrong in str(fault) for fault in lint_joining(folder, COMPANY))


def test_a_file_with_a_fault_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError):
        joining_words(of(tmp_path, "months: []"), COMPANY)


def test_what_fills_a_text_is_not_looked_into() -> None:
    words = joining_words(ROOT, COMPANY)
    assert "{link}" in words.say("text", company="{link}", link="https://chat.example.com")

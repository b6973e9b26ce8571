"""What a message looks like as a text message, and what it costs."""

from __future__ import annotations

import pytest

from banter.leads.texting import as_text, picked, plain, segments

TIMES = (("Today 15:30", "today"), ("Tomorrow 9:00", "tomorrow"))


def test_choices_are_numbered() -> None:
    assert as_text("When suits you?", TIMES) == "When suits you?\n1 Today 15:30\n2 Tomorrow 9:00"


@pytest.mark.parametrize(
    ("text", "value"), [("1", "today"), (" 2. ", "tomorrow"), ("#2", "tomorrow"), ("No. 1", "today")]
)
def test_a_number_alone_picks(text: str, value: str) -> None:
    assert picked(text, TIMES) == value


@pytest.mark.parametrize("text", ["3", "0", "2pm", "1 or 2", "12", "15:30", "", "two"])
def test_anything_else_is_left_to_the_reader(text: str) -> None:
    assert picked(text, TIMES) is None


def test_typographic_signs_are_written_plainly() -> None:
    assert plain("It\u2019s \u201cfine\u201d \u2013 really\u2026\u00a0yes") == 'It\'s "fine" - really... yes'
    assert segments(as_text("Who\u2019d sign \u2014 you?")).encoding == "GSM-7"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("ж" * 70, "UCS-2", 70, 1),
        ("ж" * 71, "UCS-2", 71, 2),
        ("ж" * 134, "UCS-2", 134, 2),
        ("ж" * 135, "UCS-2", 135, 3),
        ("🙂" * 35, "UCS-2", 70, 1),
        ("🙂" * 36, "UCS-2", 72, 2),
    ],
)
def test_segments_are_counted_as_networks_do(text: str, encoding: str, units: int, count: int) -> None:
    found = segments(text)
    assert (found.encoding, found.units, found.count) == (encoding, units, count)

"""The owner's answers."""

from __future__ import annotations

import pytest

from banter.configuration import check, load_playbook
from banter.leads.playbook import Knowledge, Known
from tests.configuration.folder import Folder

TRIAL = "  - {key: trial, asks: [is there a free trial], answer: Yes.}\n"


def write(folder: Folder, text: str) -> None:
    (folder.path / "answers.yml").write_text(text, encoding="utf-8")


def test_the_file_that_ships_answers_what_prospects_and_customers_usually_ask(folder: Folder) -> None:
    knowledge = load_playbook(folder.path).knowledge
    assert len(knowledge.visitors) >= 25
    assert len(knowledge.customers) >= 10
    assert all(len(known.asks) >= 2 for known in (*knowledge.visitors, *knowledge.customers))


def test_a_playbook_without_the_file_is_valid_and_knows_nothing(folder: Folder) -> None:
    (folder.path / "answers.yml").unlink()
    assert check(folder.path, {}) == []
    assert load_playbook(folder.path).knowledge == Knowledge()


@pytest.mark.parametrize("text", ["visitors: []\ncustomers: []\n", "customers: []\n", "visitors:\n"])
def test_each_list_may_be_empty_or_left_out(folder: Folder, text: str) -> None:
    write(folder, text)
    assert load_playbook(folder.path).knowledge == Knowledge()


def test_an_answer_is_one_line_however_it_is_written(folder: Folder) -> None:
    write(folder, "visitors:\n  - key: trial\n    asks: [free trial]\n    answer: |\n      Yes,\n      30 days.\n")
    assert load_playbook(folder.path).knowledge.visitors == (Known("trial", ("free trial",), "Yes, 30 days."),)


def test_visitors_and_customers_may_ask_in_the_same_words(folder: Folder) -> None:
    write(folder, f"visitors:\n{TRIAL}customers:\n{TRIAL.replace('key: trial', 'key: help')}")
    assert check(folder.path, {}) == []


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("visitor: []\n", 1, "visitor", "did you mean visitors?"),
        ("visitors: yes\n", 1, "visitors", "must be a list"),
        ("visitors:\n  - trial\n", 2, "visitors.1", "must hold `name: value` lines"),
        ("visitors:\n  - {key: a, ask: [x], answer: y}\n", 2, "visitors.1.ask", "did you mean asks?"),
        ("visitors:\n  - {key: a, answer: y}\n", 2, "visitors.1.asks", "is missing; add e.g. asks:"),
        ("visitors:\n  - {key: a, asks: [], answer: y}\n", 2, "visitors.1.asks", "holds no question"),
        ("visitors:\n  - {key: a, asks: x, answer: y}\n", 2, "visitors.1.asks", "must be a list"),
        ("visitors:\n  - {key: a, asks: ['?'], answer: y}\n", 2, "visitors.1.asks.1", "holds no word"),
        ("visitors:\n  - {key: a, asks: [x], answer: ''}\n", 2, "visitors.1.answer", "is empty"),
        ("visitors:\n  - {key: a, asks: [x]}\n", 2, "visitors.1.answer", "is missing"),
        ("visitors:\n  - {key: A b, asks: [x], answer: y}\n", 2, "visitors.1.key", "must be small letters"),
        (f"visitors:\n{TRIAL}{TRIAL.replace('free ', '')}", 3, "visitors.2.key", "taken by the entry in line 2"),
        (f"visitors:\n{TRIAL}customers:\n{TRIAL}", 4, "customers.1.key", "taken by the entry in line 2"),
        (
            f"visitors:\n{TRIAL}  - key: b\n    asks:\n      - Is there a free trial?\n    answer: y\n",
            5,
            "visitors.2.asks",
            "'Is there a free trial?' is asked in line 2 already",
        ),
        ("visitors:\n  - {key: a, asks: [x, X], answer: y}\n", 2, "visitors.1.asks", "'X' is asked in line 2 already"),
        ("visitors:\n  - {key: a, asks: [x, x], answer: y}\n", 2, "visitors.1.asks", "is in the list twice"),
        (f"visitors:\n  - {{key: a, asks: [{'x' * 151}], answer: y}}\n", 2, "visitors.1.asks.1", "is 151 characters"),
        (f"visitors:\n  - {{key: a, asks: [x], answer: {'y' * 601}}}\n", 2, "visitors.1.answer", "600 is the most"),
        (
            f"visitors:\n  - {{key: a, asks: [{', '.join('abcdefghijk')}], answer: y}}\n",
            2,
            "visitors.1.asks",
            "holds 11 ways of asking; 10 is the most",
        ),
    ],
)
def test_each_mistake_is_named_with_its_line(folder: Folder, text: str, line: int, key: str, message: str) -> None:
    write(folder, text)
    (fault,) = check(folder.path, {})
    assert (fault.file, fault.key, fault.line) == ("playbook/answers.yml", key, line)
    assert message in fault.message


def test_a_list_beyond_reason_is_refused(folder: Folder) -> None:
    rows = "".join(f"  - {{key: k{i}, asks: [q{i}], answer: y}}\n" for i in range(301))
    write(folder, f"visitors:\n{rows}")
    (fault,) = check(folder.path, {})
    assert "holds 301 entries; 300 is the most" in fault.message

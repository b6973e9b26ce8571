"""The streaming commands, as docs promise them to programs."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from banter.extraction.commands import acts, facts, openers, signals
from banter.extraction.facts import FactFinder
from banter.leads.playbook import Market


def run(command, *lines):
    out, err = StringIO(), StringIO()
    status = command([line if isinstance(line, str) else json.dumps(line) for line in lines], out, err)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def asked(dimension, text):
    return {"id": text, "dimension": dimension, "question": "", "text": text, "today": "2026-11-21"}


def test_a_budget_comes_with_its_amount():
    status, rows, err = run(signals, asked("budget", "we have $15K a year allocated"))
    assert (status, err) == (0, "")
    row = rows[0]
    assert (row["band"], row["amount_min"], row["amount_max"]) == ("approved_amount", 15_000, 15_000)
    assert (row["currency"], row["period"], row["days_max"]) == ("USD", "year", None)
    assert any("$15K" in words for words in row["evidence"])


def test_a_timeline_comes_in_days_and_without_money():
    _, rows, _ = run(signals, asked("timeline", "by 31 December 2026"))
    assert (rows[0]["band"], rows[0]["days_max"], rows[0]["amount_max"]) == ("within_60_days", 40, None)


def test_openers_are_streamed_in_order():
    status, rows, _ = run(openers, {"id": 1, "text": "what does it cost?"}, {"id": 2, "text": "hello"})
    assert (status, rows) == (0, [{"id": 1, "intent": "sales"}, {"id": 2, "intent": "other"}])


def test_acts_name_the_bands_of_other_answers():
    _, rows, _ = run(acts, {"id": "a", "open_question": "timeline", "text": "sorry, make that 25k"})
    assert rows == [{"id": "a", "acts": ["correction"], "also_answers": {"budget": "amount"}}]


def test_a_bad_line_is_reported_with_its_number_and_the_rest_goes_on():
    status, rows, err = run(openers, {"id": 1, "text": "hello"}, "{oops", {"id": 3, "text": "hi"})
    assert (status, [row["id"] for row in rows]) == (1, [1, 3])
    assert err.startswith("line 2: not JSON")


@pytest.mark.parametrize(
    ("command", "line", "wrong"),
    [
        (signals, asked("money", "10k"), "dimension"),
        (signals, {**asked("budget", "10k"), "today": "soon"}, "today"),
        (signals, {"id": 1, "dimension": "budget", "today": "2026-11-21"}, "`text` is missing"),
        (signals, {**asked("budget", "10k"), "text": 7}, "`text` must be a string"),
        (openers, {"text": "hi"}, "`id` is missing"),
        (openers, "[1]", "not a JSON object"),
        (acts, {"id": 1, "text": "hi"}, "`open_question` is missing"),
        (acts, {"id": 1, "open_question": "price", "text": "hi"}, "open_question"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(command, line, wrong):
    status, rows, err = run(command, line)
    assert (status, rows) == (1, [])
    assert "line 1" in err
    assert wrong in err


def test_facts_come_with_the_words_they_rest_on():
    finder = FactFinder(Market(industries={"legal": ("law firm",)}, tools=("HubSpot",)))

    def command(lines, out, err):
        return facts(lines, out, err, finder, "GB")

    text = "CFO of a law firm, we use HubSpot, 020 7946 0958"
    status, rows, err = run(command, {"id": 1, "text": text}, {"id": 2}, {"id": 3, "text": "hello"})
    assert (status, [row["id"] for row in rows]) == (1, [1, 3])
    assert "line 2: `text` is missing" in err
    row = rows[0]
    assert (row["role"]["title"], row["industry"]["name"], row["phone"]) == ("CFO", "legal", "+442079460958")
    assert [tool["name"] for tool in row["tools"]] == ["HubSpot"]
    words = row["role"]["evidence"][0]
    assert text[words["start"] : words["end"]] == words["text"]
    assert (rows[1]["role"], rows[1]["tools"]) == (None, [])

"""What `make eval` counts, on rows written here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.evaluation import answers, messages
from benchmarks.evaluation.baselines import baselines
from benchmarks.evaluation.ceiling import second
from benchmarks.evaluation.errors import default_rubric, listing, points_off, worst_first
from benchmarks.evaluation.readings import Pair, Set, cuts
from benchmarks.evaluation.side_by_side import AMOUNTS, DAYS, bounds, days
from benchmarks.evaluation.summary import BEGIN, END, written

RUBRIC = default_rubric()


def budget(name: str, right: str, read: str, **more: Any) -> Pair:
    labels = {"specificity": "some", "commitment": "tentative"}
    row = {"id": name, "text": name, "dimension": "budget", "band": right, **labels, **more}
    return Pair(row, {"band": read, **labels, "evidence": []})


def test_more_wrong_labels_are_worse_and_then_more_points() -> None:
    costly, cheap = budget("costly", "none", "approved_amount"), budget("cheap", "exploring", "amount")
    twice = budget("twice", "unclear", "none")
    twice.given["commitment"] = "negative"
    fine = budget("fine", "none", "none")
    assert [p.row["id"] for p in worst_first([fine, cheap, costly, twice], RUBRIC)] == ["twice", "costly", "cheap"]


def test_points_given_too_many_are_above_zero_and_what_is_not_said_has_none() -> None:
    assert points_off(budget("x", "none", "approved_amount"), RUBRIC) == 30
    assert points_off(budget("x", "approved_amount", "unclear"), RUBRIC) == -30
    assert points_off(budget("x", "declined", "unclear"), RUBRIC) == 0


def test_the_listing_says_how_many_errors_it_leaves_out() -> None:
    pairs = [budget("one", "none", "amount"), budget("two", "none", "amount")]
    *_, last = listing(pairs, RUBRIC, 1)
    assert last == "2 of 2 rows have something wrong; the worst 1 stand here"


def test_messages_and_openers_are_listed_too() -> None:
    row = {"id": "m", "text": "stop. or?", "acts": ["stop", "question"], "also_answers": {}}
    message = Pair(row, {"acts": ["stop", "answer"], "also_answers": {}})
    opener = Pair({"id": "o", "text": "hi", "intent": "other"}, {"intent": "sales"})
    lines = list(listing([opener, message], RUBRIC))
    assert lines[0] == "m: question not read; answer read"
    assert lines[2] == "o: intent sales, not other"


def test_an_amount_that_is_not_said_must_not_be_read() -> None:
    pair = budget("under 10k", "amount", "amount", amount_max=10_000.0)
    pair.given.update(amount_min=10_000.0, amount_max=10_000.0, currency=None, period=None)
    figures = [answers.amounts_right([pair], names) for names in (("amount_max",), ("amount_min",))]
    assert [figure and figure.value for figure in figures] == [1.0, 0.0]


def test_each_part_has_a_line_when_there_are_several() -> None:
    pairs = [budget("a", "none", "none", part="first"), budget("b", "none", "none", part="second")]
    assert [(cut.name, len(cut.pairs)) for cut in cuts(pairs, ("first", "second"))] == [
        ("all", 2),
        ("first", 1),
        ("second", 1),
    ]
    assert [cut.name for cut in cuts(pairs[:1], ("first",))] == ["all"]


def test_acts_are_counted_one_by_one() -> None:
    row = {"acts": ["answer", "question"], "also_answers": {}}
    pairs = [Pair(row, {"acts": ["answer"], "also_answers": {}}), Pair(row, {"acts": ["answer", "stop"]})]
    figure = messages.acts_f1(pairs)
    assert figure is not None
    assert figure.value == pytest.approx(2 * 2 / (3 + 4))


def test_the_second_reader_is_measured_like_a_reading() -> None:
    labels = {"band": "amount", "specificity": "some", "commitment": "tentative"}
    pairs = [budget("a", "none", "none", second=labels), budget("b", "none", "none")]
    read = second(Set("x", pairs))
    assert [p.given["band"] for p in read.answers] == ["amount"]


def test_keywords_learn_which_words_speak_for_a_label() -> None:
    examples = [("no money at all", "none")] * 6 + [("approved by the board", "approved")] * 7
    guesses = baselines(examples)
    assert guesses["keywords"]("my money is gone") == "none"
    assert guesses["keywords"]("the BOARD approved it") == "approved"
    assert guesses["keywords"]("hm") == guesses["majority"]("no money") == "approved"


def test_length_is_given_the_best_label_of_each_side() -> None:
    guesses = baselines([("no", "none"), ("nope", "none"), ("we have it approved and signed", "approved")])
    assert guesses["length"]("never") == "none"
    assert guesses["length"]("never, in no circumstances at all") == "approved"


def test_a_day_may_be_the_end_of_an_interval_or_the_day_before() -> None:
    interval = [{"first": "2026-03-01", "last": "2026-05-31"}]
    assert days("first", interval, "2026-05-01") == {30, 31}
    assert days("first", [{"first": "2026-05-31", "last": "2026-05-31"}], "2026-05-01") == {30}
    assert days("last", [{"first": "2026-05-31", "last": None}], "2026-05-01") == set()


def test_of_several_days_the_first_the_last_and_the_latest_are_tried() -> None:
    found = [{"first": d, "last": d} for d in ("2026-06-05", "2026-09-01", "2026-07-01")]
    assert [days(way, found, "2026-06-01") for way in ("first", "last", "most")] == [{4}, {30}, {92}]


def test_days_are_measured_exactly_nearly_and_by_band() -> None:
    assert [measure({"days_max": 60}, {62}) for measure in DAYS] == [False, True, False]
    assert [measure({"days_max": 90}, {100}) for measure in DAYS] == [False, False, True]
    assert [measure({"days_max": 90}, set()) for measure in DAYS] == [False, False, False]


def test_two_amounts_may_be_one_range() -> None:
    found = [{"min": m, "max": m, "currency": c} for m, c in ((10_000.0, None), (15_000.0, "EUR"))]
    row = {"amount_min": 10_000.0, "amount_max": 15_000.0, "currency": "EUR"}
    assert [measure(row, bounds("whole", found)) for measure in AMOUNTS] == [True, True, True]
    assert [measure(row, bounds("last", found)) for measure in AMOUNTS] == [True, False, False]
    assert [measure(row, bounds("first", [])) for measure in AMOUNTS] == [False, False, False]


def test_the_figures_of_a_page_are_put_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    written(page, iter(["## New", "| a |"]))
    assert page.read_text() == f"Before.\n{BEGIN}\n### New\n\n| a |\n{END}\nAfter.\n"


def test_a_page_without_marks_is_told_what_it_lacks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Nothing here.")
    with pytest.raises(ValueError, match="lacks the marks"):
        written(page, iter(["x"]))

"""The arithmetic of `make eval`, with answers known from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.evaluation.arithmetic import (
    accuracy,
    bootstrap,
    confusion_of,
    estimate,
    kappa,
    macro_f1,
    micro_f1,
    of_pairs,
    overlap,
    share,
    share_of,
    wilson,
)


def test_kappa_of_fifty_proposals_is_the_textbook_s() -> None:
    # Both said yes 20 times and no 15 times, one alone 5 times, the other alone 10 times.
    assert float(kappa(np.array([[20.0, 5.0], [10.0, 15.0]]))) == pytest.approx(0.4)


def test_kappa_is_one_when_all_agree_and_nought_when_labels_are_independent() -> None:
    assert float(kappa(np.array([[7.0, 0.0], [0.0, 3.0]]))) == 1.0
    assert float(kappa(np.array([[9.0, 9.0], [1.0, 1.0]]))) == pytest.approx(0.0)


def test_kappa_of_two_readers_who_only_know_one_label_is_one() -> None:
    assert float(kappa(np.array([[5.0]]))) == 1.0


def test_macro_f1_is_the_mean_over_the_labels_that_are_right_somewhere() -> None:
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("c", "c"), ("c", "d")]
    counts = confusion_of(pairs, ["a", "b", "c", "d"])
    # a: 2/3, b: 4/5, c: 2/3; d is never right, and counts in nobody's mean.
    assert float(macro_f1(counts)) == pytest.approx((2 / 3 + 4 / 5 + 2 / 3) / 3)


def test_accuracy_is_the_diagonal() -> None:
    assert float(accuracy(np.array([[3.0, 1.0], [2.0, 4.0]]))) == pytest.approx(0.7)


def test_micro_f1_counts_each_act_once() -> None:
    # 3 right of 4 given and 5 wanted.
    assert float(micro_f1(np.array([3.0, 4.0, 5.0]))) == pytest.approx(6 / 9)


def test_statistics_take_many_draws_at_once() -> None:
    one = np.array([[3.0, 1.0], [2.0, 4.0]])
    assert np.allclose(macro_f1(np.stack([one, 2 * one])), float(macro_f1(one)))


def test_wilson_is_the_interval_that_the_tables_give() -> None:
    low, high = wilson(81, 263)
    assert (round(low, 3), round(high, 3)) == (0.255, 0.366)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == 1.0


def test_a_bootstrap_of_a_share_has_the_width_that_theory_gives_and_is_always_the_same() -> None:
    rows = np.array([[1.0, 1.0]] * 320 + [[0.0, 1.0]] * 80)
    low, high = bootstrap(rows, share)
    assert low == pytest.approx(0.8 - 1.96 * 0.02, abs=0.006)
    assert high == pytest.approx(0.8 + 1.96 * 0.02, abs=0.006)
    assert bootstrap(rows, share) == (low, high)


def test_rows_of_few_authors_are_less_sure_than_as_many_rows_of_many() -> None:
    flags = [True] * 50 + [False] * 50
    few = share_of(flags, [f"author {i // 10}" for i in range(100)])
    many = share_of(flags, [f"author {i}" for i in range(100)])
    assert few is not None
    assert many is not None
    assert few.value == many.value == 0.5
    assert few.high - few.low > 2 * (many.high - many.low)


def test_rows_without_an_author_have_wilsons_interval() -> None:
    figure = share_of([True] * 81 + [False] * 182, [None] * 263)
    assert figure is not None
    assert (figure.low, figure.high) == wilson(81, 263)


def test_a_share_without_a_miss_is_not_taken_for_certain() -> None:
    figure = share_of([True] * 20, [f"author {i % 5}" for i in range(20)])
    assert figure is not None
    assert figure.value == 1.0
    assert figure.low < 0.9


def test_no_rows_have_no_figure() -> None:
    assert share_of([], []) is None
    assert of_pairs([], [], macro_f1) is None


def test_a_label_that_a_draw_lacks_spoils_no_interval() -> None:
    pairs = [("a", "a"), ("a", "a"), ("b", "a")]
    figure = of_pairs(pairs, [None] * 3, macro_f1)
    assert figure is not None
    assert 0 <= figure.low <= figure.value <= figure.high <= 1


def test_an_estimate_adds_up_an_authors_rows() -> None:
    figure = estimate([np.array([1.0, 2.0, 2.0]), np.array([1.0, 1.0, 1.0])], ["x", "x"], micro_f1)
    assert figure is not None
    assert figure.value == pytest.approx(4 / 6)
    assert figure.count == 2


@pytest.mark.parametrize(
    ("marked", "given", "f1"),
    [
        (["we have $15K allocated"], ["$15K allocated"], 2 * 2 / (4 + 2)),
        (["by March"], ["By MARCH!"], 1.0),
        (["no", "budget"], ["no budget"], 1.0),
        (["very very late"], ["very late"], 2 * 2 / (3 + 2)),
        (["me"], ["you"], 0.0),
        (["me"], [], 0.0),
        ([], [], 1.0),
    ],
)
def test_overlap_is_the_f1_of_the_marked_words(marked: list[str], given: list[str], f1: float) -> None:
    assert overlap(marked, given) == pytest.approx(f1)

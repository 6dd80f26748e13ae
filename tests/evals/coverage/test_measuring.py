"""The figures of coverage, on values of which they are known."""

import numpy as np
import pytest

from evals.coverage.measuring import auroc, caught, figure, told_apart


def values(*given: float) -> np.ndarray:
    return np.array(given)


def test_auroc_is_the_share_of_pairs_in_order_and_a_tie_is_half() -> None:
    assert auroc(values(0.9, 0.8), values(0.1, 0.2)) == 1.0
    assert auroc(values(0.1), values(0.9)) == 0.0
    assert auroc(values(0.5, 0.5), values(0.5)) == 0.5
    assert auroc(values(0.9, 0.3), values(0.5)) == 0.5


def test_caught_are_the_gaps_below_what_a_twentieth_of_the_covered_are_below() -> None:
    covered = np.linspace(0.5, 1.0, 101)
    assert caught(covered, values(0.1, 0.2, 0.9)) == pytest.approx(2 / 3)


def test_the_interval_holds_the_figure_and_narrows_with_more_texts() -> None:
    rng = np.random.default_rng(1)
    few = figure(auroc, rng.normal(1, 1, 40), rng.normal(0, 1, 40))
    many = figure(auroc, rng.normal(1, 1, 2_000), rng.normal(0, 1, 2_000))
    for one in (few, many):
        assert one.low <= one.value <= one.high
    assert many.high - many.low < few.high - few.low


def test_a_report_counts_what_is_called_covered_on_both_sides() -> None:
    told = told_apart([0.9, 0.6, 0.4], [0.1, 0.7])
    assert (told["covered"], told["gaps"]) == (3, 2)
    assert told["covered_called_covered"] == pytest.approx(2 / 3, abs=1e-4)
    assert told["gaps_called_covered"] == 0.5

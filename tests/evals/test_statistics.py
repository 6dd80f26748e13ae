"""What a mean over cases, a difference and pass^k are worth: checked against a known truth."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from evals.statistics.against_scipy import apart
from evals.statistics.intervals import intervals
from evals.statistics.pass_k import pass_k
from evals.statistics.simulating import coverage, coverage_of_shares, false_alarms, power
from evals.statistics.weighing import holm, weighed


def test_an_interval_of_passed_cases_holds_the_truth_nineteen_times_in_twenty() -> None:
    for one in coverage_of_shares(120):
        assert 0.93 <= one.held <= 0.97, one


@pytest.mark.parametrize("scores", ["shares of several parts", "smooth, skewed"])
def test_an_interval_of_other_scores_does_too(scores: str) -> None:
    assert 0.93 <= coverage(scores, cases=120, suites=300).held <= 0.97


def test_two_runs_of_one_product_are_told_apart_in_at_most_six_of_a_hundred() -> None:
    found = false_alarms(cases=60, scorers=6, runs=100)
    assert found.single <= 0.06
    assert found.anywhere <= 0.06


def test_a_gain_of_fifteen_points_is_mostly_found() -> None:
    assert power(cases=240, better_by=0.15, scorers=6, runs=12).found >= 0.8


def test_intervals_and_p_are_those_of_scipy() -> None:
    found = apart(samples=3)
    assert found.ends < 0.02  # one case more or less of sixty
    assert found.p < 0.03


def test_full_marks_everywhere_leave_room_for_a_case_that_fails() -> None:
    (few,), (many,) = intervals(np.ones((10, 1))), intervals(np.ones((200, 1)))
    assert (few.mean, few.high) == (1.0, 1.0)
    assert few.low is not None
    assert many.low is not None
    assert few.low < 0.85
    assert 0.97 < many.low < 1.0


def test_one_case_has_no_interval() -> None:
    (one,) = intervals(np.array([[0.5]]))
    assert (one.mean, one.low, one.high) == (0.5, None, None)


def test_the_smallest_of_several_p_counts_once_for_each_of_them() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx(
        {"a": 0.03, "b": 0.06, "c": 0.06}
    )


@given(st.lists(st.floats(1e-4, 1), min_size=1, max_size=20))
def test_correction_never_helps_and_keeps_the_order(seen: list[float]) -> None:
    named = {str(n): p for n, p in enumerate(seen)}
    found = holm(named)
    assert all(p <= found[name] <= 1 for name, p in named.items())
    ordered = [found[name] for name in sorted(named, key=lambda one: named[one])]
    assert ordered == sorted(ordered)
    # Benjamini and Hochberg's control promises less, so it corrects less.
    weaker = false_discovery_control(list(named.values()))
    assert all(found[name] >= weak - 1e-9 for name, weak in zip(named, weaker, strict=True))


def test_a_scorer_that_neither_run_is_eligible_for_is_not_tested() -> None:
    nothing = np.array([])
    pairs = {"none": (nothing, nothing), "some": (np.ones(4), np.zeros(4))}
    (found,) = weighed(pairs)
    assert (found.scorer, found.n, found.a, found.b) == ("some", 4, 1.0, 0.0)
    assert found.difference.p == found.adjusted


def test_pass_k_is_the_share_of_draws_that_all_pass() -> None:
    trials = [True, True, True, False, False]
    drawn = list(combinations(trials, 2))
    assert pass_k([(3, 5)])[2] == pytest.approx(sum(all(d) for d in drawn) / len(drawn))


def test_pass_k_is_unbiased_where_the_power_of_the_share_is_not() -> None:
    chance, n, k = 0.8, 4, 3
    weights = [comb(n, c) * chance**c * (1 - chance) ** (n - c) for c in range(n + 1)]
    assert sum(w * pass_k([(c, n)])[k] for c, w in enumerate(weights)) == pytest.approx(chance**k)


def test_pass_k_goes_as_far_as_every_case_has_trials() -> None:
    assert set(pass_k([(2, 3), (1, 2)])) == {1, 2}
    assert pass_k([]) == {}

"""Intervals and comparisons: what must hold of them whatever was measured."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.errors import BadInput
from evals.retrieval.compare import compare
from evals.retrieval.intervals import measures
from evals.retrieval.metrics import METRICS, Scores
from evals.retrieval.results import Comparison, Difference, Estimate
from evals.retrieval.summary import compare_sources, summary

ROUNDED = 2e-6
NAMES = ("run", "baseline")

values = st.lists(st.floats(0, 1), min_size=2, max_size=30)
pairs = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=30)
few = settings(max_examples=25)


def scored(*of_each: float) -> Scores:
    """A query for each value, which all its metrics have."""
    queries = tuple(f"q{n}" for n in range(len(of_each)))
    return Scores(queries, np.tile(np.array(of_each)[:, np.newaxis], len(METRICS)))


def ends(one: Estimate | Difference) -> tuple[float, float]:
    """Of its interval, which it must have."""
    assert one.low is not None
    assert one.high is not None
    return one.low, one.high


def compared(run: Scores, baseline: Scores) -> Comparison:
    """The comparison, by names of no matter."""
    return compare(run, baseline, names=NAMES)


@few
@given(values)
def test_an_interval_holds_its_mean_and_stays_within_what_was_seen(seen: list[float]) -> None:
    for one in measures(scored(*seen)).metrics.values():
        low, high = ends(one)
        assert min(seen) - ROUNDED <= low <= one.mean + ROUNDED
        assert one.mean - ROUNDED <= high <= max(seen) + ROUNDED
        assert one.mean == pytest.approx(np.mean(seen), abs=ROUNDED)


@settings(max_examples=10)
@given(st.lists(st.floats(0, 1), min_size=8, max_size=30).filter(lambda v: np.std(v) > 0.01))
def test_an_interval_is_narrower_with_more_queries(seen: list[float]) -> None:
    once = ends(measures(scored(*seen)).metrics["nDCG@10"])
    often = ends(measures(scored(*seen * 4)).metrics["nDCG@10"])
    assert often[1] - often[0] < once[1] - once[0]


def test_one_query_has_a_mean_and_no_interval() -> None:
    for one in measures(scored(0.4)).metrics.values():
        assert (one.mean, one.low, one.high) == (0.4, None, None)
    for gain in compared(scored(0.4), scored(0.1)).metrics.values():
        assert gain.mean == pytest.approx(0.3)
        assert (gain.low, gain.high, gain.better) == (None, None, 1)


def test_one_source_of_a_single_query_leaves_a_summary_without_intervals() -> None:
    many, single = scored(0.2, 0.4), scored(0.9)
    found = summary({"many": many, "single": single}).metrics["MRR@10"]
    assert found.mean == pytest.approx(0.6)
    assert (found.low, found.high) == (None, None)
    ratio = compare_sources({"s": single}, {"s": scored(0.3)})["MRR@10"]
    assert ratio.times is not None
    assert (ratio.times.mean, ratio.times.low, ratio.difference.high) == (3, None, None)


def test_an_interval_is_that_of_the_normal_approximation_where_queries_are_many() -> None:
    one = measures(scored(*[0.0, 1.0] * 200)).metrics["recall@10"]
    assert (one.low, one.high) == pytest.approx((0.5 - 1.96 / 40, 0.5 + 1.96 / 40), abs=0.003)


def test_the_same_values_give_the_same_interval() -> None:
    one = scored(0.2, 0.9, 0.4)
    assert measures(one) == measures(scored(0.2, 0.9, 0.4))


@few
@given(values)
def test_a_run_compared_with_itself_is_equal_everywhere(seen: list[float]) -> None:
    found = compared(scored(*seen), scored(*seen))
    assert found.lost == ()
    for one in found.metrics.values():
        assert (one.mean, one.low, one.high, one.p) == (0, 0, 0, 1)
        assert (one.better, one.equal, one.worse) == (0, len(seen), 0)


@few
@given(pairs)
def test_swapping_two_runs_negates_their_difference(seen: list[tuple[float, float]]) -> None:
    run, baseline = (scored(*side) for side in zip(*seen, strict=True))
    there, back = compared(run, baseline), compared(baseline, run)
    for name in METRICS:
        one, other = there.metrics[name], back.metrics[name]
        assert other.mean == pytest.approx(-one.mean, abs=ROUNDED)
        low, high = ends(one)
        assert ends(other) == pytest.approx((-high, -low), abs=ROUNDED)
        assert (other.better, other.equal, other.worse) == (one.worse, one.equal, one.better)
        assert other.p == one.p


@few
@given(pairs)
def test_every_query_is_better_equal_or_worse(seen: list[tuple[float, float]]) -> None:
    run, baseline = (scored(*side) for side in zip(*seen, strict=True))
    for one in compared(run, baseline).metrics.values():
        assert one.better + one.equal + one.worse == len(seen)
        assert 0 < one.p <= 1


def test_p_is_the_share_of_swaps_that_differ_as_much() -> None:
    # All five the same way: of 32 swaps, those two that turn all or none are as far from 0.
    found = compared(scored(*[0.6] * 5), scored(*[0.5] * 5)).metrics["MRR@10"]
    assert found.p == pytest.approx(2 / 32, abs=0.01)


def test_a_gain_on_every_query_is_beyond_chance_and_one_on_few_is_not() -> None:
    seen = [n / 40 for n in range(40)]
    every = compared(scored(*[v + 0.02 for v in seen]), scored(*seen)).metrics["nDCG@10"]
    one = compared(scored(*[seen[0] + 0.8, *seen[1:]]), scored(*seen)).metrics["nDCG@10"]
    assert every.mean == pytest.approx(one.mean, abs=1e-6)
    assert (ends(every)[0] > 0, every.p < 0.001) == (True, True)
    assert (one.low, one.p) == (0, 1)


def test_the_ten_queries_that_lost_most_are_told_worst_first() -> None:
    before = [0.9] * 15
    now = [0.9 - n / 100 for n in range(14)] + [1.0]
    texts = {f"q{n}": f"question {n}" for n in range(15)}
    found = compare(scored(*now), scored(*before), names=NAMES, texts=texts)
    assert [one.query_id for one in found.lost] == [f"q{n}" for n in range(13, 3, -1)]
    worst = found.lost[0]
    assert (worst.text, worst.run, worst.baseline) == ("question 13", 0.77, 0.9)


def test_runs_over_different_queries_are_not_compared() -> None:
    with pytest.raises(BadInput, match="different queries"):
        compared(scored(0.1, 0.2), scored(0.1))


def test_every_source_counts_the_same_in_a_summary() -> None:
    found = summary({"large": scored(*[1.0] * 90), "small": scored(0.0, 0.5)})
    assert found.n == 2
    one = found.metrics["nDCG@10"]
    assert (one.mean, one.low, one.high) == (0.625, 0.5, 0.75)


@few
@given(values)
def test_a_summary_of_one_source_is_its_measures(seen: list[float]) -> None:
    assert summary({"only": scored(*seen)}).metrics == measures(scored(*seen)).metrics


def test_sources_of_one_size_are_drawn_apart() -> None:
    seen = [n / 50 for n in range(50)]
    one = ends(summary({"a": scored(*seen)}).metrics["nDCG@10"])
    two = ends(summary({"a": scored(*seen), "b": scored(*seen)}).metrics["nDCG@10"])
    assert two[1] - two[0] == pytest.approx((one[1] - one[0]) / 2**0.5, rel=0.1)


def test_a_run_is_told_in_times_the_baseline_over_all_sources() -> None:
    theirs = {"a": scored(*[0.2, 0.4] * 20), "b": scored(*[0.5, 0.9] * 20)}
    ours = {"b": scored(*[0.55, 0.99] * 20), "a": scored(*[0.22, 0.44] * 20)}
    found = compare_sources(ours, theirs)["nDCG@10"]
    assert found.difference.mean == pytest.approx(0.05)
    assert found.times is not None
    assert (found.times.low, found.times.mean, found.times.high) == pytest.approx((1.1,) * 3)


def test_nothing_is_so_many_times_nothing() -> None:
    found = compare_sources({"a": scored(0.5, 0.5)}, {"a": scored(0.0, 0.5)})["nDCG@10"]
    assert (found.difference.mean, found.times) == (0.25, None)


@pytest.mark.parametrize("other", [{}, {"b": scored(0.5)}, {"a": scored(0.5, 0.5)}])
def test_runs_over_different_sources_are_not_compared(other: dict[str, Scores]) -> None:
    with pytest.raises(BadInput, match="different sources or queries"):
        compare_sources({"a": scored(0.5)}, other)


def test_no_source_has_no_summary() -> None:
    with pytest.raises(BadInput, match="no source"):
        summary({})

"""The scale: probabilities from evidence, and what labels make of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.covering.scale import (
    COVERING,
    FEW_LABELS,
    CoveringScale,
    error_in_bins,
    refitted,
)


def values(scale: CoveringScale, *evidence: float) -> list[float]:
    return [float(v) for v in scale.values(np.array(evidence, np.float32))]


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_more_evidence_never_means_less_covered(one: float, other: float) -> None:
    low, high = values(COVERING, min(one, other), max(one, other))
    assert 0 <= low <= high <= 1


def test_states_part_at_their_bars() -> None:
    assert [COVERING.state(v) for v in (0.5, 0.49, 0.2, 0.19)] == [
        "covered",
        "partly",
        "partly",
        "not",
    ]


def labelled(bar: float, count: int) -> tuple[list[float], list[bool]]:
    """Texts whose answers readers found from this evidence on, a tenth of them by mistake."""
    rng = np.random.default_rng(3)
    evidence = rng.uniform(bar - 0.5, bar + 0.5, count)
    covered = (evidence > bar) ^ (rng.random(count) < 0.1)
    return evidence.tolist(), covered.tolist()


@pytest.mark.parametrize("bar", [0.35, 0.56, 0.75])
def test_labels_move_the_bar_to_where_readers_see_it(bar: float) -> None:
    evidence, covered = labelled(bar, 400)
    moved = refitted(COVERING, evidence, covered)
    assert moved.bar == pytest.approx(bar, abs=0.06)
    before, after = values(COVERING, *evidence), values(moved, *evidence)
    assert error_in_bins(after, covered) <= error_in_bins(before, covered)


def test_a_few_labels_teach_nothing() -> None:
    evidence, covered = labelled(0.9, FEW_LABELS - 1)
    assert refitted(COVERING, evidence, covered) == COVERING


@given(
    st.lists(st.tuples(st.floats(-1, 2, width=32), st.booleans()), min_size=FEW_LABELS, max_size=80)
)
def test_whatever_the_labels_more_evidence_still_means_more(
    told: list[tuple[float, bool]],
) -> None:
    moved = refitted(COVERING, [e for e, _ in told], [c for _, c in told])
    assert moved.slope > 0
    assert np.isfinite(moved.bar)


def test_labels_that_part_cleanly_do_not_make_a_step_of_the_scale() -> None:
    evidence = [0.80] * 40 + [0.79] * 40
    moved = refitted(COVERING, evidence, [True] * 40 + [False] * 40)
    assert 0 < moved.slope < 10 * COVERING.slope


def test_the_error_in_bins_is_the_distance_of_what_was_told_from_what_was_seen() -> None:
    assert error_in_bins([0.9] * 10, [True] * 9 + [False]) == pytest.approx(0.0)
    assert error_in_bins([0.9] * 10, [False] * 10) == pytest.approx(0.9)
    assert np.isnan(error_in_bins([], []))

"""Days from which on more or fewer came, and what is no change at all."""

from datetime import date, timedelta

import numpy as np
import pytest

from assist.insights.trends.changes import DAYS, changes, too_few

FIRST = date(2026, 6, 1)
WEEK = (1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5)
"""A business that is quiet at weekends, as a share of the mean."""


def some_days(seed: int, *stretches: tuple[int, float]) -> list[int]:
    """Counts of so many days with so many a day each, quieter at weekends."""
    random = np.random.default_rng(seed)
    means = [mean for days, mean in stretches for _ in range(days)]
    return [int(random.poisson(mean * WEEK[day % 7])) for day, mean in enumerate(means)]


def test_a_doubling_is_found_within_a_week_with_the_means_around_it() -> None:
    found = changes(some_days(1, (50, 4.0), (41, 8.0)), FIRST)

    assert len(found) == 1
    assert abs(found[0].on - (FIRST + timedelta(days=50))) <= timedelta(days=7)
    assert found[0].before == pytest.approx(28, abs=5)
    assert found[0].after == pytest.approx(56, abs=8)
    assert found[0].days_before + found[0].days_after == 91
    assert found[0].says.startswith(f"more from {found[0].on} on: ")


def test_a_wave_that_passes_has_two_changes() -> None:
    up, down = changes(some_days(2, (35, 3.0), (14, 12.0), (42, 3.0)), FIRST)

    assert (up.after > up.before, down.after < down.before) == (True, True)
    assert up.days_after == down.days_before
    assert "fewer from" in down.says


@pytest.mark.parametrize("mean", [0.3, 1.0, 4.0, 20.0])
def test_where_nothing_changed_a_change_is_rarely_told(mean: float) -> None:
    told = [seed for seed in range(60) if changes(some_days(seed, (91, mean)), FIRST)]
    assert len(told) <= 3


def test_weekends_are_no_change() -> None:
    quiet = [10, 10, 10, 10, 10, 0, 0] * 10
    assert changes(quiet, FIRST) == ()


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([9] * (DAYS - 1), "from 28 whole days on"),
        ([0] * 80 + [9], "under 10"),
        ([], "from 28 whole days on"),
    ],
)
def test_too_little_is_said_and_not_searched(counts: list[int], says: str) -> None:
    assert changes(counts, FIRST) == ()
    assert says in too_few(len(counts), sum(counts))

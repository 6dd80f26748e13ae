"""The growth of the vector index is measured on real vectors first, and on jittered ones beyond."""

import io
from itertools import pairwise

import numpy as np
from rich.console import Console

from evals.bench.growth import measure_growth, show
from evals.bench.jittered import filtered, grown

REAL = np.random.default_rng(5).standard_normal((300, 24)).astype(np.float32)
REAL /= np.linalg.norm(REAL, axis=1, keepdims=True)


def test_real_vectors_come_first_and_jittered_ones_lie_around_them() -> None:
    made = grown(REAL, 900)
    np.testing.assert_array_equal(made[:300], REAL)
    np.testing.assert_array_equal(made, grown(REAL, 900))
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    nearest = (made[300:] @ REAL.T).max(axis=1)
    assert 0.75 < np.median(nearest) < 0.9
    np.testing.assert_array_equal(grown(REAL, 200), REAL[:200])


def test_a_filter_keeps_its_share_of_the_rows_in_runs_that_do_not_touch() -> None:
    assert filtered(1_000, 1.0) == ((0, 1_000),)
    for share, runs in ((0.5, 20), (0.1, 20), (0.01, 20)):
        within = filtered(20_000, share)
        assert len(within) == runs
        assert sum(stop - start for start, stop in within) == share * 20_000
        assert all(a < b < c for (a, b), (c, _) in pairwise(within))
    assert filtered(1, 0.01) == ((0, 1),)


def test_each_size_is_built_asked_and_checked() -> None:
    growth = measure_growth(REAL, REAL[:7], [50, 400], lambda *_: None)
    assert [(size.passages, size.real) for size in growth.sizes] == [(50, 50), (400, 300)]
    for size in growth.sizes:
        assert (size.lost, size.looked_up) == (0, size.passages)
        assert 24 * 4 <= size.bytes_per_passage < 24 * 4 + 20
        assert [asked.share for asked in size.asked] == [1.0, 0.5, 0.1, 0.01]
        for asked in size.asked:
            assert asked.n == 7
            assert asked.recall_at_10 == 1.0
            assert 0 < asked.p50_ms <= asked.p95_ms


def test_the_table_says_what_is_real() -> None:
    growth = measure_growth(REAL, REAL[:2], [400], lambda *_: None)
    printed = io.StringIO()
    show(growth, Console(file=printed, width=160))
    lines = [line.split() for line in printed.getvalue().splitlines() if line.strip()]
    assert "beyond the real vectors jittered ones" in printed.getvalue()
    assert ["400", "300", "0.5"] in [line[:3] for line in lines]

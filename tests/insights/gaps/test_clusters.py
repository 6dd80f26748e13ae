"""Clusters of uncovered issues."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.insights.gaps.clusters import AT_MOST, FEWEST, center, cluster
from tests.insights.gaps.building import around


def test_issues_that_point_one_way_are_a_cluster_and_the_rest_are_outliers() -> None:
    axes = [0, 1, 0, 1, 0, 1, 0, 1, 0, 5, 6]
    found = cluster(around(axes), [f"text {n}" for n in range(len(axes))])
    assert found.groups == ((0, 2, 4, 6, 8), (1, 3, 5, 7))
    assert found.outliers == (9, 10)


def test_all_duplicates_are_one_cluster() -> None:
    vectors = np.repeat(around([3]), 40, axis=0)
    found = cluster(vectors, ["Where is it?"] * 39 + ["  where IS it?"])
    assert found.groups == (tuple(range(40)),)


def test_fewer_than_a_cluster_needs_are_outliers() -> None:
    found = cluster(around([0] * (FEWEST - 1)), [f"text {n}" for n in range(FEWEST - 1)])
    assert found.groups == ()
    assert len(found.outliers) == FEWEST - 1


def test_nothing_makes_no_cluster() -> None:
    assert cluster(around([]), []) == ((), ())


def test_more_than_are_compared_with_one_another_make_the_same_clusters() -> None:
    axes = [n % 3 for n in range(AT_MOST + 100)]
    found = cluster(around(axes, noise=0.1), [f"text {n}" for n in range(len(axes))])
    assert sorted(map(len, found.groups)) == sorted(axes.count(axis) for axis in range(3))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_clusters_do_not_hang_on_the_order_of_tickets(axes: list[int]) -> None:
    vectors, texts = around(axes), [f"text {n}" for n in range(len(axes))]
    order = np.random.default_rng(len(axes)).permutation(len(axes)).tolist()
    straight = cluster(vectors, texts)
    mixed = cluster(vectors[order], [texts[n] for n in order])
    as_texts = {frozenset(texts[order[row]] for row in rows) for rows in mixed.groups}
    assert as_texts == {frozenset(texts[row] for row in rows) for rows in straight.groups}


@given(st.lists(st.integers(0, 4), max_size=40))
def test_every_issue_is_in_one_cluster_or_an_outlier(axes: list[int]) -> None:
    found = cluster(around(axes), [f"text {n}" for n in range(len(axes))])
    told = [row for rows in found.groups for row in rows] + list(found.outliers)
    assert sorted(told) == list(range(len(axes)))


def test_a_center_has_unit_length() -> None:
    assert float(np.linalg.norm(center(around([0, 0, 1])))) == pytest.approx(1.0)

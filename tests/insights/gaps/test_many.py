"""Very many vectors in groups, beside average linkage of all of them."""

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

from assist.insights.gaps.many import LARGEST, Labels, grouped, neighborhoods
from assist.ports import Vectors
from tests.insights.gaps.building import around

APART = 0.4


def linked(vectors: Vectors) -> Labels:
    found = AgglomerativeClustering(
        n_clusters=None, distance_threshold=APART, metric="cosine", linkage="average"
    ).fit_predict(vectors)
    return np.asarray(found, dtype=np.int64)


def directions(sizes: list[int], seed: int = 0) -> tuple[Vectors, list[int]]:
    """A unit row near its group's direction, so many each; and each row's group."""
    rng = np.random.default_rng(seed)
    centers = rng.normal(size=(len(sizes), 64))
    centers /= np.linalg.norm(centers, axis=1, keepdims=True)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    rows = centers[groups] + rng.normal(scale=0.06, size=(len(groups), 64))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    order = rng.permutation(len(groups))
    return rows[order].astype(np.float32), groups[order].tolist()


def test_groups_are_those_of_average_linkage_over_all() -> None:
    vectors, _ = directions([40] * 85 + [5] * 60)
    assert len(vectors) > LARGEST
    assert adjusted_rand_score(linked(vectors), grouped(vectors, linked, APART)) >= 0.98


def test_a_group_of_four_among_ten_thousand_is_found() -> None:
    vectors, groups = directions([100] * 100 + [4] * 20)
    labels = grouped(vectors, linked, APART)
    small = [labels[np.array(groups) == group] for group in range(100, 120)]
    whole = [len(set(some.tolist())) == 1 and some[0] >= 0 for some in small]
    assert sum(whole) >= 18


def test_what_a_border_cuts_is_one_group_again() -> None:
    vectors = around([0] * (LARGEST + 500) + [1] * 50, noise=0.5)
    labels = grouped(vectors, linked, APART)
    assert len(set(labels.tolist())) == 2


@pytest.mark.parametrize("count", [0, 1, 2, LARGEST + 1, 3 * LARGEST])
def test_neighborhoods_are_bounded_and_hold_each_row_once(count: int) -> None:
    parts = [*neighborhoods(around([n % 7 for n in range(count)]))]
    assert max(map(len, parts)) <= LARGEST
    assert sorted(np.concatenate(parts).tolist()) == [*range(count)]


def test_equal_vectors_are_parted_too_and_are_one_group() -> None:
    vectors = np.repeat(around([3]), 2 * LARGEST, axis=0)
    assert max(map(len, neighborhoods(vectors))) <= LARGEST
    assert set(grouped(vectors, linked, APART).tolist()) == {0}


def test_what_is_near_to_nothing_is_in_no_group() -> None:
    vectors, groups = directions([50] * 70 + [1] * 8, seed=3)
    labels = grouped(vectors, linked, APART)
    assert set(labels[np.array(groups) >= 70].tolist()) == {-1}


def test_nothing_alike_makes_no_group() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(200, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert set(grouped(vectors, linked, APART).tolist()) == {-1}


def test_a_run_is_the_same_twice() -> None:
    vectors, _ = directions([30] * 120)
    first, second = (grouped(vectors, linked, APART) for _ in range(2))
    assert first.tolist() == second.tolist()

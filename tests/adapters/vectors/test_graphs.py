"""Where a kind has many rows its graph gives candidates; what comes back is scored exactly."""

import json
import shutil

import numpy as np
import pytest

from assist.adapters.vectors import Choice, StoredVectors
from assist.errors import StoreUnavailable
from tests.adapters.vectors.drawn import GRAPHS, by_hand, passages, topical, unit
from tests.builders import a_passage
from tests.contracts.vector_index import VectorIndexContract, quiet

COUNT = 2_600
KB, POLICY = 2_000, 560
"""The rest are precedents, too few for a graph."""


class TestStoredVectorsWithGraphs(VectorIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        index = StoredVectors(tmp_path / "vectors", Choice(exact_rows=0, graph=0, result=0))
        yield index
        index.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = StoredVectors(tmp_path_factory.mktemp("vectors"), GRAPHS)
    of_each = [
        *passages(KB),
        *passages(POLICY, "policy"),
        *passages(COUNT - KB - POLICY, "precedent"),
    ]
    index.build("g1", of_each, topical(COUNT), quiet)
    yield index
    index.close()


def recall(index, runs, limit=10):
    vectors = topical(COUNT)
    rows = [row for start, stop in runs for row in range(start, stop)]
    found = due = 0
    for asked in range(0, COUNT, 26):
        best = by_hand(vectors, vectors[asked], rows, limit)
        found += len(set(best) & set(index.nearest("g1", vectors[asked], limit, runs).rows))
        due += len(best)
    return found / due


@pytest.mark.parametrize(
    "runs",
    [
        ((0, COUNT),),
        ((0, KB),),
        ((KB, COUNT),),
        ((0, 700), (1_400, 1_900), (2_300, 2_590)),
        ((10, 40), (KB + 5, KB + 9)),
    ],
)
def test_at_least_98_of_100_nearest_are_found_with_any_filter(index, runs):
    assert recall(index, runs) >= 0.98


def test_scores_are_those_of_exact_search(index):
    vectors = topical(COUNT)
    rows, scores = index.nearest("g1", vectors[3], 50, ((0, COUNT),))
    np.testing.assert_allclose(scores, vectors[rows] @ vectors[3], atol=1e-6)
    assert sorted(zip(-scores, rows, strict=True)) == list(zip(-scores, rows, strict=True))


def test_a_filter_that_keeps_what_is_far_from_the_query_still_fills_the_list(tmp_path):
    here, there = np.eye(2, 32, dtype=np.float32)
    draw = 0.1 * np.random.default_rng(1).standard_normal((600, 32)).astype(np.float32)
    vectors = unit(draw + np.repeat([here, there], 300, axis=0))
    index = StoredVectors(tmp_path, GRAPHS)
    index.build("g1", passages(600), vectors, quiet)
    found = index.nearest("g1", here, 20, ((300, 600),)).rows.tolist()
    assert len(set(found) & set(by_hand(vectors, here, range(300, 600), 20))) >= 19
    index.close()


def test_every_row_of_a_graph_is_found_by_its_own_vector(index):
    seen = []
    assert index.unfindable("g1", range(COUNT), lambda *step: seen.append(step)) == []
    assert seen[-1] == ("checking vectors", COUNT, COUNT)
    assert index.faults("g1") == ()


def test_rows_that_a_graph_does_not_hold_are_unfindable(tmp_path):
    index = StoredVectors(tmp_path, GRAPHS)
    vectors = topical(200)
    index.build("g1", passages(200), vectors, quiet)
    index.build("other", passages(200), np.roll(vectors, 16, axis=1), quiet)
    swap(tmp_path, "g1", "other")
    assert len(index.unfindable("g1", range(200), quiet)) > 150
    assert "vectors tried are not found" in index.faults("g1")[0]
    index.close()


def test_rows_that_a_graph_was_seen_to_lose_are_compared_every_time(tmp_path):
    index = StoredVectors(tmp_path, GRAPHS)
    vectors = topical(200)
    index.build("g1", passages(200), vectors, quiet)
    index.build("other", passages(200), np.roll(vectors, 16, axis=1), quiet)
    swap(tmp_path, "g1", "other")
    noted = next(tmp_path.rglob("manifest.json"))
    noted.write_text(json.dumps(json.loads(noted.read_text()) | {"strays": list(range(150))}))
    assert set(index.unfindable("g1", range(200), quiet)) < set(range(150, 200))
    assert index.nearest("g1", vectors[70], 1, ((0, 200),)).rows.tolist() == [70]
    assert index.nearest("g1", vectors[70], 3, ((0, 70), (90, 200))).rows[0] != 70
    index.close()


def swap(root, one, other):
    """Give a generation the database of another."""
    (mine,) = root.glob(f"{one}-*")
    (theirs,) = root.glob(f"{other}-*")
    for name in ("matrix.f32", "manifest.json"):
        (mine / name).replace(theirs / name)
    shutil.rmtree(mine)
    theirs.rename(mine)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500])
def test_a_broken_database_is_unavailable_each_time_it_is_asked(tmp_path, content):
    index = StoredVectors(tmp_path, GRAPHS)
    vectors = topical(80)
    index.build("g1", passages(80), vectors, quiet)
    next(tmp_path.rglob("chroma.sqlite3")).write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="assist index rebuild"):
            index.nearest("g1", vectors[0], 1, ((0, 80),))
    assert index.faults("g1") != ()
    index.build("g1", passages(80), vectors, quiet)
    assert index.nearest("g1", vectors[9], 1, ((0, 80),)).rows.tolist() == [9]
    index.close()


def test_no_text_and_no_name_lies_in_the_database(tmp_path):
    secret = [a_passage("Mrs Merryweather", id=f"merryweather-{n}") for n in range(60)]
    index = StoredVectors(tmp_path, GRAPHS)
    index.build("g1", secret, topical(60), quiet)
    files = [file.read_bytes().lower() for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 4
    assert not any(b"merryweather" in content for content in files)
    index.close()

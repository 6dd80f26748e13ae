"""Chroma keeps the contract of `VectorIndex`, and what a disk can do to it is told apart."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assist.adapters.chroma import BATCH, ChromaVectors
from assist.errors import StoreUnavailable
from tests.builders import a_passage
from tests.contracts.vector_index import HUB, PLUG, VectorIndexContract, build, quiet, vector
from tests.fake_indexes import ExactVectors


class TestChromaVectors(VectorIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        index = ChromaVectors(tmp_path / "vectors")
        yield index
        index.close()


class TestExactVectors(VectorIndexContract):
    @pytest.fixture
    def index(self):
        return ExactVectors()


@pytest.fixture
def chroma(tmp_path):
    index = ChromaVectors(tmp_path)
    yield index
    index.close()


def many(count: int, dimension: int = 32):
    """Passages with random directions: the hardest case for an approximate index."""
    drawn = np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32)
    passages = [a_passage("x", id=f"p{i}") for i in range(count)]
    return passages, drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def database_file(path):
    return next(path.rglob("chroma.sqlite3"))


def test_what_was_built_is_there_after_a_restart(tmp_path, chroma):
    build(chroma, "g1", HUB, PLUG)
    again = ChromaVectors(tmp_path)
    assert again.has("g1")
    assert again.nearest("g1", "kb", vector(HUB.text), 1)[0][0] == HUB.id
    again.close()


def test_at_least_97_of_the_100_nearest_are_found_over_several_batches(chroma):
    passages, vectors = many(2 * BATCH + 500)
    chroma.build("g1", passages, vectors, quiet)
    found = exact = 0
    for row in range(0, 200, 10):
        best = {f"p{i}" for i in np.argsort(-(vectors @ vectors[row]))[:100]}
        found += len(best & dict(chroma.nearest("g1", "kb", vectors[row], 100)).keys())
        exact += len(best)
    assert found / exact >= 0.97


def test_a_build_that_dies_leaves_no_generation_and_can_be_repeated(tmp_path, chroma):
    build(chroma, "g1", HUB)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assist.adapters.chroma import ChromaVectors\n"
        "from tests.adapters.test_chroma import many\n"
        "die = lambda *step: os._exit(9)\n"
        "ChromaVectors(Path(sys.argv[1])).build('g2', *many(5), die)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert died.returncode == 9
    assert not chroma.has("g2")
    assert chroma.has("g1")
    build(chroma, "g2", PLUG)
    assert [hit[0] for hit in chroma.nearest("g2", "kb", vector("plug"), 5)] == [PLUG.id]


def test_a_build_that_fails_leaves_the_old_one_serving(tmp_path, chroma):
    build(chroma, "g1", HUB)
    twice = [PLUG, PLUG]
    with pytest.raises(StoreUnavailable):
        chroma.build("g1", twice, np.stack([vector("a"), vector("b")]), quiet)
    assert [hit[0] for hit in chroma.nearest("g1", "kb", vector("hub"), 5)] == [HUB.id]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_dropped_generation_leaves_nothing_on_the_disk(tmp_path, chroma):
    build(chroma, "g1", HUB)
    build(chroma, "g2", PLUG)
    chroma.nearest("g1", "kb", vector("hub"), 1)
    chroma.drop(["g2"])
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500])
def test_a_broken_database_is_unavailable_each_time_it_is_asked(tmp_path, chroma, content):
    build(chroma, "g1", HUB)
    database_file(tmp_path).write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="assist index rebuild"):
            chroma.nearest("g1", "kb", vector("hub"), 1)
    build(chroma, "g1", PLUG)
    assert chroma.nearest("g1", "kb", vector("plug"), 1)[0][0] == PLUG.id


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_unavailable(tmp_path, chroma):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnavailable):
        build(chroma, "g1", HUB)


def test_many_threads_get_the_same_answer(chroma):
    build(chroma, "g1", HUB, PLUG)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(chroma.nearest, "g1", "kb", vector("hub"), 2) for _ in range(40)]
        assert len({tuple(answer.result()) for answer in asked}) == 1

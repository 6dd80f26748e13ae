"""What is on the disk: whole or not there, the same after a restart, and found out when altered."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assist.adapters.vectors import StoredVectors
from assist.errors import EmbedderUnavailable, StoreUnavailable
from tests.adapters.vectors.drawn import GRAPHS, passages, topical
from tests.contracts.vector_index import (
    EMBEDDER,
    HUB,
    PLUG,
    VectorIndexContract,
    build,
    quiet,
    rows_near,
    vector,
)
from tests.fake_vectors import ExactVectors

ONE = ((0, 1),)


class TestStoredVectors(VectorIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        index = StoredVectors(tmp_path / "vectors")
        yield index
        index.close()


class TestExactVectors(VectorIndexContract):
    @pytest.fixture
    def index(self):
        return ExactVectors()


@pytest.fixture
def stored(tmp_path):
    index = StoredVectors(tmp_path)
    yield index
    index.close()


def matrix_file(path):
    return next(path.rglob("matrix.f32"))


def test_what_was_built_is_there_after_a_restart(tmp_path, stored):
    build(stored, "g1", HUB, PLUG)
    again = StoredVectors(tmp_path)
    assert again.has("g1")
    assert rows_near(again, "g1", PLUG.text, 1, (0, 2)) == [1]
    again.close()


def test_few_passages_are_searched_without_chroma(tmp_path):
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assist.adapters.vectors import StoredVectors\n"
        "from tests.adapters.vectors.drawn import passages, topical\n"
        "index = StoredVectors(Path(sys.argv[1]))\n"
        "index.build('g1', passages(200), topical(200), lambda *step: None)\n"
        "found = index.nearest('g1', topical(200)[7], 1, ((0, 200),)).rows.tolist()\n"
        "print(found, index.faults('g1'), 'chromadb' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[7] () False"


@pytest.mark.parametrize("choice", ["Choice()", "Choice(exact_rows=2)"])
def test_a_build_that_dies_leaves_no_generation_and_can_be_repeated(tmp_path, stored, choice):
    build(stored, "g1", HUB)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assist.adapters.vectors import Choice, StoredVectors\n"
        "from tests.adapters.vectors.drawn import passages, topical\n"
        "die = lambda *step: os._exit(9)\n"
        f"index = StoredVectors(Path(sys.argv[1]), {choice})\n"
        "index.build('g2', passages(5), topical(5), die)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert died.returncode == 9
    assert not stored.has("g2")
    assert stored.has("g1")
    build(stored, "g2", PLUG)
    np.testing.assert_array_equal(stored.vectors("g2", [0]), EMBEDDER.embed([PLUG.text]))


@pytest.mark.parametrize("choice", [None, GRAPHS])
def test_a_build_that_is_stopped_leaves_the_old_one_serving(tmp_path, choice):
    index = StoredVectors(tmp_path, choice)
    build(index, "g1", HUB)

    def stop(stage, done, total):
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        index.build("g1", passages(60), topical(60), stop)
    np.testing.assert_array_equal(index.vectors("g1", [0]), EMBEDDER.embed([HUB.text]))
    assert len(list(tmp_path.iterdir())) == 1
    index.close()


@pytest.mark.parametrize(
    "given", [topical(2), 2 * topical(1), np.full((1, 32), np.nan, dtype=np.float32)]
)
def test_vectors_that_cannot_be_compared_are_refused(tmp_path, stored, given):
    with pytest.raises(EmbedderUnavailable):
        stored.build("g1", [HUB], given, quiet)
    assert not stored.has("g1")


def test_a_dropped_generation_leaves_nothing_on_the_disk_and_its_readers_go_on(tmp_path, stored):
    build(stored, "g1", HUB)
    build(stored, "g2", PLUG)
    kept = stored.vectors("g1", [0])
    stored.drop(["g2"])
    assert len(list(tmp_path.iterdir())) == 1
    np.testing.assert_array_equal(kept, EMBEDDER.embed([HUB.text]))


def test_the_disk_does_not_grow_when_a_generation_is_built_again(tmp_path, stored):
    sizes = set()
    for number in range(4):
        stored.build(f"g{number}", passages(300), topical(300), quiet)
        stored.drop([f"g{number}"])
        sizes.add(sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file()))
    assert len(sizes) == 1


def test_an_altered_vector_is_a_fault_and_its_block_is_not_found(tmp_path, stored):
    stored.build("g1", passages(1_000), topical(1_000), quiet)
    content = bytearray(matrix_file(tmp_path).read_bytes())
    content[4 * 32 * 700 + 2] ^= 1
    matrix_file(tmp_path).write_bytes(content)
    assert "first row" in stored.faults("g1")[0]
    assert stored.unfindable("g1", range(1_000), quiet) == list(range(512, 768))
    assert stored.unfindable("g1", range(512), quiet) == []


@pytest.mark.parametrize("kept", [0, 100, -4])
def test_a_matrix_that_was_cut_is_a_fault_before_it_is_read(tmp_path, stored, kept):
    stored.build("g1", passages(300), topical(300), quiet)
    stored.nearest("g1", topical(300)[0], 1, ONE)
    whole = matrix_file(tmp_path).read_bytes()
    matrix_file(tmp_path).write_bytes(whole[:kept])
    assert "assist index rebuild" in stored.faults("g1")[0]
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        stored.unfindable("g1", [0], quiet)
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        StoredVectors(tmp_path).nearest("g1", topical(300)[0], 1, ONE)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe"])
def test_a_manifest_that_is_not_whole_is_a_fault(tmp_path, stored, content):
    build(stored, "g1", HUB)
    assert stored.faults("g1") == ()
    next(tmp_path.rglob("manifest.json")).write_bytes(content)
    assert "assist index rebuild" in stored.faults("g1")[0]
    with pytest.raises(StoreUnavailable, match="not there"):
        StoredVectors(tmp_path).nearest("g1", vector("hub"), 1, ONE)


def test_a_generation_that_was_broken_is_sound_once_it_is_built_again(tmp_path, stored):
    build(stored, "g1", HUB, PLUG)
    assert stored.faults("g1") == ()
    matrix_file(tmp_path).unlink()
    assert stored.faults("g1") != ()
    build(stored, "g1", HUB, PLUG)
    assert stored.faults("g1") == ()
    assert rows_near(stored, "g1", PLUG.text, 1, (0, 2)) == [1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_unavailable(tmp_path, stored):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnavailable):
        build(stored, "g1", HUB)


@pytest.mark.parametrize("choice", [None, GRAPHS])
def test_many_threads_get_the_same_answer(tmp_path, choice):
    index = StoredVectors(tmp_path, choice)
    index.build("g1", passages(90), topical(90), quiet)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(index.nearest, "g1", topical(90)[4], 5, ((0, 90),)) for _ in range(40)]
        assert len({tuple(answer.result().rows.tolist()) for answer in asked}) == 1
    index.close()

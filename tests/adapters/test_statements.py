"""Vectors of statements in files: what is torn is not there, and what one keeps others read."""

import errno
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.generations import BorrowedFolders
from assist.adapters.statements import KEYS, STAMPS, VECTORS, FileStatements
from assist.errors import DiskFull, StoreUnavailable
from tests.contracts.statement_index import (
    EAST,
    HUB,
    LOCK,
    NORTH,
    PLUG,
    StatementIndexContract,
    numbers,
    read,
)
from tests.fake_statements import InMemoryStatements


class TestFileStatements(StatementIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        return FileStatements(tmp_path)


class TestInMemoryStatements(StatementIndexContract):
    @pytest.fixture
    def index(self):
        return InMemoryStatements()


@pytest.fixture
def index(tmp_path):
    index = FileStatements(tmp_path)
    index.build("g1", [HUB, PLUG], 2)
    return index


def changed(folder, name, at, byte):
    (file,) = folder.rglob(name)
    content = bytearray(file.read_bytes())
    content[at] ^= byte
    file.write_bytes(content)


def test_another_process_reads_what_is_kept_after_it_began_to_read(index, tmp_path):
    reader = FileStatements(tmp_path, BorrowedFolders)
    assert read(reader, "g1", HUB) == [None]

    index.keep("g1", [HUB], numbers(EAST))

    assert read(reader, "g1", HUB) == [EAST]
    with pytest.raises(StoreUnavailable, match="not this process's to build"):
        reader.build("g2", [HUB], 2)


def test_a_process_that_reads_only_goes_on_reading_what_is_dropped(index, tmp_path):
    index.keep("g1", [HUB], numbers(EAST))
    reader = FileStatements(tmp_path, BorrowedFolders)
    read(reader, "g1", HUB)

    index.drop([])

    assert read(reader, "g1", HUB) == [EAST]


@given(st.sampled_from([VECTORS, STAMPS]), st.integers(0, 7), st.integers(1, 255))
def test_whatever_byte_is_altered_no_wrong_vector_is_read(tmp_path_factory, name, at, byte):
    folder = tmp_path_factory.mktemp("statements")
    index = FileStatements(folder)
    index.build("g1", [HUB, PLUG], 2)
    index.keep("g1", [HUB, PLUG], numbers(EAST, NORTH))

    changed(folder, name, at % (4 if name == VECTORS else 8), byte)

    found = read(FileStatements(folder), "g1", HUB, PLUG)
    assert sorted(found, key=str) in ([EAST, None], sorted([NORTH, None], key=str))
    (lost,) = FileStatements(folder).missing("g1", [HUB, PLUG])
    index.keep("g1", [lost], numbers(EAST))
    assert read(index, "g1", lost) == [EAST]


def test_a_vector_of_another_text_in_its_place_is_not_read(index, tmp_path):
    index.keep("g1", [HUB, PLUG], numbers(EAST, NORTH))
    (vectors,), (stamps,) = tmp_path.rglob(VECTORS), tmp_path.rglob(STAMPS)
    vectors.write_bytes(vectors.read_bytes()[2:] + vectors.read_bytes()[:2])
    stamps.write_bytes(stamps.read_bytes()[4:] + stamps.read_bytes()[:4])

    assert read(FileStatements(tmp_path), "g1", HUB, PLUG) == [None, None]


@pytest.mark.parametrize("name", [KEYS, STAMPS, VECTORS])
def test_a_file_cut_short_is_a_fault_never_mapped_and_lends_nothing(index, tmp_path, name):
    index.keep("g1", [HUB], numbers(EAST))
    (file,) = tmp_path.rglob(name)
    file.write_bytes(file.read_bytes()[:-1])
    again = FileStatements(tmp_path)

    (fault,) = again.faults("g1")
    assert f"{name} of the statements takes" in fault
    with pytest.raises(StoreUnavailable, match="index rebuild"):
        again.read("g1", [HUB])
    again.build("g2", [HUB], 2, "g1")
    assert again.unread("g2") == 1


def test_changed_keys_are_a_fault(index, tmp_path):
    changed(tmp_path, KEYS, 3, 1)

    assert FileStatements(tmp_path).faults("g1") == ("the statements' keys were changed",)


def test_no_text_is_in_any_file(index, tmp_path):
    index.keep("g1", [HUB, LOCK], numbers(EAST, NORTH))

    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"Press" not in written
    assert b"Turn" not in written


def test_where_the_disk_is_full_it_is_said_and_nothing_is_torn(index, monkeypatch):
    def full(_file, _data, _at):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(DiskFull):
            index.keep("g1", [HUB], numbers(EAST))

    assert read(index, "g1", HUB) == [None]


def test_what_is_written_in_pieces_is_whole_in_the_end(index, monkeypatch):
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, data, at: pwrite(file, data[:1], at))

    index.keep("g1", [HUB], numbers(NORTH))

    assert read(index, "g1", HUB) == [NORTH]


def test_many_are_lent_in_several_goes(tmp_path):
    index, texts = FileStatements(tmp_path), [f"Step {n}." for n in range(5_000)]
    vectors = np.random.default_rng(7).integers(-127, 128, (5_000, 2), dtype=np.int8)
    index.build("g1", texts, 2)
    index.keep("g1", texts, vectors)

    index.build("g2", texts[::-1], 2, "g1")

    assert np.array_equal(index.read("g2", texts).vectors, vectors)
    assert index.unread("g2") == 0

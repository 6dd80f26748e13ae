import numpy as np
import pytest

from assist.adapters.parts import BLOCK, FILE, FileParts
from assist.errors import NoIndex, StoreUnavailable
from tests.contracts.part_index import EAST, PartIndexContract, build, vector
from tests.fake_parts import InMemoryParts


class TestFileParts(PartIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        return FileParts(tmp_path)


class TestInMemoryParts(PartIndexContract):
    @pytest.fixture
    def index(self):
        return InMemoryParts()


def test_another_process_reads_what_was_built(tmp_path):
    build(FileParts(tmp_path), "g1", (EAST, EAST))

    assert FileParts(tmp_path).parts("g1", [0]).tolist() == [[[127, 0]] * 2]


def test_a_file_cut_short_is_a_fault_and_never_mapped(tmp_path):
    build(FileParts(tmp_path), "g1", (EAST, EAST))
    (file,) = tmp_path.rglob(FILE)
    file.write_bytes(b"\x01")

    (fault,) = FileParts(tmp_path).faults("g1")
    assert "take 1 bytes, not 4" in fault
    with pytest.raises(StoreUnavailable, match="take 1 bytes, not 4"):
        FileParts(tmp_path).parts("g1", [0])


def test_a_changed_byte_is_a_fault_that_names_the_rows(tmp_path):
    build(FileParts(tmp_path), "g1", *[(EAST, EAST)] * (BLOCK + 1))
    (file,) = tmp_path.rglob(FILE)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    (fault,) = FileParts(tmp_path).faults("g1")
    assert f"from row {BLOCK} on" in fault


def test_a_query_of_another_model_is_refused_with_the_cure(tmp_path):
    index = FileParts(tmp_path)
    build(index, "g1", (EAST, EAST))

    with pytest.raises(NoIndex, match="3 numbers, the index 2") as caught:
        index.cosines("g1", np.array([0]), vector(1, 0, 0))
    assert caught.value.cure == "ingest again, or set the embedder back"

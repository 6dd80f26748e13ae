"""The catalogue on disk keeps the contract, reads only what it is asked for, tells its faults."""

import os
import time
import tracemalloc

import pytest

from assist.adapters.catalogue import FileCatalogue
from assist.adapters.catalogue.files import ARRAYS
from assist.errors import StoreUnavailable
from tests.builders import a_passage
from tests.contracts.catalogue import PASSAGES, CatalogueContract
from tests.fake_catalogue import InMemoryCatalogue


class TestFileCatalogue(CatalogueContract):
    @pytest.fixture
    def catalogue(self, tmp_path):
        return FileCatalogue(tmp_path / "catalogue")


class TestInMemoryCatalogue(CatalogueContract):
    @pytest.fixture
    def catalogue(self):
        return InMemoryCatalogue()


@pytest.fixture
def built(tmp_path):
    catalogue = FileCatalogue(tmp_path)
    catalogue.build("g1", PASSAGES)
    return catalogue


def the_file(tmp_path, name):
    return next(tmp_path.rglob(name))


def test_what_was_built_is_there_after_a_restart(tmp_path, built):
    again = FileCatalogue(tmp_path)
    assert again.passages("g1", [2]) == built.passages("g1", [2]) == PASSAGES[2:3]
    assert again.faults("g1") == ()


@pytest.mark.parametrize("changed", [b'["id":"hub#1"', b'{"id":"hub#2"'])
def test_a_passage_that_was_changed_is_unavailable_and_a_fault(tmp_path, built, changed):
    file = the_file(tmp_path, "passages.jsonl")
    content = file.read_bytes()
    file.write_bytes(content.replace(b'{"id":"hub#1"', changed))
    again = FileCatalogue(tmp_path)
    row = [passage.id for passage in PASSAGES].index("hub#1")
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        again.passages("g1", [row])
    assert again.passages("g1", [row - 1]) == (PASSAGES[row - 1],)
    assert [f"row {row} was changed" in fault for fault in again.faults("g1")] == [True]


@pytest.mark.parametrize("name", [*ARRAYS, "passages.jsonl", "documents.json", "scopes.json"])
def test_a_file_that_was_cut_is_a_fault(tmp_path, built, name):
    file = the_file(tmp_path, name)
    os.truncate(file, file.stat().st_size // 2)
    faults = FileCatalogue(tmp_path).faults("g1")
    assert name in faults[0]


@pytest.mark.parametrize("name", [*ARRAYS, "documents.json", "scopes.json"])
def test_a_file_that_was_changed_is_a_fault(tmp_path, built, name):
    file = the_file(tmp_path, name)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert f"{name} was changed" in " ".join(FileCatalogue(tmp_path).faults("g1"))


@pytest.mark.parametrize("name", ["manifest.json", "offsets", "documents.json", "scopes.json"])
def test_a_file_that_is_gone_is_unavailable(tmp_path, built, name):
    the_file(tmp_path, name).unlink()
    again = FileCatalogue(tmp_path)
    assert again.faults("g1") != ()
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        (again.document_ids("g1"), again.scopes("g1"))


@pytest.mark.parametrize("content", ["{", '{"count":1,"documents":1,"files":{}}', "\udcff"])
def test_a_manifest_of_something_else_is_unavailable(tmp_path, built, content):
    the_file(tmp_path, "manifest.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(StoreUnavailable, match="the catalogue"):
        FileCatalogue(tmp_path).count("g1")


def test_json_that_is_no_list_of_documents_or_scopes_is_unavailable(tmp_path, built):
    the_file(tmp_path, "documents.json").write_text("{}")
    the_file(tmp_path, "scopes.json").write_text("[1]")
    again = FileCatalogue(tmp_path)
    with pytest.raises(StoreUnavailable, match=r"documents\.json"):
        again.document_ids("g1")
    with pytest.raises(StoreUnavailable, match=r"scopes\.json"):
        again.scopes("g1")


def test_a_build_that_fails_leaves_the_old_one_serving(tmp_path, built):
    with pytest.raises(AttributeError):
        built.build("g1", [*PASSAGES, None])
    assert built.passages("g1", [0]) == PASSAGES[:1]
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_open_serves_on_while_its_generation_is_replaced(built, tmp_path):
    assert built.count("g1") == len(PASSAGES)
    FileCatalogue(tmp_path).build("g1", PASSAGES[:1])
    assert built.passages("g1", [len(PASSAGES) - 1]) == PASSAGES[-1:]


def test_opening_does_not_read_the_passages(tmp_path):
    one = a_passage("word " * 400)
    passages = [one.model_copy(update={"id": f"p{n}", "position": n}) for n in range(10_000)]
    FileCatalogue(tmp_path).build("g1", passages)
    catalogue = FileCatalogue(tmp_path)
    tracemalloc.start()
    started = time.perf_counter()
    assert catalogue.passages("g1", [9_999]) == (passages[-1],)
    assert catalogue.row("g1", "p5000") == 5_000
    took, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000  # the passages are 20 MB; threads of other tests may allocate a little
    assert took < 1

"""Tantivy keeps the contract of `LexicalIndex`; its index is whole or not there."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from assist.adapters.words import TantivyLexical
from assist.adapters.words.writing import write
from assist.errors import StoreUnavailable
from tests.builders import a_passage
from tests.contracts.lexical_index import ALL, HUB, PLUG, LexicalIndexContract
from tests.fake_words import NaiveLexical


class TestTantivyLexical(LexicalIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        return TantivyLexical(tmp_path / "words")


class TestNaiveLexical(LexicalIndexContract):
    @pytest.fixture
    def index(self):
        return NaiveLexical()


@pytest.fixture
def tantivy(tmp_path):
    return TantivyLexical(tmp_path)


def found(tantivy, text, limit=5, count=None):
    """The rows for `text`, over all of `ALL` where no other number of rows is said."""
    return tantivy.search("g1", text, limit, ((0, count or len(ALL)),)).rows.tolist()


class Failing(list):
    """Passages that can be counted, and not read to the end a second time."""

    def __init__(self, passages, ending):
        super().__init__(passages)
        self.ending = ending

    def __getitem__(self, place):
        if place == len(self) - 1 and isinstance(place, int):
            self.ending()
        return super().__getitem__(place)


def test_what_was_built_is_there_after_a_restart(tmp_path, tantivy):
    tantivy.build("g1", ALL)
    again = TantivyLexical(tmp_path)
    assert again.has("g1")
    assert found(again, "hold the hub") == found(tantivy, "hold the hub") != []


def test_a_build_that_dies_leaves_no_generation_and_can_be_repeated(tmp_path, tantivy):
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assist.adapters.words import TantivyLexical\n"
        "from tests.adapters.words.test_tantivy_index import Failing\n"
        "from tests.contracts.lexical_index import ALL\n"
        "dying = Failing(ALL, lambda: os._exit(9))\n"
        "TantivyLexical(Path(sys.argv[1])).build('g1', dying)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert died.returncode == 9
    assert not tantivy.has("g1")
    tantivy.build("g1", ALL)
    assert found(tantivy, "hub")[0] == 0


def test_a_build_that_fails_leaves_the_old_one_serving(tmp_path, tantivy):
    def failing():
        raise LookupError("the store went away")

    tantivy.build("g1", [HUB])
    with pytest.raises(LookupError):
        tantivy.build("g1", Failing([PLUG, PLUG], failing))
    assert found(tantivy, "hub plug", count=1) == [0]
    assert found(tantivy, "plug", count=1) == []
    assert len(list(tmp_path.iterdir())) == 1


def test_a_dropped_generation_leaves_nothing_on_the_disk(tmp_path, tantivy):
    tantivy.build("g1", [HUB])
    tantivy.build("g2", [HUB])
    tantivy.drop(["g2"])
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["manifest.json", "passages/meta.json"])
def test_a_broken_index_is_unavailable_and_a_fault(tmp_path, tantivy, name):
    tantivy.build("g1", [HUB])
    next(tmp_path.glob(f"*/{name}")).write_text("{")
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        found(tantivy, "hub", count=1)
    assert "assist index rebuild" in tantivy.faults("g1")[0]


@pytest.mark.parametrize("part", ["*.idx", "*.term", "*.fast", "*.fieldnorm"])
def test_a_file_of_another_length_is_a_fault(tmp_path, tantivy, part):
    tantivy.build("g1", ALL)
    file = next(tmp_path.glob(f"*/passages/{part}"))
    file.write_bytes(file.read_bytes() + b"x")
    assert "index of words" in tantivy.faults("g1")[0]


def test_a_file_too_many_is_a_fault(tmp_path, tantivy):
    tantivy.build("g1", ALL)
    (next(tmp_path.rglob("meta.json")).parent / "left.idx").write_bytes(b"")
    (fault,) = tantivy.faults("g1")
    assert "the index of words: its files are not as they were written" in fault


def test_an_index_of_other_passages_is_a_fault(tmp_path, tantivy):
    tantivy.build("g1", ALL)
    tantivy.build("g2", [a_passage("Nothing of that.", document_id=n) for n in "abc"])
    one, other = sorted(tmp_path.iterdir())
    (other / "manifest.json").write_bytes((one / "manifest.json").read_bytes())
    (fault,) = tantivy.faults("g2")
    assert "its files are not as they were written" in fault


@pytest.mark.parametrize("part", ["*.idx", "*.term", "*.fast", "*.fieldnorm", "meta.json"])
def test_a_changed_byte_in_any_file_is_unavailable_and_no_crash(tmp_path, tantivy, part):
    tantivy.build("g1", ALL)
    file = next(tmp_path.glob(f"*/passages/{part}"))
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    file.write_bytes(content)
    again = TantivyLexical(tmp_path)
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        found(again, "hub", count=1)
    assert "not as they were written" in again.faults("g1")[0]


def test_the_same_passages_are_written_the_same(tmp_path):
    passages = [
        a_passage(f"word{n} of many {n % 7}", document_id=f"d{n // 2:03}") for n in range(300)
    ]
    answers = []
    for name in ("one", "other"):
        index = TantivyLexical(tmp_path / name)
        index.build("g1", passages)
        ranked = index.search("g1", "many of word7 3", 200, ((0, 300),))
        answers.append([part.tolist() for part in ranked])
    assert answers[0] == answers[1]


def test_nothing_of_a_text_is_stored_but_its_terms(tmp_path):
    write(tmp_path, [a_passage("Zanzibar sends the parcels tomorrow morning.")])
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"sends the parcels" not in stored
    assert b"zanzibar" in stored


def test_many_threads_get_the_same_answer(tantivy):
    tantivy.build("g1", ALL)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(found, tantivy, "hub error E-217") for _ in range(80)]
        assert len({tuple(answer.result()) for answer in asked}) == 1

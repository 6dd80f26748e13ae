"""Tantivy keeps the contract of `LexicalIndex`; its index is whole or not there."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from assist.adapters.tantivy_index import TantivyLexical
from assist.errors import StoreUnavailable
from tests.builders import a_passage
from tests.contracts.lexical_index import ALL, HUB, PLUG, LexicalIndexContract
from tests.fake_indexes import NaiveLexical


class TestTantivyLexical(LexicalIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        return TantivyLexical(tmp_path / "lexical")


class TestNaiveLexical(LexicalIndexContract):
    @pytest.fixture
    def index(self):
        return NaiveLexical()


@pytest.fixture
def tantivy(tmp_path):
    return TantivyLexical(tmp_path)


def test_what_was_built_is_there_after_a_restart(tmp_path, tantivy):
    tantivy.build("g1", ALL)
    before = tantivy.search("g1", "kb", "hold the hub", 5)
    again = TantivyLexical(tmp_path)
    assert again.has("g1")
    assert again.search("g1", "kb", "hold the hub", 5) == before


def test_a_build_that_dies_leaves_no_generation_and_can_be_repeated(tmp_path, tantivy):
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from assist.adapters.tantivy_index import TantivyLexical\n"
        "def dying():\n"
        "    os._exit(9)\n"
        "    yield\n"
        "TantivyLexical(Path(sys.argv[1])).build('g1', dying())\n"
    )
    died = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert died.returncode == 9
    assert not tantivy.has("g1")
    tantivy.build("g1", [HUB])
    assert tantivy.search("g1", "kb", "hub", 5)[0][0] == HUB.id


def test_a_build_that_fails_leaves_the_old_one_serving(tmp_path, tantivy):
    tantivy.build("g1", [HUB])

    def failing():
        yield PLUG
        raise LookupError("the store went away")

    with pytest.raises(LookupError):
        tantivy.build("g1", failing())
    assert tantivy.search("g1", "kb", "hub plug", 5)[0][0] == HUB.id
    assert len(list(tmp_path.iterdir())) == 1


def test_a_dropped_generation_leaves_nothing_on_the_disk(tmp_path, tantivy):
    tantivy.build("g1", [HUB])
    tantivy.build("g2", [HUB])
    tantivy.drop(["g2"])
    assert len(list(tmp_path.iterdir())) == 1


def test_a_broken_index_is_unavailable(tmp_path, tantivy):
    tantivy.build("g1", [HUB])
    next(tmp_path.rglob("meta.json")).write_text("{")
    with pytest.raises(StoreUnavailable, match="assist index rebuild"):
        tantivy.search("g1", "kb", "hub", 5)


def test_a_function_word_weighs_little_beside_what_a_query_is_about(tantivy):
    chatty = a_passage("How do I do what I do when you do it?", document_id="chatty")
    tantivy.build("g1", [chatty, HUB])
    found = tantivy.search("g1", "kb", "what do I do when I do not have a hub", 5)
    assert found[0][0] == HUB.id


def test_a_code_is_worth_more_than_the_parts_of_it(tantivy):
    parts = a_passage("Vitamin E is good at any age, even at 217 months.", document_id="parts")
    tantivy.build("g1", [parts, PLUG])
    assert tantivy.search("g1", "kb", "E-217", 5)[0][0] == PLUG.id


def test_a_mail_of_a_megabyte_is_a_query_like_any_other(tantivy):
    tantivy.build("g1", ALL)
    mail = " ".join(f"word{number}" for number in range(110_000)) + " the hub, the hub"
    assert len(mail) > 1_000_000
    assert [hit[0] for hit in tantivy.search("g1", "kb", mail, 1)] == [HUB.id]


def test_many_threads_get_the_same_answer(tantivy):
    tantivy.build("g1", ALL)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(tantivy.search, "g1", "kb", "hub error E-217", 4) for _ in range(80)]
        assert len({tuple(answer.result()) for answer in asked}) == 1

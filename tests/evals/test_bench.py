"""The bench's parts: what is computed, and one real command measured."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from assist.errors import BadInput, Unavailable
from evals.bench.__main__ import bench_command
from evals.bench.answering import wilson
from evals.bench.commands import environment, run
from evals.bench.quality import rankings
from evals.bench.results import Bench
from evals.bench.sets import load_set, sample
from evals.bench.show import show
from evals.bench.speed import percentile, statements, tickets
from evals.suites import ROOT
from tests.builders import a_passage
from tests.retrieval.test_search import a_searcher

KB = ROOT / "tests" / "data" / "evals" / "kb"


def test_each_retriever_ranks_documents_alone_and_each_by_its_best_passage() -> None:
    shelf = [
        a_passage("The reset button.", id="a#1", document_id="a"),
        a_passage("The reset button of the hub is below.", id="a#2", document_id="a", position=1),
        a_passage("Join the hub to the network.", document_id="b"),
        a_passage("A zebra grazes on the plain.", document_id="c"),
    ]
    searcher = a_searcher(shelf)

    found = rankings(searcher, "hub reset button", depth=3)

    query = searcher.embedder.embed(["hub reset button"])[0]
    texts = searcher.embedder.embed([passage.reading for passage in shelf])
    nearest = np.argsort(-(texts @ query), kind="stable")[:3]
    assert found["dense"] == tuple(dict.fromkeys(shelf[n].document_id for n in nearest))
    assert found["lexical"] == ("a", "b")  # no word of the query stands in c
    hits = searcher.find("hub reset button", kind=None, top_k=3, filters={})
    assert found["fused"] == tuple(dict.fromkeys(hit.document_id for hit in hits))


@pytest.mark.parametrize(("percent", "value"), [(50, 2), (75, 3), (95, 4), (100, 4)])
def test_a_percentile_is_one_of_the_values(percent: int, value: int) -> None:
    assert percentile([4, 1, 3, 2], percent) == value


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(counts: tuple[int, int]) -> None:
    successes, n = counts
    low, high = wilson(successes, n)
    assert 0 <= low <= round(successes / n, 3) <= high <= 1
    assert low < high


def test_a_sample_is_the_same_each_time_and_the_whole_where_it_is_small() -> None:
    queries = {f"q{n}": "text" for n in range(100)}
    assert sample(queries, 10) == sample(dict(reversed(queries.items())), 10)
    assert len(sample(queries, 10)) == 10
    assert sample(queries, None) == queries


def test_a_set_is_read_with_the_queries_that_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_EVALSETS", str(tmp_path))
    a_set(tmp_path / "mine", qrels="query-id\tcorpus-id\tscore\nq1\td1\t2\n")
    found = load_set("mine")
    assert found is not None
    assert found.queries == {"q1": "How?"}
    assert found.relevant == {"q1": {"d1": 2}}
    assert load_set("other") is None


def test_a_broken_set_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSIST_EVALSETS", str(tmp_path))
    a_set(tmp_path / "mine", qrels="query-id\tcorpus-id\tscore\nq1\td1\thigh\n")
    with pytest.raises(BadInput, match="no BEIR folder"):
        load_set("mine")


def test_statements_are_distinct_sentences_without_headings() -> None:
    found = statements(KB)
    assert "It is closed on Sunday." in found
    assert len(found) == len(set(found))
    assert not any(text.startswith("#") for text in found)


def test_tickets_are_as_many_as_asked_for() -> None:
    asked = tickets(["one", "two", "three"], 4)
    assert [t.asked[0].text for t in asked] == ["one three", "two two", "three one", "one three"]


def test_a_command_is_measured_with_its_database(home: Path) -> None:
    ran = run(home, "ingest", str(KB), "--json")
    assert json.loads(ran.stdout)["documents"] == 2
    assert ran.memory.command == "assist ingest"
    assert 0 < ran.memory.database_mb < ran.memory.peak_mb
    assert ran.seconds > 0


def test_a_command_has_its_own_home_and_the_model_compiled_for_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_HOME", str(tmp_path / "usual"))
    monkeypatch.delenv("ASSIST_COMPILED")
    given = environment(tmp_path / "own")
    assert given["ASSIST_HOME"] == str(tmp_path / "own")
    assert given["ASSIST_COMPILED"] == str(tmp_path / "usual" / "models")


def test_a_command_that_fails_is_told_with_its_last_words(home: Path) -> None:
    with pytest.raises(Unavailable, match=r"exit code 2.*nothing") as caught:
        run(home, "schema", "nothing")
    assert caught.value.where == "assist schema"


def test_what_was_measured_and_what_was_skipped_is_shown() -> None:
    page = io.StringIO()
    show(a_bench(), Console(width=100, file=page))
    said = [" ".join(line.split()) for line in page.getvalue().splitlines()]
    assert "time to first suggestion of a fresh process: 2.00 s (of 1.00, 2.00, 3.00)" in said
    assert "search kb 50 1.5 2.5" in said
    assert "faq manual 10 abstained 0.900 0.600 0.980" in said
    assert "faq faq 10 answered 0.800 0.490 0.943 0.750" in said
    assert "skipped manual: not there" in said
    assert not any("nDCG" in line for line in said)


def test_two_sizes_at_once_are_refused() -> None:
    app = typer.Typer()
    app.command()(bench_command)
    result = CliRunner().invoke(app, ["--quick", "--campaign"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--quick and --campaign exclude each other" in result.stderr


def a_bench() -> Bench:
    """A bench without a retrieval table."""
    own = {"corpus": "faq", "source": "faq", "n": 10, "due": "answered", "share": 0.8}
    strange = own | {"source": "manual", "due": "abstained", "share": 0.9}
    return Bench.model_validate(
        {
            "size": "quick",
            "assist_version": "0",
            "git_sha": None,
            "machine": "2 cores",
            "first_suggestion": {"seconds": (1, 2, 3), "median": 2},
            "latencies": [
                {"operation": "search", "corpus": "kb", "n": 50, "p50_ms": 1.5, "p95_ms": 2.5}
            ],
            "ingests": [],
            "memory": [],
            "retrieval": [],
            "answering": [
                own | {"low": 0.49, "high": 0.943, "right": 0.75},
                strange | {"low": 0.6, "high": 0.98, "right": None},
            ],
            "skipped": ["manual: not there"],
            "seconds": 3,
        }
    )


def a_set(folder: Path, qrels: str) -> None:
    """A BEIR folder of one document and two queries."""
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text('{"_id": "d1", "text": "So."}\n', encoding="utf-8")
    queries = '{"_id": "q1", "text": "How?"}\n{"_id": "q2", "text": "Why?"}\n'
    (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")

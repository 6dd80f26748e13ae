"""The peers' bench without its peers: what they get, what they give back, what it is worth."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from assist.errors import Unavailable
from evals.bench.peers.__main__ import peers_command
from evals.bench.peers.environments import (
    HERE,
    PEERS,
    READY,
    TORCH,
    Peer,
    prepare,
    ready_python,
)
from evals.bench.peers.measuring import best_documents, percentile, run_lines, timings
from evals.bench.peers.model import model_folder
from evals.bench.peers.passages import Text, write_passages
from evals.bench.peers.running import MEASURING, Measured, Task, Timing, measure, read_measured
from evals.bench.peers.scoring import score_runs
from evals.bench.peers.show import PeersBench, show
from evals.retrieval.compare import compare
from evals.retrieval.metrics import METRICS
from evals.retrieval.results import Estimate, Measures
from evals.retrieval.trec import parse_run

TOY = """
class Stack:
    def __init__(self, model, folder):
        self.name = (model / "name.txt").read_text()
        (folder / "kept").write_text("what a stack saves")
    def ingest(self, ids, texts, vectors):
        self.given = None if vectors is None else vectors.shape
        self.words = {i: set(t.lower().split()) for i, t in zip(ids, texts)}
    def searching(self, depth):
        def search(query):
            asked = set(query.lower().split())
            ranked = sorted(self.words, key=lambda i: (-len(asked & self.words[i]), i))
            return [i for i in ranked if asked & self.words[i]][:depth]
        return search
"""
"""A stack that counts shared words."""
PASSAGES = (
    Text("refund#1", "refund", "refunds take five days"),
    Text("refund#2", "refund", "a refund goes to your card"),
    Text("card#1", "card", "your card was declined"),
)
QUERIES = {"q1": "your card", "q2": "five days", "q 3": "nothing of it", "q4": " "}


@pytest.fixture
def toy(tmp_path: Path) -> Peer:
    """A peer that needs nothing but Python."""
    stack = tmp_path / "toy_stack.py"
    stack.write_text(TOY, encoding="utf-8")
    return Peer("toy", stack, tmp_path / "toy.txt")


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """Three passages, four queries, and a model folder."""
    (tmp_path / "name.txt").write_text("toy", encoding="utf-8")
    write_passages(PASSAGES, tmp_path / "passages.jsonl")
    return Task(tmp_path / "passages.jsonl", (queries_file(tmp_path),), tmp_path)


def queries_file(folder: Path) -> Path:
    rows = [json.dumps({"_id": name, "text": text}) for name, text in QUERIES.items()]
    file = folder / "queries.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_a_document_stands_where_its_best_passage_stands() -> None:
    documents = {p.id: p.document_id for p in PASSAGES}
    assert best_documents(["refund#2", "card#1", "refund#1"], documents) == ["refund", "card"]


@given(st.lists(st.text(min_size=1).filter(lambda t: t.split()), min_size=1, max_size=150))
def test_a_run_keeps_the_order_of_the_peer(ids: list[str]) -> None:
    ranked = list(dict.fromkeys("_".join(i.split()) for i in ids))
    read = parse_run(run_lines("q", ranked, "toy"), "run")
    assert read == {"q": tuple(ranked)}


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_a_percentile_has_that_share_of_the_values_at_or_below_it(
    values: list[float], percent: int
) -> None:
    found = percentile(sorted(values), percent)
    assert found in values
    assert sum(v <= found for v in values) / len(values) >= percent / 100
    assert sum(v < found for v in values) / len(values) < percent / 100


def test_a_text_asked_twice_is_timed_once_and_the_first_apart() -> None:
    asked: list[str] = []

    def search(text: str) -> Sequence[str]:
        asked.append(text)
        return ()

    found = timings(["a", "b", "a", "c", "d"], search, 3)
    assert asked == ["a", "b", "c"]
    assert found["timed"] == 3
    assert found["p50_ms"] <= found["p95_ms"]


def test_a_peer_runs_in_its_own_process_and_leaves_a_run_by_document(
    toy: Peer, task: Task, tmp_path: Path
) -> None:
    measured = measure(toy, Path(sys.executable), task, tmp_path / "out" / "toy")
    assert (measured.passages, measured.vectors_given, measured.timed_depth) == (3, False, 10)
    assert measured.rss_mb > 1
    assert [(run.queries, run.n, run.timed) for run in measured.runs] == [("queries", 3, 3)]
    assert (tmp_path / "out" / "toy" / "queries.trec").read_text().splitlines() == [
        "q1 Q0 card 1 1.000000 toy",
        "q1 Q0 refund 2 0.500000 toy",
        "q2 Q0 refund 1 1.000000 toy",
    ]
    assert read_measured(tmp_path / "out" / "toy" / "measured.json") == measured


def test_ready_vectors_are_handed_on_and_must_be_as_many_as_passages(
    toy: Peer, task: Task, tmp_path: Path
) -> None:
    np.save(tmp_path / "vectors.npy", np.ones((3, 4), dtype=np.float32))
    given_vectors = replace(task, vectors=tmp_path / "vectors.npy")
    assert measure(toy, Path(sys.executable), given_vectors, tmp_path / "out").vectors_given
    np.save(tmp_path / "vectors.npy", np.ones((2, 4), dtype=np.float32))
    with pytest.raises(Unavailable, match="2 rows for 3 passages"):
        measure(toy, Path(sys.executable), given_vectors, tmp_path / "out")


def test_a_peer_that_fails_is_named_with_its_last_words_and_leaves_nothing_of_an_earlier_run(
    toy: Peer, task: Task, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    measure(toy, Path(sys.executable), task, out)
    toy.stack.write_text(TOY.replace("searching", "finding"), encoding="utf-8")
    with pytest.raises(Unavailable, match="searching") as caught:
        measure(toy, Path(sys.executable), task, out)
    assert caught.value.where == "toy"
    assert [file.name for file in out.iterdir()] == ["log.txt"]
    with pytest.raises(Unavailable, match="left no measurements"):
        read_measured(out / "measured.json")


def test_what_measures_a_peer_imports_nothing_of_ours() -> None:
    code = f"""
import runpy, sys
sys.argv = ["measuring", "--help"]
try:
    runpy.run_path({str(MEASURING)!r}, run_name="__main__")
except SystemExit:
    print(sorted(name for name in sys.modules if name.split(".")[0] in ("assist", "evals")))
"""
    command = [sys.executable, "-I", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_runs_of_all_peers_are_scored_by_query_and_compared(tmp_path: Path) -> None:
    for peer, lines in {
        "good": "q1 Q0 a 1 1 x\nq2 Q0 b 1 1 x\n",
        "poor": "q1 Q0 b 1 1 x\nq1 Q0 a 2 .5 x\n",
    }.items():
        (tmp_path / peer).mkdir()
        (tmp_path / peer / "queries.trec").write_text(lines, encoding="utf-8")
    qrels = tmp_path / "test.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t1\n", encoding="utf-8")
    found = score_runs(tmp_path, qrels, "queries")
    assert list(found) == ["good", "poor"]
    assert found["good"].by_query()["q1"] == dict.fromkeys(METRICS, 1.0)
    assert found["poor"].by_query()["q1"]["MRR@10"] == 0.5
    assert found["poor"].by_query()["q2"]["nDCG@10"] == 0.0
    difference = compare(found["good"], found["poor"], names=("good", "poor")).metrics["MRR@10"]
    assert (difference.mean, difference.better) == (0.75, 2)


def test_the_tables_fit_a_terminal_and_say_where_vectors_were_given() -> None:
    asked = "queries.conversation"
    timing = Timing(queries=asked, n=3, timed=3, first_ms=251.31, p50_ms=116.4, p95_ms=1230.2)
    took = Measured(
        passages=100_000,
        vectors_given=True,
        load_seconds=1,
        ingest_seconds=1017.3,
        rss_mb=1234.5,
        timed_depth=10,
        runs=(timing,),
    )
    estimate = Estimate(mean=0.5, low=0.25, high=0.75)
    worth = Measures(n=630, metrics=dict.fromkeys(METRICS, estimate))
    printed = io.StringIO()
    show(
        PeersBench(measured={"llamaindex": took}, quality={asked: {"llamaindex": worth}}),
        Console(file=printed, width=80),
    )
    lines = printed.getvalue().splitlines()
    assert [line.split() for line in lines if "llamaindex" in line] == [
        ["llamaindex", "100000", "(1017.3)", "1234", "251.3", "116.4", "1230.2"],
        ["llamaindex", "630", "0.500", "0.500", "0.500", "0.250-0.750"],
    ]


@pytest.mark.parametrize("peer", PEERS.values(), ids=lambda peer: peer.name)
def test_every_peer_is_pinned_whole_on_one_torch(peer: Peer) -> None:
    lines = peer.requirements.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if line.startswith(TORCH)] == ["torch==2.13.0"]
    assert all("==" in line for line in pins)
    assert peer.stack.is_file()


def test_an_environment_is_ready_until_its_requirements_change(toy: Peer, tmp_path: Path) -> None:
    toy.requirements.write_text("torch==2.13.0\n", encoding="utf-8")
    assert ready_python(toy, tmp_path) is None
    (tmp_path / "toy").mkdir()
    made_from = hashlib.sha256(toy.requirements.read_bytes()).hexdigest()
    (tmp_path / "toy" / READY).write_text(made_from, encoding="ascii")
    assert ready_python(toy, tmp_path) == tmp_path / "toy" / "bin" / "python"
    toy.requirements.write_text("torch==2.13.0\nnumpy==2.4.6\n", encoding="utf-8")
    assert ready_python(toy, tmp_path) is None


def test_an_environment_that_cannot_be_made_says_so(toy: Peer, tmp_path: Path) -> None:
    below = tmp_path / "a file"
    below.touch()
    said: list[str] = []
    with pytest.raises(Unavailable, match="cannot be made") as caught:
        prepare(toy, below, said.append)
    assert caught.value.where == "toy"
    assert said == [f"making the environment of toy in {below / 'toy'}"]


@pytest.mark.parametrize("wrong", [["--peer", "lucene"], ["--queries", "other/queries.jsonl"]])
def test_an_unknown_peer_or_two_runs_of_one_name_are_refused(
    wrong: list[str], tmp_path: Path, task: Task
) -> None:
    app = typer.Typer()
    app.command()(peers_command)
    given_options = ["--corpus", tmp_path, "--queries", task.queries[0], "--out", tmp_path / "out"]
    done = CliRunner().invoke(app, [*map(str, given_options), *wrong])
    assert done.exit_code == 2
    assert wrong[0] in done.stderr


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_that_is_installed_finds_a_passage_by_its_words(name: str, tmp_path: Path) -> None:
    """Only where its environment was made before: making one takes minutes and a package index."""
    below = HERE.parents[2] / ".assist" / "peers"
    python = ready_python(PEERS[name], below)
    if python is None:
        pytest.skip(f"{name} is not installed below {below}")
    write_passages(PASSAGES, tmp_path / "passages.jsonl")
    task = Task(tmp_path / "passages.jsonl", (queries_file(tmp_path),), model_folder())
    measure(PEERS[name], python, task, tmp_path / name)
    run = parse_run((tmp_path / name / "queries.trec").read_text().splitlines(), name)
    assert run["q2"][0] == "refund"
    assert set(run["q1"]) == {"refund", "card"}

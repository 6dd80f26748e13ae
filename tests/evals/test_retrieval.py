"""`assist-evals retrieval` and `compare-retrieval` as commands, over real parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.service.indexing import silent
from assist.wiring import opened
from evals.cli import app
from evals.homes import own_settings, temporary_home
from evals.retrieval.metrics import score
from evals.retrieval.results import Comparison, RetrievalRun
from evals.retrieval.trec import read_run
from tests.evals.beir_folders import DOCUMENTS, write_folder, write_judgments

JUDGMENTS = {
    "q_roof": {"roof": 1, "warranty": 1},
    "q_gutter": {"gutter_clean": 1},
    "q_silent": {"chimney": 1},
}


@dataclass(frozen=True)
class Place:
    """A BEIR folder, and the run of it."""

    folder: Path
    run: Path
    result: Result

    @property
    def found(self) -> RetrievalRun:
        assert self.result.exit_code == 0, self.result.output
        return RetrievalRun.model_validate_json(self.result.stdout)


def evals(*arguments: object) -> Result:
    """The command's result."""
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The command run once, into a home of its own."""
    folder = write_folder(tmp_path_factory.mktemp("beir") / "roofs")
    run = folder.parent / "run.trec"
    return Place(folder, run, evals("retrieval", folder, "--by", "kind", "--run", run, "--json"))


@pytest.fixture(scope="module")
def kept_home(place: Place) -> Iterator[Path]:
    """A home that holds the folder's corpus."""
    with temporary_home() as home:
        with opened(own_settings(home)) as desk:
            desk.ingest(place.folder, progress=silent)
        yield home


def test_a_folder_is_measured_in_a_home_of_its_own(place: Place) -> None:
    found = place.found
    assert (found.source, found.queries, found.top_k) == ("roofs", "queries.jsonl", 100)
    assert found.documents == len(DOCUMENTS)
    assert found.measures.n == 3
    assert found.values["q_gutter"]["MRR@10"] == 1
    assert set(found.values["q_roof"]) == set(found.measures.metrics)
    assert found.comparison is None


def test_what_is_left_out_and_what_counts_as_0_is_said(place: Place) -> None:
    found = place.found
    assert (found.without_relevant, found.without_text) == (("q_nobody",), ("q_silent",))
    assert set(found.values["q_silent"].values()) == {0}
    assert "1 queries have no relevant document and are left out" in place.result.stderr
    assert "1 queries have no text, find nothing and count as 0" in place.result.stderr


def test_each_kind_of_document_is_measured_apart(place: Place) -> None:
    by_kind = place.found.by_kind
    assert {kind: one.n for kind, one in by_kind.items()} == {"kb": 3, "policy": 1}
    policies = by_kind["policy"].metrics["recall@10"]
    assert (policies.mean, policies.low, policies.high) == (1, None, None)


def test_the_run_that_is_written_is_the_one_that_was_measured(place: Place) -> None:
    ranking = read_run(place.run)
    assert set(ranking) == {"q_roof", "q_gutter"}
    assert ranking["q_gutter"][0] == "gutter_clean"
    assert score(ranking, JUDGMENTS).by_query() == place.found.values


def test_one_query_is_said_to_have_no_interval(
    place: Place, kept_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "qrels").mkdir()
    qrels = write_judgments(tmp_path, ("q gutter", "gutter clean", 1))
    arguments = ("--home", kept_home, "--qrels", qrels, "--baseline", place.run)
    result = evals("retrieval", place.folder, *arguments)
    assert result.exit_code == 0, result.output
    said = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "recall@10 1.000 none of one query" in said
    assert "recall@10 +0.000 none of one query 1.0000 0 1 0" in said
    assert "note: one query has no 95 % interval" in result.stderr


def test_a_home_that_holds_the_corpus_serves_and_a_baseline_is_compared_with(
    place: Place, kept_home: Path
) -> None:
    result = evals("retrieval", place.folder, "--home", kept_home, "--baseline", place.run)
    assert result.exit_code == 0, result.output
    said = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert said[0].startswith("roofs, queries.jsonl: 3 queries over 4 documents; assist ")
    assert "recall@10 0.667 0.000 to 1.000" in said
    assert f"this run minus {place.run}, over 3 queries" in said
    assert "nDCG@10 +0.000 +0.000 to +0.000 1.0000 0 3 0" in said
    assert not any("lost most" in line for line in said)
    assert "1 of 3 queries, which count as 0, first 'q_silent'" in result.stderr


def test_a_home_that_lacks_the_corpus_is_left_as_it_is(
    place: Place, kept_home: Path, tmp_path: Path
) -> None:
    changed = write_folder(tmp_path / "roofs")
    corpus = changed / "corpus.jsonl"
    corpus.write_text(corpus.read_text().replace("twice a year", "once a year"))
    result = evals("retrieval", changed, "--home", kept_home)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "lacks 1 documents" in result.stderr
    assert f"assist ingest {changed} --home {kept_home}" in result.stderr


def test_documents_of_a_home_that_are_not_the_corpus_are_told(
    place: Place, kept_home: Path, tmp_path: Path
) -> None:
    smaller = write_folder(tmp_path / "roofs")
    rows = (smaller / "corpus.jsonl").read_text().splitlines(keepends=True)
    (smaller / "corpus.jsonl").write_text("".join(rows[:3]))
    result = evals("retrieval", smaller, "--home", kept_home, "--by", "kind")
    assert result.exit_code == 0, result.output
    assert "the home holds 1 other documents" in result.stderr
    assert "1 relevant documents are not in the corpus, first 'warranty'" in result.stderr
    assert "only kb documents, over the 3 queries that need one" in result.stdout


def test_a_home_where_nothing_was_ingested_says_so(place: Place, home: Path) -> None:
    result = evals("retrieval", place.folder, "--home", home)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing has been ingested" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--queries", "none.jsonl"], "none.jsonl: there is no such file"),
        (["--qrels", "none.tsv"], "none.tsv: there is no such file"),
        (["--baseline", "none.trec"], "none.trec: there is no such file"),
        (["--run", "/dev/null/run.trec"], "/dev/null/run.trec: cannot be written"),
        (["--top-k", "9"], "--top-k"),
        (["--by", "color"], "--by"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_bad_input_exits_2_before_anything_is_ingested(
    place: Place, options: list[str], said: str
) -> None:
    result = evals("retrieval", place.folder, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "ingest " not in result.stderr


def test_two_runs_alone_are_compared_with_what_was_lost(place: Place, tmp_path: Path) -> None:
    worse = tmp_path / "worse.trec"
    lines = place.run.read_text().splitlines(keepends=True)
    worse.write_text("".join(line for line in lines if not line.startswith("q_gutter")))
    qrels = place.folder / "qrels" / "test.tsv"
    shown = evals("compare-retrieval", worse, place.run, "--qrels", qrels)
    printed = evals("compare-retrieval", worse, place.run, "--qrels", qrels, "--json")
    found = Comparison.model_validate_json(printed.stdout)
    assert found.metrics["recall@10"].mean == pytest.approx(-1 / 3, abs=1e-6)
    assert [one.query_id for one in found.lost] == ["q_gutter"]
    assert f"{worse} minus {place.run}" in " ".join(shown.stdout.split())
    assert "1.000 -> 0.000 q_gutter" in " ".join(shown.stdout.split())
    assert "ranks nothing for 2 of 3 queries" in shown.stderr

"""The command line end to end, in processes of its own, on the packaged template."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import ASSIST, assist, check_refused


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """A home with the template's knowledge base in it."""
    folder = shared_folder
    done = assist("init", str(folder / "kb"))
    assert done.returncode == 0, done.stderr
    done = assist("ingest", str(folder / "kb"), "--json", home=folder / "home")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["published"] is True
    return folder


def test_a_second_ingest_of_the_same_folder_changes_nothing_and_says_so(home: Path) -> None:
    done = assist("ingest", str(home / "kb"), home=home / "home")
    assert done.returncode == 0
    assert "nothing changed" in done.stdout


def test_the_sample_ticket_of_the_template_gets_a_readable_suggestion(home: Path) -> None:
    done = assist("suggest", str(home / "kb/tickets/sample.json"), home=home / "home")
    assert done.returncode == 0, done.stderr
    for word in ("Solutions", "Reply", "Plan", "within your authority"):
        assert word in done.stdout


def test_json_lines_in_json_lines_out_and_a_bad_line_is_named(home: Path) -> None:
    lines = b'{"id": "a", "text": "How do I reset my password?"}\n{"id": "b", "txt": ""}\n'
    done = assist("suggest", "-", "--json", home=home / "home", stdin=lines)
    assert done.returncode == 2
    assert [json.loads(line)["ticket_id"] for line in done.stdout.splitlines()] == ["a"]
    assert "stdin:2" in done.stderr
    assert "txt" in done.stderr


def test_search_finds_explains_and_filters(home: Path) -> None:
    query = ("search", "reset my password")
    done = assist(*query, "--json", "--top-k", "2", home=home / "home")
    hits = json.loads(done.stdout)
    assert hits[0]["document_id"] == "reset-password"
    assert len(hits) == 2
    explained = assist(*query, "--explain", home=home / "home")
    assert "words weigh" in " ".join(explained.stdout.split())
    policies = assist(*query, "--kind", "policy", "--json", home=home / "home")
    assert {hit["kind"] for hit in json.loads(policies.stdout)} <= {"policy"}


SLOW_TO_IMPORT = {
    "alembic",
    "babel",
    "celpy",
    "chromadb",
    "langgraph",
    "lxml",
    "sentence_transformers",
    "sklearn",
    "torch",
    "transformers",
}


def test_a_search_waits_for_nothing_that_it_does_not_need(home: Path) -> None:
    arguments = ["search", "reset my password", "--json", "--home", str(home / "home")]
    said = f"import sys; from assist.cli import app; app({arguments}, standalone_mode=False); "
    said += f"sys.exit('loaded: ' + str(sys.modules.keys() & {SLOW_TO_IMPORT}))"
    assist("search", "anything", home=home / "home")  # once, so that nothing is compiled any more

    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)

    assert json.loads(done.stdout)[0]["document_id"] == "reset-password"
    assert done.stderr.splitlines()[-1] == "loaded: set()"


def test_queries_become_a_trec_run_with_the_inputs_ids(home: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"_id": "q1", "text": "track my parcel"}\n{"_id": "q2", "text": ""}\n')
    run = tmp_path / "out.trec"
    arguments = ("search", "--queries", str(queries), "--run", str(run))
    assert assist(*arguments, home=home / "home").returncode == 0
    rows = [line.split() for line in run.read_text().splitlines()]
    assert rows[0][:4] == ["q1", "Q0", "track-a-delivery", "1"]
    assert {row[0] for row in rows} == {"q1"}
    assert all(row[5] == "assist" for row in rows)


def test_two_processes_on_one_home_are_told_apart(home: Path) -> None:
    with subprocess.Popen(
        [*ASSIST, "suggest", "-", "--json", "--home", str(home / "home")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdin is not None
        while not _locked(home / "home"):
            assert first.poll() is None
        second = assist("search", "anything", home=home / "home")
        first.communicate('{"text": "Where is my parcel?"}')
    check_refused(second, "in use by process", "--home")
    assert first.returncode == 0


def _locked(home: Path) -> bool:
    probe = "import sys; from filelock import FileLock, Timeout\n"
    probe += "try:\n  FileLock(sys.argv[1]).acquire(timeout=0)\nexcept Timeout:\n  sys.exit(1)"
    return (
        subprocess.run([sys.executable, "-c", probe, str(home / "lock")], check=False).returncode
        == 1
    )


def test_doctor_says_that_everything_is_in_place(home: Path) -> None:
    done = assist("doctor", "--json", home=home / "home")
    findings = {f["check"]: f for f in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert "384 dimensions" in findings["model"]["detail"]
    assert "computed by ONNX Runtime in " in findings["model"]["detail"]
    assert "cosine to the reference: fp32 1.0000" in findings["model"]["detail"]
    assert "clauses" in findings["knowledge base"]["detail"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("search",), ("query",)),
        (("search", "x", "--filter", "colour=red"), ("colour", "region")),
        (("search", "x", "--filter", "region"), ("name=value",)),
        (("search", "x", "--top-k", "0"), ("top_k",)),
        (("search", "   "), ("empty",)),
        (("search", "--queries", "none.jsonl"), ("--run",)),
        (("suggest", "none.json"), ("none.json",)),
        (("suggest", "none.json", "--at", "yesterday"), ("--at",)),
        (("suggest", "none.json", "--mode", "llm"), ("--mode",)),
        (("ingest", "no-such-folder"), ("no-such-folder",)),
        (("schema", "shoe"), ("shoe", "ticket")),
    ],
)
def test_bad_arguments_end_with_one_line_that_names_them(
    home: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    check_refused(assist(*arguments, home=home / "home"), *words)


def test_searching_before_anything_is_ingested_says_what_to_do(home: Path) -> None:
    check_refused(assist("search", "x", home=home / "new"), "assist ingest PATH")


def test_a_home_that_is_a_file_is_refused(home: Path) -> None:
    file = home / "file"
    file.write_text("")
    check_refused(assist("search", "x", home=file), "not a folder")


def test_init_does_not_write_into_a_folder_that_holds_something(home: Path) -> None:
    check_refused(assist("init", str(home / "kb")), "not empty")


def test_one_broken_file_is_named_and_the_rest_is_read(home: Path, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Good\n\nThis article can be read.")
    (tmp_path / "bad.md").write_bytes(b"\x80\x00\x01")
    done = assist("ingest", str(tmp_path), "--json", home=home / "mixed")
    assert done.returncode == 2
    assert "bad.md" in done.stderr
    assert json.loads(done.stdout)["added"] == 1


@pytest.mark.parametrize("shape", ["ticket", "suggestion", "case", "clause", "facts"])
def test_every_shape_has_a_schema(shape: str) -> None:
    assert json.loads(assist("schema", shape).stdout)["type"] == "object"

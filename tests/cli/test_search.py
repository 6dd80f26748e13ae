"""`assist search` in this process: what is shown, in which shape, and what is refused when."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from tests.service.parts import a_kb

pytestmark = pytest.mark.model
QUERY = "Which courses do you offer?"


def assist(home: Path, *arguments: str, code: int = 0) -> Result:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def home(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that serves three articles."""
    kb = a_kb(
        tmp_path_factory.mktemp("kb"),
        course="# Camera courses\n\n## Booking\n\nA course costs nothing. Book it a week before.",
        lock="# Lock\n\nTurn the key twice to the left.",
        hub="# Hub\n\nPull the plug of the hub out of the socket.",
    )
    assist(shared_folder / "home", "ingest", str(kb))
    return shared_folder / "home"


def test_shared_words_are_shown_as_they_were_typed_and_a_title_once(home: Path) -> None:
    lines = assist(home, "search", QUERY, "--explain").stdout.splitlines()

    assert " kb articles/course.md#" in lines[0]
    assert "    Camera courses > Booking" in lines
    assert "shared words: courses" in " ".join(" ".join(lines).split())


def test_json_is_a_list_of_hits_whatever_else_is_asked(home: Path) -> None:
    alone = assist(home, "search", QUERY, "--top-k", "1", "--json")
    asked = assist(home, "search", QUERY, "--top-k", "1", "--json", "--why-not", "articles/hub.md")

    (hit,) = json.loads(alone.stdout)
    assert hit["document_id"] == "articles/course.md"
    assert hit["why"]["terms"] == ["courses"]
    assert json.loads(asked.stdout) == [hit]
    assert asked.stderr.startswith("why not articles/hub.md#")
    assert "it is number" in asked.stderr


def test_why_not_is_told_below_the_hits_in_the_query_s_words(home: Path) -> None:
    done = assist(home, "search", QUERY, "--top-k", "1", "--why-not", "articles/hub.md")

    hits, _, missed = done.stdout.partition("why not articles/hub.md#")
    assert "articles/course.md#" in hits
    assert "it holds 0 of the query's 2 terms and lacks offer and courses" in missed


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_unknown_id_is_told_after_the_hits(home: Path, form: tuple[str, ...]) -> None:
    arguments = ("search", QUERY, "--top-k", "1", *form)
    done = assist(home, *arguments, "--why-not", "articles/hob.md", code=2)

    assert done.stdout == assist(home, *arguments).stdout
    assert done.stderr == (
        "error: there is no passage 'articles/hob.md' (did you mean articles/hub.md, "
        "articles/lock.md, articles/course.md?)\n"
    )


def test_an_unwritable_run_is_refused_before_the_home_is_opened(tmp_path: Path) -> None:
    queries = a_file(tmp_path, '{"_id": "q1", "text": "lock"}')
    run = tmp_path / "missing" / "out.trec"

    done = assist(tmp_path / "new", "search", "--queries", queries, "--run", str(run), code=2)

    assert (
        done.stderr == f"error: {run}: cannot be written: No such file or directory (check --run)\n"
    )
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--explain",), "--explain: is about one query"),
        (("--json",), "--json: is about one query"),
        (("--why-not", "hub"), "--why-not: is about one query"),
        (("--filter", "date=20260131"), "'20260131' is not a date (write it like 2026-01-31)"),
    ],
)
def test_options_that_a_run_would_ignore_are_refused(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = tmp_path / "out.trec"
    queries = a_file(tmp_path, '{"_id": "q1", "text": "lock"}')

    done = assist(
        tmp_path / "new", "search", "--queries", queries, "--run", str(run), *arguments, code=2
    )

    assert said in done.stderr
    assert not run.exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (None, "queries.jsonl: there is no such file (give a file of JSON Lines)"),
        (
            '{"_id": "a", "text": "x"}\n\n{"_id": "a", "text": "y"}',
            "queries.jsonl:3: query 'a' is given twice, first in line 1",
        ),
    ],
)
def test_a_file_of_queries_that_is_wrong_is_refused_before_the_home_is_opened(
    tmp_path: Path, lines: str | None, said: str
) -> None:
    queries = a_file(tmp_path, lines) if lines else str(tmp_path / "queries.jsonl")

    done = assist(tmp_path / "new", "search", "--queries", queries, "--run", "-", code=2)

    assert said in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_run_can_be_printed(home: Path, tmp_path: Path) -> None:
    queries = a_file(tmp_path, '{"_id": "q1", "text": "turn the key"}')

    done = assist(home, "search", "--queries", queries, "--run", "-", "--top-k", "1")

    assert done.stdout.split()[:4] == ["q1", "Q0", "articles/lock.md", "1"]


def test_a_model_folder_that_is_not_there_names_the_setting(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_EMBEDDER", str(home / "no-model"))

    done = assist(home, "search", QUERY, code=2)

    assert f"{home / 'no-model'}: there is no such folder" in done.stderr
    assert "ASSIST_EMBEDDER" in done.stderr


def a_file(folder: Path, text: str) -> str:
    """A file of queries with this text."""
    file = folder / "queries.jsonl"
    file.write_text(text, encoding="utf-8")
    return str(file)

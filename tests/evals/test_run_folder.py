"""The folder of a run: taken up where it was left, and never mixed with another run."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assist.errors import BadInput, HomeBusy
from assist.insights.eval_figures.moved import differing
from evals.running.folder import Begun, RunFolder
from evals.running.reading import read_run
from tests.builders import NOW
from tests.evals.builders import a_case
from tests.evals.run_builders import a_result, a_run, versions


def begun(**changed: object) -> Begun:
    """A run of the core suite that is to begin."""
    given = {"id": "r-1", "suite": "core", "kind": "suggestions", "started_at": NOW}
    return Begun.model_validate(given | {"versions": versions()} | changed)


@contextmanager
def opened(folder: Path, wanted: Begun | None = None) -> Iterator[RunFolder]:
    """The folder, for what is wanted."""
    with closing(RunFolder.open(folder, wanted or begun(), [a_case()])) as found:
        yield found


def left(folder: Path, *results: str) -> None:
    """A run that was stopped after these cases."""
    with opened(folder) as run:
        for case in results:
            run.keep(a_result(case, outcome=1))


def test_what_was_finished_is_there_when_a_stopped_run_is_taken_up(tmp_path: Path) -> None:
    left(tmp_path, "a", "b")
    with opened(tmp_path, begun(id="r-2")) as again:
        assert set(again.done) == {("a", 1), ("b", 1)}
        assert again.begun.id == "r-1"


def test_a_line_that_was_cut_off_by_a_kill_is_run_again(tmp_path: Path) -> None:
    left(tmp_path, "a")
    lines = tmp_path / "results.jsonl"
    whole = lines.read_text(encoding="utf-8")
    lines.write_text(whole + '{"case_id": "b", "ms": 1', encoding="utf-8")
    with opened(tmp_path) as again:
        assert set(again.done) == {("a", 1)}
        again.keep(a_result("b", outcome=1))
    assert lines.read_text(encoding="utf-8").startswith(whole)
    with opened(tmp_path) as third:
        assert set(third.done) == {("a", 1), ("b", 1)}


def refused(folder: Path, wanted: Begun) -> str:
    """Why the folder is not taken."""
    with pytest.raises(BadInput) as caught, opened(folder, wanted):
        pass
    assert "give another folder with --out, or delete this one" in str(caught.value)
    return str(caught.value)


def test_another_suites_run_is_not_taken_up(tmp_path: Path) -> None:
    left(tmp_path, "a")
    said = refused(tmp_path, begun(suite="traps"))
    assert "holds a run of the suite 'core', not of 'traps'" in said


@pytest.mark.parametrize("field", ["grader", "cases", "code", "seed"])
def test_a_run_begun_with_something_else_is_not_taken_up(tmp_path: Path, field: str) -> None:
    left(tmp_path, "a")
    other = 7 if field == "seed" else "other"
    assert f"begun before these changed: {field}" in refused(
        tmp_path, begun(versions=versions(**{field: other}))
    )


def test_a_corpus_that_has_changed_since_is_not_gone_on_with(tmp_path: Path) -> None:
    with opened(tmp_path) as run:
        run.bind(versions(generation="g1"))
    with opened(tmp_path) as again:
        again.bind(versions(generation="g1"))
        with pytest.raises(BadInput, match="begun before these changed: generation"):
            again.bind(versions(generation="g2"))


def test_a_new_commit_of_the_same_code_is_the_same() -> None:
    one, other = versions(git_sha="a" * 40), versions(git_sha="b" * 40)
    assert differing(one, other) == ()
    assert differing(one, other.model_copy(update={"code": "x2"})) == ("code", "git_sha")


def test_a_line_that_is_no_result_is_named_with_its_field(tmp_path: Path) -> None:
    left(tmp_path, "a")
    with (tmp_path / "results.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"case_id": "b", "ms": "soon"}\n')
    said = refused(tmp_path, begun())
    assert "results.jsonl:2: ms: Input should be a valid number" in said


def test_two_processes_do_not_write_one_run(tmp_path: Path) -> None:
    busy = pytest.raises(HomeBusy, match="another process writes a run here")
    with opened(tmp_path), busy, opened(tmp_path):
        pass
    with opened(tmp_path):
        pass


def test_a_run_of_unknown_beginning_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    assert "holds a run that cannot be taken up" in refused(tmp_path, begun())


def test_a_finished_run_is_read_by_its_folder_and_by_its_file(tmp_path: Path) -> None:
    run = a_run([a_result("a", outcome=1)])
    with opened(tmp_path) as folder:
        folder.finish(run)
    assert read_run(tmp_path) == read_run(tmp_path / "run.json") == run


def test_an_unfinished_run_is_no_run_yet(tmp_path: Path) -> None:
    left(tmp_path, "a")
    with pytest.raises(BadInput, match="not finished"):
        read_run(tmp_path)


def test_a_run_file_that_is_wrong_names_the_field(tmp_path: Path) -> None:
    run = a_run([a_result("a", outcome=1)]).model_dump(mode="json")
    run["results"][0]["scores"]["outcome"]["value"] = 7
    (tmp_path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    with pytest.raises(BadInput, match=r"results\.0\.scores\.outcome\.value: Input should be less"):
        read_run(tmp_path)

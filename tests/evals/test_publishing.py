"""A run into the service: parts that a request can hold, a real server, a home of one's own."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from assist.domain.evaluation import EvalRun, EvalSlice, EvalSummary
from assist.service.desk import Desk
from assist.service.keyring import Keyring
from assist.web.app import create_app
from assist.web.json_shape import MAX_ITEMS, check_shape
from assist.web.limits import MAX_BODY
from evals.cli import app
from evals.publishing.parts import parts_of
from tests.evals.reporting import a_poor_run, a_trial, asked, kept, score
from tests.evals.run_builders import a_run
from tests.evals.worked import Worked
from tests.service.parts import some_parts


def publish(*words: str | Path) -> Result:
    """The command."""
    return CliRunner().invoke(app, ["publish", *map(str, words)])


class Served(NamedTuple):
    """A service at an address, its desk, and files with keys."""

    url: str
    desk: Desk
    qa: Path
    agent: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server over a desk in memory."""
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    ring = Keyring(desk.parts.keys, desk.parts.knowledge, desk.parts.clock)
    files = []
    for role in ("qa", "agent"):
        files.append(tmp_path_factory.mktemp("keys") / role)
        files[-1].write_text(f"{ring.create(role).secret}\n")  # type: ignore[arg-type]
    config = uvicorn.Config(create_app(desk), port=0, log_level="critical")
    with config.bind_socket() as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield Served(f"http://127.0.0.1:{port}", desk, *files)
        server.should_exit = True
        thread.join()


@pytest.fixture
def large() -> EvalRun:
    """Too large for one request by far: 60 cases with reasons, and 300 tags with 40 scorers."""
    scores = {f"scorer-{n}": score(0.5, "a reason " * 40) for n in range(40)}
    trials = [a_trial(f"case-{n}", scores=scores) for n in range(60)]
    summaries = [EvalSummary(scorer=f"scorer-{n}", n=n % 2, mean=None) for n in range(40)]
    slices = [EvalSlice(tag=f"t{n}", cases=1, summaries=tuple(summaries)) for n in range(300)]
    return a_run(trials, id="large").model_copy(update={"slices": tuple(slices)})


def test_every_part_is_one_that_a_request_can_hold(large: EvalRun) -> None:
    parts = list(parts_of(large, asked(*(one.case_id for one in large.results))))

    for part in parts:
        body = part.model_dump_json(exclude_defaults=True).encode()
        assert len(body) < MAX_BODY
        check_shape(body, max_items=MAX_ITEMS)
    assert len(parts) > 3
    assert [one.case_id for part in parts for one in part.run.results] == [
        one.case_id for one in large.results
    ]
    assert {one.id for part in parts for one in part.asked} == {r.case_id for r in large.results}


def test_scorers_that_nothing_was_eligible_for_are_left_out_of_slices(large: EvalRun) -> None:
    slices = [one for part in parts_of(large, {}) for one in part.run.slices]
    assert len(slices) == 300
    assert all(summary.n for one in slices for summary in one.summaries)


def test_a_run_without_slices_and_results_is_one_part() -> None:
    (part,) = parts_of(a_run([]).model_copy(update={"slices": ()}), {})
    assert part.total == 0


def test_a_run_is_published_to_a_service_and_again_it_goes_on(
    served: Served, large: EvalRun, tmp_path: Path
) -> None:
    folder = kept(large, tmp_path / "run")

    first = publish(folder, "--url", served.url, "--key-file", served.qa, "--json")
    again = publish(folder, "--url", f"{served.url}/", "--key-file", served.qa, "--json")

    assert (first.exit_code, again.exit_code) == (0, 0), first.stderr
    told = json.loads(first.stdout)
    assert (told["kept"], told["total"]) == (60, 60)
    assert json.loads(again.stdout) == told
    assert f"published at {served.url}/evals/large" in first.stderr
    store = served.desk.parts.eval_runs
    assert len(store.outlines("large")) == 60
    assert len(store.get("large").run.slices) == 300
    (trial,) = store.trials("large", "case-7")
    assert trial.asked is not None
    assert trial.result == large.results[7]


def test_a_run_is_published_into_a_home(worked: Worked, tmp_path: Path) -> None:
    folder = kept(a_poor_run(), tmp_path / "run")

    done = publish(folder / "run.json", "--home", worked.home, "--json")

    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["kept"], told["by"]) == (4, "assist-evals")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--url", "URL", "--key-file", "AGENT"), "answered 403"),
        (("--url", "URL"), "answered 401"),
        (("--url", "URL", "--key-file", "no-such-file"), "check --key-file"),
        (("--url", "http://127.0.0.1:9"), "does not answer"),
        (("--url", "URL", "--home", "."), "has its own home"),
        (("--home", "no-such-home"), "there is no home"),
    ],
)
def test_what_cannot_be_published_is_said_in_one_line(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = kept(a_poor_run(), tmp_path / "run")
    given = {"URL": served.url, "AGENT": str(served.agent)}

    done = publish(folder, *(given.get(word, word) for word in words))

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_another_run_under_the_same_id_is_refused(served: Served, tmp_path: Path) -> None:
    first, other = a_poor_run(id="twice"), a_poor_run(id="twice", seconds=77.0)
    to = ("--url", served.url, "--key-file", served.qa)
    assert publish(kept(first, tmp_path / "a"), *to).exit_code == 0

    done = publish(kept(other, tmp_path / "b"), *to)

    assert done.exit_code == 2
    assert "'twice' is the id of another run" in done.stderr

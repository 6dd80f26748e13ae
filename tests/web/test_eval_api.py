"""`/v1/eval-runs`: a run published in parts, listed, and told down to a case."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.domain.eval_runs import EvalPart
from assist.service.desk import Desk
from assist.service.eval_runs import WHOLE
from assist.web.app import create_app
from tests.builders import NOW
from tests.evals.builders import a_suggestion
from tests.service.parts import some_parts
from tests.web.checks import check_problem
from tests.web.eval_pages import an_eval_run
from tests.web.visitors import a_desk, browser, ring_of

RUNS = "/v1/eval-runs"
RUN = an_eval_run(a_suggestion(), (1.0, 0.0, 1.0))


@pytest.fixture
def client() -> Iterator[TestClient]:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


def a_part(results: slice = slice(None), **fields: Any) -> dict[str, Any]:
    """Some of the run's results."""
    run = RUN.model_copy(update={"results": RUN.results[results], **fields})
    return EvalPart(run=run, total=3).model_dump(mode="json", exclude_defaults=True)


def test_parts_add_up_and_the_run_reads_back(client: TestClient) -> None:
    first = client.post(RUNS, json=a_part(slice(0, 2)))
    again = client.post(RUNS, json=a_part(slice(1, 3)))

    assert (first.status_code, first.json()["kept"], again.json()["kept"]) == (201, 2, 3)
    assert first.headers["location"] == f"{RUNS}/core-1"
    told = client.get(f"{RUNS}/core-1").json()
    assert [one["case_id"] for one in told["results"]] == ["core-01", "core-02", "core-03"]
    assert told["results"][1]["scores"]["outcome"]["value"] == 0
    assert "suggestion" not in told["results"][0]
    assert told["run"]["run"]["slices"][0]["tag"] == "returns"


def test_a_case_is_told_whole(client: TestClient) -> None:
    client.post(RUNS, json=a_part())

    (trial,) = client.get(f"{RUNS}/core-1/cases/core-02").json()["trials"]

    assert trial["result"]["suggestion"]["draft"]["sentences"]
    assert trial["outline"]["title"] == "The filter must be changed."


def test_the_list_has_a_page_after_the_other_and_no_results(client: TestClient) -> None:
    for number in range(3):
        client.post(RUNS, json=a_part(id=f"core-{number}"))

    first = client.get(f"{RUNS}?limit=2").json()
    rest = client.get(f"{RUNS}?limit=2&before={first['next']}").json()

    assert [one["run"]["id"] for one in first["runs"]] == ["core-2", "core-1"]
    assert [one["run"]["id"] for one in rest["runs"]] == ["core-0"]
    assert rest["next"] is None
    assert all(one["run"]["results"] == one["run"]["slices"] == [] for one in first["runs"])
    assert client.get(f"{RUNS}?suite=traps").json()["runs"] == []


def test_another_run_under_the_same_id_is_refused(client: TestClient) -> None:
    client.post(RUNS, json=a_part())
    answer = client.post(RUNS, json=a_part(seconds=9.0))
    assert check_problem(answer, 409, "core-1")["cure"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": "a b"}, "run.id"),
        ({"id": "../x"}, "run.id"),
        ({"started_at": NOW.replace(tzinfo=None)}, "run.started_at"),
        ({"seconds": float("inf")}, "run.seconds"),
        ({"results": (RUN.results[0], RUN.results[0])}, "stands twice"),
        ({"results": (RUN.results[0].model_copy(update={"trial": 2**40}),)}, "trial"),
        ({"results": (RUN.results[0].model_copy(update={"ms": -1.0}),)}, "ms"),
        ({"results": (RUN.results[0].model_copy(update={"case_id": "a/b"}),)}, "case_id"),
        ({"suite": "a\x00b"}, "NUL"),
    ],
)
def test_what_cannot_be_kept_is_named(
    client: TestClient, changed: dict[str, Any], said: str
) -> None:
    run = RUN.model_copy(update=changed)
    body = {"run": run.model_dump(mode="json"), "total": 3}
    if changed.get("seconds"):
        body["run"]["seconds"] = "inf"

    check_problem(client.post(RUNS, json=body), 422, said)

    assert client.get(RUNS).json()["runs"] == []


def test_more_results_than_were_told_are_refused(client: TestClient) -> None:
    answer = client.post(RUNS, json=a_part() | {"total": 2})
    check_problem(answer, 422, "3 results of a run that has 2")


@pytest.mark.parametrize("path", ["x", "x/cases/y", "a%00b", "core-1/cases/none", "?before=x"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    client.post(RUNS, json=a_part())
    check_problem(client.get(f"{RUNS}{'' if path[0] == '?' else '/'}{path}"), 404)


def test_whoever_publishes_is_told_with_the_run_and_agents_may_not() -> None:
    desk = a_desk()
    qa, agent = ring_of(desk).create("qa"), ring_of(desk).create("agent")
    with browser(desk) as client:
        sent = {"Authorization": f"Bearer {qa.secret}"}
        assert client.post(RUNS, json=a_part(), headers=sent).json()["by"] == qa.key.id
        others = {"Authorization": f"Bearer {agent.secret}"}
        check_problem(client.post(RUNS, json=a_part(), headers=others), 403)
        check_problem(client.get(RUNS, headers=others), 403)


def test_of_a_suite_only_the_last_runs_keep_their_suggestions(client: TestClient) -> None:
    for number in range(WHOLE + 1):
        began = NOW.replace(year=2000 + number)
        part = a_part(id=f"r-{number}", started_at=began)
        assert client.post(RUNS, json=part).status_code == 201

    def kept(run: str) -> bool:
        found = client.get(f"{RUNS}/{run}/cases/core-01").json()["trials"][0]
        return found["result"] is not None

    assert (kept("r-0"), kept("r-1"), kept(f"r-{WHOLE}")) == (False, True, True)
    assert len(client.get(f"{RUNS}/r-0").json()["results"]) == 3

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from assist import errors
from assist.web.errors import LONGEST, OF_ERRORS, PROBLEM_TYPES, add_handlers, status_of
from assist.web.headers import SECURITY
from tests.web.checks import check_problem


def _all_errors(kind: type[errors.AssistError]) -> Iterator[type[errors.AssistError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _all_errors(narrower)


def _raising(error: Exception) -> TestClient:
    app = FastAPI()
    add_handlers(app)

    @app.get("/")
    def fail() -> None:
        raise error

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("kind", list(_all_errors(errors.AssistError)))
def test_every_error_of_ours_answers_with_its_status(kind: type[errors.AssistError]) -> None:
    answer = _raising(kind("it is wrong", cure="do this", where="there")).get("/")

    body = check_problem(answer, status_of(kind), "there: it is wrong")
    theirs = issubclass(
        kind,
        errors.BadInput
        | errors.Unauthenticated
        | errors.NotFound
        | errors.NotPermitted
        | errors.AlreadyDone
        | errors.Stale
        | errors.WrongState,
    )
    assert body["status"] // 100 == (4 if theirs else 5)
    assert body["cure"].startswith("do this")
    assert body["where"] == "there"


def test_every_row_of_the_table_is_an_error_there_is() -> None:
    assert set(OF_ERRORS) <= set(_all_errors(errors.AssistError))


def test_an_error_without_a_row_of_its_own_takes_that_of_its_nearest_ancestor() -> None:
    assert status_of(errors.BadTicket) == OF_ERRORS[errors.BadInput].status == 422
    assert status_of(errors.TooLarge) == 413
    assert status_of(errors.StoreUnavailable) == OF_ERRORS[errors.Unavailable].status == 503


def test_each_kind_of_problem_has_a_type_of_its_own() -> None:
    uris = [kind.uri for kind in PROBLEM_TYPES]

    assert len(set(uris)) == len(uris)
    assert {"/problems/not-found", "/problems/no-such-path"} < set(uris)


@pytest.mark.parametrize("kind", PROBLEM_TYPES, ids=lambda kind: kind.name)
def test_the_type_of_a_problem_leads_to_what_it_means(client: TestClient, kind: object) -> None:
    meaning = client.get(getattr(kind, "uri", "")).json()

    for field in ("status", "title", "cure"):
        assert meaning[field] == getattr(kind, field)
    assert meaning["title"]


def test_an_unknown_type_of_problem_is_not_found(client: TestClient) -> None:
    assert "bad-input" in check_problem(client.get("/problems/x"), 404)["cure"]


def test_a_status_without_a_row_is_still_a_problem() -> None:
    body = check_problem(_raising(HTTPException(418, "no coffee")).get("/"), 418, "no coffee")

    assert body["type"] == "about:blank"


def test_a_fault_of_ours_is_a_problem_that_repeats_nothing_of_the_ticket() -> None:
    answer = _raising(KeyError("what the customer wrote")).get("/")

    assert check_problem(answer, 500, "failed on our side")["type"] == "/problems/fault"
    assert "customer" not in answer.text
    assert SECURITY.items() <= {k.title(): v for k, v in answer.headers.items()}.items()


def test_what_a_caller_sent_comes_back_in_a_line_that_can_be_shown() -> None:
    error = errors.NotFound("no \ud800\r\nX: y " + "a" * 5_000)

    body = check_problem(_raising(error).get("/"), 404)

    assert body["detail"].startswith("no ? X: y aaa")
    assert len(body["detail"]) == LONGEST + 1

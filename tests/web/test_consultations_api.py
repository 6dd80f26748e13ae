from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.web.checks import check_problem
from tests.web.ledger import a_question, a_service

ANSWER = {"by": "Ida", "answer": "2026-11-16", "note": "As the scan says."}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[TestClient]:
    with a_service(tmp_path) as service:
        yield service


def ask(service: TestClient, **fields: Any) -> Response:
    return service.post("/v1/consultations", json=a_question(**fields))


def answer(service: TestClient, question_id: str = "q-1", **told: Any) -> Response:
    return service.post(f"/v1/consultations/{question_id}/answer", json=ANSWER | told)


def ids(answered: Response) -> list[str]:
    assert answered.status_code == 200, answered.text
    return [one["id"] for one in answered.json()["consultations"]]


def test_a_question_is_asked_and_told_again_at_its_location(service: TestClient) -> None:
    asked = ask(service)

    assert asked.status_code == 201
    assert asked.headers["location"] == "/v1/consultations/q-1"
    assert (asked.json()["state"], asked.json()["asked_by"]) == ("open", "Mo")
    assert service.get("/v1/consultations/q-1").json() == asked.json()
    assert ask(service).json() == asked.json()


def test_open_questions_come_with_the_earliest_due_first(service: TestClient) -> None:
    for number, hour in enumerate((13, 11, 12)):
        ask(service, question_id=f"q-{number}", due=f"2026-11-20T{hour}:00:00Z")
    answer(service, "q-2")

    assert ids(service.get("/v1/consultations")) == ["q-1", "q-0"]
    assert ids(service.get("/v1/consultations?limit=1")) == ["q-1"]


def test_what_was_asked_about_a_ticket_is_told_whatever_its_id_looks_like(
    service: TestClient,
) -> None:
    for number, ticket in enumerate(("t-1", "a/b#c", "t-1")):
        ask(service, question_id=f"q-{number}", ticket_id=ticket)
    answer(service, "q-0")

    assert ids(service.get("/v1/tickets/t-1/consultations")) == ["q-0", "q-2"]
    assert ids(service.get("/v1/tickets/a%2Fb%23c/consultations")) == ["q-1"]
    assert ids(service.get("/v1/tickets/t-9/consultations")) == []


def test_an_answer_is_kept_and_the_same_again_changes_nothing(service: TestClient) -> None:
    ask(service)

    first = answer(service)

    assert first.status_code == 200
    told = first.json()
    assert (told["state"], told["answer"], told["answered_by"]) == ("answered", "2026-11-16", "Ida")
    assert answer(service, by="Bo").json() == told
    body = check_problem(answer(service, answer="2026-11-17"), 409, "answered by Ida")
    assert body["type"] == "/problems/already-done"
    assert service.get("/v1/consultations/q-1").json() == told


@pytest.mark.parametrize("value", ["soon", 3, True, {"day": 16}, None])
def test_an_answer_that_is_no_value_of_the_fact_is_refused(
    service: TestClient, value: object
) -> None:
    ask(service)

    body = check_problem(answer(service, answer=value, note=""), 422, "answer")

    assert body["where"] == "answer"
    assert service.get("/v1/consultations/q-1").json()["state"] == "open"


def test_that_it_cannot_be_found_out_is_said_with_a_note(service: TestClient) -> None:
    ask(service)

    assert answer(service, answer=None, note="There was no scan.").json()["state"] == "answered"


def test_a_question_that_is_withdrawn_takes_no_answer(service: TestClient) -> None:
    ask(service)

    kept = service.post("/v1/consultations/q-1/withdraw", json={"by": "Mo", "reason": "Found."})

    assert kept.status_code == 200
    assert (kept.json()["state"], kept.json()["note"]) == ("withdrawn", "Found.")
    assert ids(service.get("/v1/consultations")) == []
    check_problem(answer(service), 409, "withdrawn by Mo")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"fact": "order.shiped_at"}, "not declared"),
        ({"owner": None}, "nobody is named"),
        ({"due": "2026-11-20T12:00:00"}, "due"),
        ({"due": None}, "needs `due`"),
        ({"ticket_id": None}, "needs `ticket_id`"),
        ({"question": None}, "give a `question`"),
        ({"question": "a\x00b"}, "NUL"),
        ({"question_id": "a b"}, "id"),
        ({"by": ""}, "by"),
        ({"color": "red"}, "color"),
    ],
    ids=str,
)
def test_a_question_that_does_not_fit_is_refused(
    service: TestClient, fields: dict[str, Any], words: str
) -> None:
    assert check_problem(ask(service, **fields), 422, words)["cure"]
    assert ids(service.get("/v1/consultations")) == []


def test_what_is_not_there_is_not_found(service: TestClient) -> None:
    withdrawal = {"by": "Mo"}
    for question_id in ("q-9", "a%00b", "%ff"):
        path = f"/v1/consultations/{question_id}"
        check_problem(service.get(path), 404, "there is no consultation")
        check_problem(answer(service, question_id), 404, "there is no consultation")
        check_problem(service.post(f"{path}/withdraw", json=withdrawal), 404, "no consultation")
    proposed = {"id": "c-1", "suggestion_id": "s-9", "by": "Mo"}
    check_problem(service.post("/v1/consultations", json=proposed), 404, "s-9")


def test_the_sample_company_keeps_its_questions_in_the_database(client: TestClient) -> None:
    asked = client.post(
        "/v1/consultations", json=a_question("q-api", ticket_id="t-api", fact="order.shipped_at")
    )

    assert asked.status_code == 201, asked.text
    assert client.get("/v1/tickets/t-api/consultations").json() == {"consultations": [asked.json()]}
    closed = client.post("/v1/consultations/q-api/withdraw", json={"by": "Mo"})
    assert closed.json()["state"] == "withdrawn"

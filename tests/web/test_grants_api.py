from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.domain.grants import Granted
from assist.service.desk import Desk
from tests.contracts.ledger_builders import a_credit
from tests.web.checks import check_problem
from tests.web.ledger import a_grant, a_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[TestClient]:
    with a_service(tmp_path) as service:
        yield service


def granted(service: TestClient, *requests: dict[str, Any]) -> list[dict[str, Any]]:
    answers = [service.post("/v1/grants", json=request) for request in requests]
    assert [answer.status_code for answer in answers] == [201] * len(answers), answers[-1].text
    return [answer.json() for answer in answers]


def listed(service: TestClient, **query: str) -> list[str]:
    answer = service.get("/v1/grants", params={"customer_id": "c-1"} | query)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["grants"]]


def test_what_is_granted_is_answered_and_told_again_at_its_location(service: TestClient) -> None:
    answer = service.post("/v1/grants", json=a_grant())

    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/grants/r-1"
    kept = answer.json()
    assert (kept["amount"], kept["level"], kept["by"]) == (
        {"amount": "20.00", "currency": "GBP"},
        "agent",
        "Mo",
    )
    assert service.get("/v1/grants/r-1").json() == kept


def test_the_same_request_again_is_answered_alike_and_counts_once(service: TestClient) -> None:
    first, again = granted(service, a_grant(), a_grant())

    assert first == again
    assert listed(service) == ["r-1"]


def test_another_request_of_the_same_id_is_a_conflict(service: TestClient) -> None:
    granted(service, a_grant())

    answer = service.post("/v1/grants", json=a_grant(amount="19.00"))

    body = check_problem(answer, 409, "'r-1' is that of another grant")
    assert (body["type"], body["where"]) == ("/problems/already-done", "id")


def test_what_passes_the_cap_is_refused_with_the_arithmetic_and_the_cure(
    service: TestClient,
) -> None:
    granted(service, *(a_grant(f"r-{n}", "19.00") for n in range(3)))

    answer = service.post("/v1/grants", json=a_grant("r-3"))

    body = check_problem(
        answer, 403, "57.00 GBP granted in the last 90 days + 20.00 GBP = 77.00 GBP > 60.00 GBP"
    )
    assert body["type"] == "/problems/not-permitted"
    assert body["cure"].startswith("ask the team lead; instead you may grant credit of 3.00 GBP")
    assert listed(service) == ["r-0", "r-1", "r-2"]


def test_the_level_is_what_the_caller_says(service: TestClient) -> None:
    (kept,) = granted(service, a_grant(amount="500.00", level="lead"))

    assert kept["level"] == "lead"


def test_a_grant_that_is_taken_back_says_so_and_makes_room(service: TestClient) -> None:
    granted(service, *(a_grant(f"r-{n}") for n in range(3)))

    taken_back = service.post("/v1/grants/r-0/void", json={"by": "Ida", "reason": "sent twice"})

    assert taken_back.status_code == 200
    assert taken_back.json()["void_reason"] == "sent twice"
    assert service.get("/v1/grants/r-0").json() == taken_back.json()
    granted(service, a_grant("r-3"))
    assert listed(service) == ["r-0", "r-1", "r-2", "r-3"]


def test_grants_are_listed_for_one_customer_and_from_a_moment_on(service: TestClient) -> None:
    granted(service, a_grant("r-1"), a_grant("r-2", customer_id="c-2"))

    assert listed(service) == ["r-1"]
    assert listed(service, customer_id="c-2") == ["r-2"]
    assert listed(service, customer_id="c-3") == []
    assert listed(service, since="2026-11-20T10:00:00Z") == ["r-1"]
    assert listed(service, since="2026-11-20T11:00:01+01:00") == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"id": "a b"}, "id"),
        ({"customer_id": "a\x00b"}, "customer_id"),
        ({"customer_id": " "}, "customer_id"),
        ({"by": ""}, "by"),
        ({"on": "soon"}, "on"),
        ({"on": "1969-12-31"}, "on"),
        ({"on": "2026-11-22"}, "on"),
        ({"level": "king"}, "level"),
        ({"action": "refund"}, "action"),
        ({"parameters": {}}, "parameters"),
        ({"parameters": {"amount": 20}}, "parameters.amount"),
        ({"parameters": {"amount": {"amount": "-1", "currency": "GBP"}}}, "parameters.amount"),
        ({"parameters": {"sum": 20}}, "parameters.sum"),
        ({"facts": {"order.number": "1"}}, "facts.order.number"),
        ({"facts": {"order.id": 1}}, "facts.order.id"),
        ({"color": "red"}, "color"),
    ],
    ids=str,
)
def test_a_request_that_does_not_fit_is_refused_by_its_field(
    service: TestClient, fields: dict[str, Any], where: str
) -> None:
    body = check_problem(service.post("/v1/grants", json=a_grant(**fields)), 422, where)

    assert body["where"] == where
    assert body["cure"]
    assert listed(service) == []


@pytest.mark.parametrize("name", ["id", "customer_id", "action", "by", "on"])
def test_what_a_grant_cannot_do_without_is_named(service: TestClient, name: str) -> None:
    asked = {key: value for key, value in a_grant().items() if key != name}

    assert check_problem(service.post("/v1/grants", json=asked), 422, name)["where"] == name


@pytest.mark.parametrize("query", ["", "customer_id=", "customer_id=%00", "customer_id=c&since=no"])
def test_a_list_without_a_customer_or_with_a_time_that_is_none_is_refused(
    service: TestClient, query: str
) -> None:
    check_problem(service.get(f"/v1/grants?{query}"), 422)


@pytest.mark.parametrize("grant_id", ["r-9", "a%00b", "%ff", "x" * 5_000])
def test_a_grant_that_is_not_there_is_not_found(service: TestClient, grant_id: str) -> None:
    void = {"by": "Ida", "reason": "sent twice"}
    check_problem(service.get(f"/v1/grants/{grant_id}"), 404, "there is no grant")
    check_problem(service.post(f"/v1/grants/{grant_id}/void", json=void), 404, "there is no grant")


@pytest.mark.parametrize("body", [{}, {"by": "Ida"}, {"by": "Ida", "reason": ""}], ids=str)
def test_who_takes_a_grant_back_says_why(service: TestClient, body: dict[str, str]) -> None:
    granted(service, a_grant())

    check_problem(service.post("/v1/grants/r-1/void", json=body), 422)

    assert service.get("/v1/grants/r-1").json()["voided_at"] is None


def test_a_grant_for_a_suggestion_that_is_not_there_is_not_found(service: TestClient) -> None:
    check_problem(service.post("/v1/grants", json=a_grant(suggestion_id="s-9")), 404, "s-9")


def test_where_nothing_was_ingested_there_are_no_rules_to_grant_by(
    empty_client: TestClient,
) -> None:
    check_problem(empty_client.post("/v1/grants", json=a_grant()), 503, "ingested")


def test_the_ledger_of_the_sample_company_is_the_databases_own(
    client: TestClient, fennwick: Desk
) -> None:
    credit = a_credit("r-api", customer_id="c-api")
    with fennwick.parts.grants.booking("c-api") as booking:
        booking.add(credit)

    told = client.get("/v1/grants?customer_id=c-api").json()["grants"]

    assert [Granted.model_validate(one) for one in told] == [credit]

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI

from assist.domain.ticket import Ticket
from assist.service.desk import Desk
from assist.web.app import create_app
from assist.web.errors import MEDIA_TYPE, PROBLEM_TYPES
from tests.service.parts import some_parts

SNAPSHOT = Path(__file__).parents[1] / "snapshots/openapi.json"
UPDATE = "UPDATE_SNAPSHOTS"
METHODS = ("get", "post", "put", "patch", "delete")


def _app() -> FastAPI:
    return create_app(Desk(parts=some_parts(), records_for=lambda _files: None))


DOCUMENT: dict[str, Any] = json.loads(json.dumps(_app().openapi()))
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation
    for path in DOCUMENT["paths"].values()
    for method, operation in path.items()
    if method in METHODS
}


def test_the_document_is_the_one_that_was_agreed() -> None:
    text = json.dumps(DOCUMENT, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if UPDATE in os.environ:
        SNAPSHOT.write_text(text, encoding="utf-8")

    assert text == SNAPSHOT.read_text(encoding="utf-8"), (
        f"if it is meant to change, run this test with {UPDATE}=1 and read the difference"
    )


def test_the_document_is_the_same_each_time_it_is_asked_for() -> None:
    app = _app()

    assert json.dumps(app.openapi()) == json.dumps(app.openapi()) == json.dumps(DOCUMENT)


def test_every_operation_says_what_it_is() -> None:
    assert len(OPERATIONS) == sum(len(path) for path in DOCUMENT["paths"].values())
    known = {tag["name"] for tag in DOCUMENT["tags"]}
    for operation_id, operation in OPERATIONS.items():
        assert operation_id.islower(), operation_id
        assert operation["summary"]
        assert operation["description"]
        assert set(operation["tags"]) <= known
        assert len(operation["tags"]) == 1


def _bodies() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(operation and where, media type, what is declared) of every request and answer."""
    for operation_id, operation in OPERATIONS.items():
        for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{operation_id} request", media_type, body
        for status, answer in operation["responses"].items():
            for media_type, body in answer.get("content", {}).items():
                yield f"{operation_id} {status}", media_type, body


JSON_BODIES = {where: body for where, kind, body in _bodies() if kind == "application/json"}
PROBLEMS = {where: body for where, kind, body in _bodies() if kind == MEDIA_TYPE}


def _examples(body: dict[str, Any]) -> list[Any]:
    several = [example["value"] for example in body.get("examples", {}).values()]
    return [*several, body["example"]] if "example" in body else several


def _check_fits(value: object, schema: dict[str, Any]) -> None:
    whole = schema | {"components": DOCUMENT["components"]}
    jsonschema.validate(value, whole, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("where", JSON_BODIES | PROBLEMS)
def test_every_request_and_every_answer_has_examples_that_fit(where: str) -> None:
    body = (JSON_BODIES | PROBLEMS)[where]

    assert _examples(body)
    for example in _examples(body):
        _check_fits(example, body["schema"])


def test_the_example_tickets_are_tickets_whole_and_short() -> None:
    tickets = _examples(JSON_BODIES["suggest request"])

    assert ["messages" in ticket for ticket in tickets] == [True, False]
    for ticket in tickets:
        Ticket.model_validate(ticket)


def test_every_failure_is_declared_as_a_problem_of_the_table() -> None:
    by_uri = {kind.uri: kind for kind in PROBLEM_TYPES}
    for where, media_type, body in _bodies():
        status = where.rpartition(" ")[2]
        if status[0] not in "45":
            continue
        assert media_type == MEDIA_TYPE, where
        assert body["schema"] == {"$ref": "#/components/schemas/Problem"}
        for example in _examples(body):
            kind = by_uri[example["type"]]
            assert (example["status"], example["title"]) == (kind.status, kind.title)
            assert str(kind.status) == status


def test_every_operation_may_fail_and_those_with_a_body_may_refuse_it() -> None:
    for operation in OPERATIONS.values():
        assert {"413", "422", "431", "500"} <= set(operation["responses"])
        if "requestBody" in operation:
            assert {"400", "415"} <= set(operation["responses"])


def test_the_schemas_that_are_there_are_used() -> None:
    text = json.dumps(DOCUMENT)
    unused = [
        name
        for name in DOCUMENT["components"]["schemas"]
        if f'"#/components/schemas/{name}"' not in text
    ]
    assert unused == []

"""Two thousand requests made up from the OpenAPI document: no fault, no undeclared answer."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assist.adapters.uploads import FolderUploads
from assist.domain.case_view import CaseView
from assist.domain.ticket import Ticket
from assist.service.case_requests import ProgressRequest
from assist.service.casework import Cases
from assist.service.desk import Desk
from assist.web.app import create_app
from tests.service.parts import some_parts

FITTING, UNFIT = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
EVENTS = {"Accept": "text/event-stream"}
PATIENCE = 120
"""Seconds: what is slow on a busy machine is not what is looked for here."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@dataclass(frozen=True)
class Round:
    """So many requests to one operation. Half of them ask for what `known` says there is."""

    operation: str
    mode: GenerationMode
    requests: int
    headers: dict[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.operation}, {self.mode.value}{', events' if self.headers else ''}"


ROUNDS = (
    Round("suggest", FITTING, 60),
    Round("suggest", UNFIT, 200),
    Round("suggest", FITTING, 25, EVENTS),
    Round("check_draft", FITTING, 40),
    Round("check_draft", UNFIT, 80),
    Round("get_suggestion", FITTING, 250),
    Round("search", FITTING, 150),
    Round("search", UNFIT, 550),
    Round("get_passage", FITTING, 250),
    Round("list_inquiries", FITTING, 30),
    Round("list_inquiries", UNFIT, 30),
    Round("list_policies", FITTING, 20),
    Round("list_policies", UNFIT, 20),
    Round("get_policy", FITTING, 80),
    Round("try_policies", FITTING, 50),
    Round("try_policies", UNFIT, 100),
    Round("get_proof", FITTING, 40),
    Round("grant", FITTING, 30),
    Round("grant", UNFIT, 80),
    Round("list_grants", FITTING, 20),
    Round("list_grants", UNFIT, 20),
    Round("get_grant", FITTING, 20),
    Round("void_grant", FITTING, 20),
    Round("void_grant", UNFIT, 20),
    Round("ask_colleague", FITTING, 30),
    Round("ask_colleague", UNFIT, 60),
    Round("list_open_consultations", FITTING, 10),
    Round("list_open_consultations", UNFIT, 10),
    Round("get_consultation", FITTING, 20),
    Round("answer_consultation", FITTING, 20),
    Round("answer_consultation", UNFIT, 20),
    Round("withdraw_consultation", FITTING, 10),
    Round("withdraw_consultation", UNFIT, 10),
    Round("list_ticket_consultations", FITTING, 10),
    Round("open_case", FITTING, 30),
    Round("open_case", UNFIT, 60),
    Round("list_cases", FITTING, 10),
    Round("list_cases", UNFIT, 10),
    Round("get_case", FITTING, 20),
    Round("decide_case", FITTING, 40),
    Round("decide_case", UNFIT, 40),
    Round("consult_on_case", FITTING, 20),
    Round("consult_on_case", UNFIT, 20),
    Round("report_progress", FITTING, 20),
    Round("report_progress", UNFIT, 20),
    Round("report_outcome", FITTING, 20),
    Round("report_outcome", UNFIT, 20),
    Round("list_promises", FITTING, 10),
    Round("list_promises", UNFIT, 10),
    Round("settle_promise", FITTING, 20),
    Round("settle_promise", UNFIT, 20),
    Round("cancel_case", FITTING, 10),
    Round("cancel_case", UNFIT, 10),
    Round("give_feedback", FITTING, 20),
    Round("give_feedback", UNFIT, 40),
    Round("list_feedback", FITTING, 20),
    Round("get_problem_type", FITTING, 160),
    Round("get_health", FITTING, 1),  # there is nothing to vary
    Round("get_readiness", FITTING, 1),
    Round("ingest", FITTING, 30),
    Round("ingest", UNFIT, 100),
    Round("list_ingest_jobs", FITTING, 20),
    Round("list_ingest_jobs", UNFIT, 20),
    Round("get_ingest_job", FITTING, 100),
)
CHANGES_KNOWLEDGE = {"ingest", "list_ingest_jobs", "get_ingest_job"}


@pytest.fixture(scope="module")
def schema(fennwick: Desk) -> Any:
    """The document of the sample company's service, over its running application."""
    fennwick.warm()
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(fennwick))


@pytest.fixture(scope="module")
def other_schema(shared_folder: Path) -> Any:
    """That of a desk which may be changed."""
    uploads = FolderUploads(shared_folder, limit=1_000_000)
    desk = Desk(parts=some_parts(uploads=uploads), records_for=lambda _files: None)
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(desk))


@pytest.fixture(scope="module")
def known(fennwick: Desk) -> dict[str, str]:
    """What is there, by the name of the parameter that asks for it."""
    passages = fennwick.opened().library.passages()
    case = asyncio.run(_told(fennwick.cases))
    return {
        "case_id": case.case.id,
        "suggestion_id": case.case.suggestion_id,
        "entry_id": case.ledger[0].id,
        "passage_id": min(passage.id for passage in passages),
        "policy_id": "warranty",
        "version": "3",
        "level": "lead",
        "name": "not-found",
    }


async def _told(cases: Cases) -> CaseView:
    """A case to decide on, with something promised."""
    view = await cases.open(Ticket.model_validate({"id": "t-fuzz", "text": "Where is my parcel?"}))
    told = ProgressRequest(key="p", by="Mo", text="We will call you back tomorrow.")
    return await cases.progress(view.case.id, told)


def test_the_rounds_are_two_thousand_requests_to_every_operation(schema: Any) -> None:
    operations = {result.ok().definition.raw["operationId"] for result in _operations(schema)}

    assert {one.operation for one in ROUNDS} == operations
    assert sum(one.requests for one in ROUNDS) >= 2_000


def _operations(schema: Any) -> Iterator[Any]:
    return iter(schema.get_all_operations())


@pytest.mark.parametrize("one", ROUNDS, ids=str)
def test_every_answer_is_one_that_the_document_declares(
    one: Round, schema: Any, other_schema: Any, known: dict[str, str]
) -> None:
    asked = other_schema if one.operation in CHANGES_KNOWLEDGE else schema
    operation = asked.find_operation_by_id(one.operation)
    answers: list[int] = []

    @settings(
        max_examples=one.requests,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(one.mode), there=st.sampled_from([{}, known]))
    def request(case: Case, there: dict[str, str]) -> None:
        body = case.body if isinstance(case.body, dict) else {}
        for parameters in (case.path_parameters, case.query, body):
            parameters.update({k: v for k, v in there.items() if k in parameters})
        answer = case.call(headers=one.headers, timeout=PATIENCE)
        case.validate_response(answer, checks=CHECKS)
        answers.append(answer.status_code)
        if one.headers and answer.status_code == 200:
            _check_events(answer.text)

    request()

    assert len(answers) >= one.requests


def _check_events(text: str) -> None:
    """A stream that ended with its suggestion."""
    *steps, last = [dict(_fields(event)) for event in text.strip().split("\n\n")]
    assert [*{step["event"] for step in steps}, last["event"]] == ["step", "suggestion"], text
    assert json.loads(last["data"])["trace"][-1]["step"] == json.loads(steps[-1]["data"])["step"]


def _fields(event: str) -> Iterator[tuple[str, str]]:
    for line in event.split("\n"):
        name, _, value = line.partition(": ")
        yield name, value

"""Two thousand requests made up from the OpenAPI document: no fault, no undeclared answer.

Whoever asks is drawn too: somebody of each role, and nobody. `python -m evals.bench.fuzz` asks ten
times as often.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assist.adapters.uploads import FolderUploads
from assist.domain.access import Role
from assist.domain.case_view import CaseView
from assist.domain.doors import Doors, RateSettings
from assist.domain.eval_runs import EvalPart
from assist.domain.ticket import Ticket
from assist.service.approval_requests import ApprovalRequest
from assist.service.approvals import ask
from assist.service.case_requests import DecisionRequest, ProgressRequest
from assist.service.casework import Cases
from assist.service.desk import Desk
from assist.service.eval_runs import publish
from assist.service.keyring import Keyring
from assist.web.app import create_app
from assist.web.example_evals import RESULT, RUN
from tests.builders import NOW
from tests.contracts.gap_store import a_gap_event, a_tracked_gap
from tests.contracts.upstream_store import an_event, an_item
from tests.fake_keys import InMemoryKeys
from tests.fake_sessions import InMemorySessions
from tests.fakes import FrozenClock, InMemoryKnowledge
from tests.service.parts import some_parts
from tests.web.cases import WANTS_A_CREDIT
from tests.web.fuzz_rounds import ROUNDS, Round

PATIENCE = 120
"""Seconds: what is slow on a busy machine is not what is looked for here."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


UNLIMITED = Doors(rate=RateSettings(per_minute=0, suggestions_per_minute=0, sign_ins_per_minute=0))
CHANGES_KNOWLEDGE = {"ingest", "list_ingest_jobs", "get_ingest_job", "make_precedents"}


@pytest.fixture(scope="module")
def keys() -> InMemoryKeys:
    """A key of each role, and of everybody who may ask."""
    return InMemoryKeys()


@pytest.fixture(scope="module")
def askers(keys: InMemoryKeys) -> tuple[dict[str, str], ...]:
    """What each of them sends. Half of the time it is an admin, who gets furthest."""
    ring = Keyring(keys, InMemoryKnowledge(), FrozenClock(NOW))
    roles = {role: ring.create(role, level="lead").secret for role in get_args(Role)}
    headers = [{"Authorization": f"Bearer {secret}"} for secret in roles.values()]
    admin = {"Authorization": f"Bearer {roles['admin']}"}
    return (*[admin] * len(headers), *headers, {}, {"Authorization": "Bearer ak_x"})


@pytest.fixture(scope="module")
def schema(fennwick: Desk, keys: InMemoryKeys) -> Any:
    """The document of the sample company's service, over its running application."""
    fennwick.warm()
    parts = replace(fennwick.parts, keys=keys, sessions=InMemorySessions(keys))
    desk = replace(fennwick, parts=parts, doors=UNLIMITED)
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(desk))


@pytest.fixture(scope="module")
def other_schema(shared_folder: Path, keys: InMemoryKeys) -> Any:
    """That of a desk which may be changed."""
    uploads = FolderUploads(shared_folder, limit=1_000_000)
    parts = some_parts(uploads=uploads, keys=keys)
    desk = Desk(parts=parts, records_for=lambda _files: None, doors=UNLIMITED)
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(desk))


@pytest.fixture(scope="module")
def known(fennwick: Desk) -> dict[str, str]:
    """What is there, by the name of the parameter that asks for it."""
    passages = fennwick.opened().library.passages()
    case = asyncio.run(_told(fennwick.cases))
    beyond = asyncio.run(_beyond_the_agent(fennwick))
    return {
        "case_id": case.case.id,
        "suggestion_id": case.case.suggestion_id,
        "entry_id": case.ledger[0].id,
        "escalation_id": beyond.escalations[0].id,
        "run_id": _published(fennwick, case.case.id),
        "gap_id": _a_gap(fennwick),
        "item_id": fennwick.parts.upstream.add(an_item(), an_event()).id,
        "approval_id": beyond.approvals[0].id,
        "candidate_id": beyond.approvals[0].candidate_id,
        "passage_id": min(passage.id for passage in passages),
        "policy_id": "warranty",
        "version": "3",
        "level": "lead",
        "name": "not-found",
    }


def _a_gap(desk: Desk) -> str:
    """A gap with a draft to decide on."""
    gap = a_tracked_gap("gap-fuzz", draft="# Rain\n\nIt can hang in the rain.")
    desk.parts.gaps.add(gap, a_gap_event())
    return gap.gap.id


def _published(desk: Desk, case_id: str) -> str:
    """A run of one case, which bears the id that `case_id` of any operation is asked for."""
    run = RUN.model_copy(update={"results": (RESULT.model_copy(update={"case_id": case_id}),)})
    return publish(desk.parts, EvalPart(run=run, total=1), "Mo").run.id


async def _told(cases: Cases) -> CaseView:
    """A case to decide on, with something promised."""
    view = await cases.open(Ticket.model_validate({"id": "t-fuzz", "text": "Where is my parcel?"}))
    told = ProgressRequest(key="p", by="Mo", text="We will call you back tomorrow.")
    return await cases.progress(view.case.id, told)


async def _beyond_the_agent(desk: Desk) -> CaseView:
    """A case that was handed over, with something that waits to be approved."""
    ticket = Ticket.model_validate(WANTS_A_CREDIT | {"id": "t-fuzz-credit"})
    view = await desk.cases.open(ticket)
    money = {"amount": "80.00", "currency": "USD"}
    given = {"key": "a", "by": "Mo", "reason": "late", "candidate_id": "i1.c1"}
    wanted = given | {"actions": [{"kind": "credit", "parameters": {"amount": money}}]}
    ask(desk, view.case.id, ApprovalRequest.model_validate(wanted), "agent")
    told = {"key": "e", "by": "Mo", "suggestion_id": view.case.suggestion_id, "reason": "late"}
    decision = DecisionRequest.model_validate({"kind": "escalate", **told})
    return await desk.cases.decide(view.case.id, decision)


def test_the_rounds_are_two_thousand_requests_to_every_operation(schema: Any) -> None:
    operations = {result.ok().definition.raw["operationId"] for result in _operations(schema)}

    assert {one.operation for one in ROUNDS} == operations
    assert sum(one.requests for one in ROUNDS) >= 2_000


def _operations(schema: Any) -> Iterator[Any]:
    return iter(schema.get_all_operations())


@pytest.mark.parametrize("one", ROUNDS, ids=str)
def test_every_answer_is_one_that_the_document_declares(
    one: Round,
    schema: Any,
    other_schema: Any,
    known: dict[str, str],
    askers: tuple[dict[str, str], ...],
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
    @given(
        case=operation.as_strategy(one.mode),
        there=st.sampled_from([{}, known]),
        who=st.sampled_from(askers),
    )
    def request(case: Case, there: dict[str, str], who: dict[str, str]) -> None:
        body = case.body if isinstance(case.body, dict) else {}
        for parameters in (case.path_parameters, case.query, body):
            parameters.update({k: v for k, v in there.items() if k in parameters})
        answer = case.call(headers=who | (one.headers or {}), timeout=PATIENCE)
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

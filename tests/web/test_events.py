"""A suggestion as server-sent events, and what else is answered meanwhile."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assist.domain.case import Case
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import DiskFull, NotFound
from assist.graph.build import SUGGEST_STEPS
from assist.service.desk import Desk
from assist.service.suggest import suggestion_id
from assist.web.api.events import StepDone, follow
from assist.web.app import create_app
from assist.web.worker import Worker
from tests.web.checks import check_problem

EVENTS = {"Accept": "text/event-stream"}
TICKET = {"text": "How do I reset my password?", "customer": {"id": "c-1001"}}
AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
STEPS = [getattr(step, "__name__", "") for step in SUGGEST_STEPS]


def read(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(event, its data) of a stream, without its comments."""
    for event in text.removesuffix("\n\n").split("\n\n"):
        if event.startswith(":"):
            continue
        name, data = event.split("\n")
        yield name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def _stream(client: TestClient, **asked: Any) -> list[tuple[str, dict[str, Any]]]:
    answer = client.post("/v1/suggestions", json=TICKET, headers=EVENTS, params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    return list(read(answer.text))


@dataclass
class GatedRecords:
    """Records that answer once the gate is open: the step that asks them stands still."""

    asked: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)

    def find(self, *, customer_id: str | None, email: str | None) -> None:
        self.asked.set()
        assert self.gate.wait(60)


@pytest.fixture
def records() -> Iterator[GatedRecords]:
    records = GatedRecords()
    yield records
    records.gate.set()


@pytest.fixture
def slow(fennwick: Desk, records: GatedRecords) -> Desk:
    """The sample company's desk, whose records are slow."""
    return Desk(parts=fennwick.parts, records_for=lambda _files: records)


def test_every_step_is_told_as_it_finishes_and_then_the_suggestion(client: TestClient) -> None:
    *steps, (last, suggestion) = _stream(client, at=AT.isoformat())

    assert [(name, data["step"]) for name, data in steps] == [("step", step) for step in STEPS]
    assert last == "suggestion"
    told = Suggestion.model_validate(suggestion)
    assert [trace.step for trace in told.trace] == STEPS
    assert client.get(f"/v1/suggestions/{told.id}").json() == suggestion


def test_a_suggestion_is_the_same_told_step_by_step_or_whole(client: TestClient) -> None:
    whole = client.post("/v1/suggestions", json=TICKET, params={"at": AT.isoformat()}).json()

    _, told = _stream(client, at=AT.isoformat())[-1]

    assert told | {"trace": []} == whole | {"trace": []}


def test_a_step_tells_what_is_known_by_then(client: TestClient) -> None:
    *events, (_, data) = _stream(client)
    steps = {step.step: step for step in (StepDone.model_validate(found) for _, found in events)}
    suggestion = Suggestion.model_validate(data)

    first, last = steps["identify"], steps["follow_up"]
    assert (first.hits, first.candidates, first.escalate, first.reply) == (0, (), None, None)
    assert first.issues[0].statement == suggestion.issue.statement
    assert first.issues[0].priority is None
    assert steps["gather"].hits == len(suggestion.hits) == last.hits > 0
    assert steps["prioritize"].issues[0].priority == suggestion.priority.level
    assert [c.id for c in steps["propose"].candidates] == [c.id for c in suggestion.candidates]
    assert {c.verdict for c in steps["propose"].candidates} == {None}
    assert all(candidate.verdict for candidate in steps["evaluate"].candidates)
    assert steps["decide"].issues[0].chosen == (
        suggestion.choice.candidate_id if suggestion.choice else None
    )
    assert steps["escalate"].escalate is suggestion.escalation.needed
    assert steps["communicate"].reply == last.reply == suggestion.draft.text


@pytest.mark.parametrize(
    ("ticket", "level", "status"),
    [({}, "agent", 422), (TICKET, "king", 422), (TICKET | {"facts": {"x": 1}}, "agent", 422)],
    ids=["ticket", "level", "fact"],
)
def test_what_is_refused_at_once_is_refused_by_a_status(
    client: TestClient, ticket: dict[str, Any], level: str, status: int
) -> None:
    answer = client.post("/v1/suggestions", json=ticket, headers=EVENTS, params={"level": level})

    check_problem(answer, status)


def test_without_a_knowledge_base_no_stream_begins(empty_client: TestClient) -> None:
    check_problem(empty_client.post("/v1/suggestions", json=TICKET, headers=EVENTS), 503)


@dataclass
class FailingStore:
    error: Exception

    def save(self, suggestion: Suggestion, customer_id: str | None) -> None:
        raise self.error


def _failing(fennwick: Desk, error: Exception) -> TestClient:
    parts = replace(fennwick.parts, suggestions=FailingStore(error))
    desk = Desk(parts=parts, records_for=lambda _files: None)
    return TestClient(create_app(desk), raise_server_exceptions=False)


def test_a_failure_on_the_way_is_told_as_a_problem_and_ends_the_stream(fennwick: Desk) -> None:
    with _failing(fennwick, DiskFull("no space left", cure="free some")) as client:
        *steps, (last, problem) = _stream(client)
        whole = client.post("/v1/suggestions", json=TICKET)

    assert [data["step"] for _, data in steps] == STEPS
    assert last == "problem"
    assert problem == check_problem(whole, 507, "no space left")


def test_a_fault_on_the_way_repeats_nothing_of_the_ticket(fennwick: Desk) -> None:
    with _failing(fennwick, KeyError("what the customer wrote")) as client:
        answer = client.post("/v1/suggestions", json=TICKET, headers=EVENTS)

    *_, (last, problem) = read(answer.text)
    assert (last, problem["type"]) == ("problem", "/problems/fault")
    assert "what the customer wrote" not in answer.text


def test_while_nothing_comes_the_connection_is_kept_open(slow: Desk, records: GatedRecords) -> None:
    async def run() -> list[bytes]:
        worker = Worker()
        sent = []
        begun = slow.begin(Ticket.model_validate(TICKET))
        async for event in await follow(slow, begun, worker, pause=0.02):
            sent.append(event)
            if event.startswith(b":") and records.asked.is_set():
                records.gate.set()
        worker.close()
        return sent

    sent = asyncio.run(run())

    assert b": ping\n\n" in sent
    told = [name for name, _ in read(b"".join(sent).decode())]
    assert told == ["step"] * len(STEPS) + ["suggestion"]


async def _leave_after_first_step(app: FastAPI, ticket: dict[str, Any]) -> list[str]:
    """Ask for events, hang up once the first has come, wait until the service has let go."""
    first_came = asyncio.Event()
    sent: list[str] = []
    request = [{"type": "http.request", "body": json.dumps(ticket).encode()}]

    async def receive() -> dict[str, Any]:
        if request:
            return request.pop()
        await first_came.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if body := message.get("body", b"").decode():
            sent.append(body)
            first_came.set()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": "POST",
        "path": "/v1/suggestions",
        "query_string": b"at=" + AT.isoformat().replace("+", "%2B").encode(),
        "headers": [(b"content-type", b"application/json"), (b"accept", b"text/event-stream")],
    }
    await asyncio.wait_for(app(scope, receive, send), 60)
    return sent


def test_who_hangs_up_ends_the_run_and_nothing_is_kept(slow: Desk, records: GatedRecords) -> None:
    app = create_app(slow)
    ticket = TICKET | {"id": "abandoned"}

    async def run() -> list[str]:
        async with app.router.lifespan_context(app):
            sent = await _leave_after_first_step(app, ticket)
            records.gate.set()  # the step that is under way ends; no other may follow
            return sent

    sent = "".join(asyncio.run(run()))

    assert [data["step"] for _, data in read(sent)] == ["identify"]
    assert records.asked.is_set()
    case = Case(ticket=Ticket.model_validate(ticket), now=AT)
    with pytest.raises(NotFound):
        slow.suggestion(suggestion_id(case, slow.opened().library.generation.id))


def test_others_are_answered_while_a_suggestion_is_worked_on(
    slow: Desk, records: GatedRecords
) -> None:
    app = create_app(slow)

    async def run() -> tuple[int, int]:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            asked = asyncio.create_task(client.post("/v1/suggestions", json=TICKET, timeout=60))
            await asyncio.to_thread(records.asked.wait, 60)
            health = await asyncio.wait_for(client.get("/healthz"), 60)
            assert not asked.done()
            records.gate.set()
            return health.status_code, (await asked).status_code

    assert asyncio.run(run()) == (200, 200)


def test_a_stream_that_nobody_begins_to_read_ends_its_run(
    slow: Desk, records: GatedRecords
) -> None:
    async def run() -> list[bytes]:
        worker = Worker()
        events = await follow(slow, slow.begin(Ticket.model_validate(TICKET)), worker, pause=0.02)
        await events.aclose()
        records.gate.set()
        worker.close()
        return [event async for event in events]

    assert asyncio.run(run()) == []

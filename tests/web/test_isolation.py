"""What one workspace keeps, another can neither read nor change, by whatever id it asks."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.checkpoints import PostgresCheckpoints
from assist.adapters.postgres.consultations import PostgresConsultations
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.feedback import PostgresFeedback
from assist.adapters.postgres.grants import PostgresGrants
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.sessions import PostgresSessions
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.domain.doors import Doors, RateSettings
from assist.domain.ticket import Ticket
from assist.service.case_requests import ProgressRequest
from assist.service.desk import Desk
from assist.web.access import HOOKS
from assist.web.app import create_app
from tests.web.visitors import browser, ring_of

MARK = "zebra-4711"
"""Stands in everything that the other workspace was told, and nowhere else."""
REQUESTS = 300
FREE = Doors(rate=RateSettings(per_minute=0, suggestions_per_minute=0))


@dataclass(frozen=True)
class Workspace:
    """One of two: its desk, an admin's key, and ids of what it keeps."""

    desk: Desk
    secret: str
    ids: dict[str, str]


def _workspace(fennwick: Desk, database: Database, mark: str) -> Workspace:
    """The sample company's knowledge, with stores of its own for all that is kept of customers."""
    parts = replace(
        fennwick.parts,
        workspace=database.workspace,
        keys=PostgresKeys(database),
        sessions=PostgresSessions(database),
        audit=PostgresAudit(database),
        suggestions=PostgresSuggestions(database),
        grants=PostgresGrants(database),
        consultations=PostgresConsultations(database),
        cases=PostgresCases(database),
        checkpoints=PostgresCheckpoints(database),
        feedback=PostgresFeedback(database),
    )
    desk = Desk(parts=parts, records_for=fennwick.records_for, doors=FREE)
    secret = ring_of(desk).create("admin", level="manager").secret
    return Workspace(desk, secret, asyncio.run(_filled(desk, mark)))


async def _filled(desk: Desk, mark: str) -> dict[str, str]:
    """A case with a suggestion, a promise and what else has an id."""
    ticket = Ticket.model_validate({"id": f"t-{mark}", "text": f"Where is my parcel {mark}?"})
    view = await desk.cases.open(ticket)
    told = ProgressRequest(key=f"p-{mark}", by=mark, text="We will call you back tomorrow.")
    view = await desk.cases.progress(view.case.id, told)
    return {
        "case_id": view.case.id,
        "suggestion_id": view.case.suggestion_id,
        "entry_id": view.ledger[0].id,
        "ticket_id": ticket.id,
    }


@pytest.fixture(scope="module")
def two(fennwick: Desk, postgres: EmbeddedPostgres) -> Iterator[tuple[Workspace, Workspace]]:
    """Ours, and another."""
    databases = [Database(postgres.url, f"test-isolation-{name}") for name in ("ours", "theirs")]
    ours, theirs = (
        _workspace(fennwick, database, mark)
        for database, mark in zip(databases, ("ours", MARK), strict=True)
    )
    yield ours, theirs
    for database in databases:
        database.close()


@pytest.fixture(scope="module")
def client(two: tuple[Workspace, Workspace]) -> Iterator[TestClient]:
    with browser(two[0].desk) as client:
        yield client


def _asked(desk: Desk) -> list[tuple[str, str]]:
    """(method, path) of every operation."""
    return sorted(
        (method, str(route.path))
        for route in iter_route_contexts(create_app(desk).router.routes)
        if route.path and route.path.startswith("/v1/")
        for method in (getattr(route, "methods", None) or ())
    )


def test_no_operation_tells_or_changes_what_is_another_workspaces(
    two: tuple[Workspace, Workspace], client: TestClient
) -> None:
    ours, theirs = two
    headers = {"Authorization": f"Bearer {ours.secret}"}
    before = _state(theirs)
    operations = [one for one in _asked(ours.desk) if one[1] != "/v1/ingest"]

    @settings(
        max_examples=REQUESTS,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        operation=st.sampled_from(operations),
        ids=st.permutations(sorted(theirs.ids.values())),
        body=st.sampled_from(_bodies(theirs)),
    )
    def ask(operation: tuple[str, str], ids: list[str], body: dict[str, Any]) -> None:
        method, path = operation
        names = iter(ids)
        filled = re.sub(r"\{(\w+)[^}]*\}", lambda m: theirs.ids.get(m[1]) or next(names), path)
        sent = {"json": body} if method == "POST" else {}
        answer = client.request(method, filled, headers=headers, **sent)
        if answer.is_success:  # a refusal may name what was asked for
            assert MARK not in answer.text, (method, filled, answer.text)

    ask()

    assert _state(theirs) == before


def _bodies(theirs: Workspace) -> list[dict[str, Any]]:
    """What is sent; ids of the other workspace wherever one is taken."""
    act = {"key": "x", "by": "Mo"}
    return [
        {},
        act | {"kind": "accept", "suggestion_id": theirs.ids["suggestion_id"]},
        act | {"text": "Hello."},
        act | {"state": "kept"},
        act | {"kind": "solved"},
        act | {"reason": "no"},
        act | {"kind": "accepted", "suggestion_id": theirs.ids["suggestion_id"]},
        {"id": "t-1", "text": "Hello?"},
        {"query": MARK},
    ]


def _state(theirs: Workspace) -> tuple[object, ...]:
    """Everything the other workspace keeps of its case."""
    view = theirs.desk.cases.view(theirs.ids["case_id"])
    return (view, theirs.desk.suggestion(theirs.ids["suggestion_id"]))


def test_no_list_holds_what_is_another_workspaces(
    two: tuple[Workspace, Workspace], client: TestClient
) -> None:
    ours, _ = two
    headers = {"Authorization": f"Bearer {ours.secret}"}
    for method, path in _asked(ours.desk):
        if method == "GET" and "{" not in path:
            answer = client.get(path, headers=headers)
            assert MARK not in answer.text, path


def test_a_key_and_a_session_of_one_workspace_open_nothing_in_another(
    two: tuple[Workspace, Workspace], client: TestClient
) -> None:
    theirs = {"Authorization": f"Bearer {two[1].secret}"}
    with browser(two[1].desk) as other:
        token = other.post("/v1/tokens", json={}, headers=theirs).json()["token"]
    asked = {(method, path) for method, path in _asked(two[0].desk) if not path.startswith(HOOKS)}
    for method, path in asked - {("POST", "/v1/tokens/host")}:
        for headers in (theirs, {"Authorization": f"Bearer {token}"}):
            assert client.request(method, path, headers=headers).status_code == 401

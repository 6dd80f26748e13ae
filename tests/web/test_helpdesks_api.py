"""Helpdesks over HTTP: their webhooks, their tickets, what waits; and what the audit log tells."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.errands import PostgresErrands
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.sessions import PostgresSessions
from assist.domain.audit import AuditQuery
from assist.domain.doors import Doors, RateSettings
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.errors import HelpdeskUnavailable, TicketMoved
from assist.service.desk import Desk
from tests.helpdesks.fake import SECRET, MemoryHelpdesk, signed
from tests.web.checks import check_problem
from tests.web.visitors import browser, ring_of

TEXT = "How long may I return an order I do not want?"


@pytest.fixture
def chat() -> MemoryHelpdesk:
    found = MemoryHelpdesk()
    found.write("7", TEXT)
    return found


@pytest.fixture
def desk(fennwick: Desk, database: Database, chat: MemoryHelpdesk) -> Desk:
    parts = replace(
        fennwick.parts,
        keys=PostgresKeys(database),
        sessions=PostgresSessions(database),
        audit=PostgresAudit(database),
        errands=PostgresErrands(database),
        helpdesks={"chat": chat},
    )
    settings = HelpdeskSettings(kind="chatwoot", url="http://chat.example.org", account="1")
    return replace(fennwick, parts=parts, helpdesks={"chat": settings})


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with browser(desk) as client:
        yield client


@pytest.fixture
def agent(desk: Desk) -> dict[str, str]:
    issued = ring_of(desk).create(role="agent")
    return {"Authorization": f"Bearer {issued.secret}"}


def send(client, delivery="d-1", ticket="7", secret="", **headers):
    body = json.dumps({"ticket": ticket}).encode()
    told = signed(body, client.app.state.desk.parts.clock.now(), delivery) | headers
    path = f"/v1/hooks/chat{'/' + secret if secret else ''}"
    return client.post(path, content=body, headers=told)


def audited(desk):
    entries = desk.parts.audit.listed(AuditQuery())
    return [(one.what, one.outcome, one.about) for one in entries]


def test_a_signed_webhook_is_taken_without_a_key(client, desk, agent):
    answer = send(client)
    assert answer.status_code == 202
    errand = answer.json()["errand"]
    listed = client.get("/v1/errands", headers=agent).json()["errands"]
    assert [(one["id"], one["ticket_id"], one["state"]) for one in listed] == [
        (errand, "7", "waiting")
    ]
    assert ("hear_helpdesk", "done", ("chat", errand)) in audited(desk)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Chatwoot-Signature": ""},
        {"X-Chatwoot-Signature": "sha256=" + "0" * 64},
        {"X-Chatwoot-Timestamp": "1"},
    ],
    ids=["unsigned", "wrongly signed", "another time"],
)
def test_one_that_is_not_signed_as_it_should_be_does_nothing_and_is_audited(
    client, desk, agent, headers
):
    check_problem(send(client, **headers), 401)
    assert client.get("/v1/errands", headers=agent).json() == {"errands": []}
    assert ("hear_helpdesk", "denied", ("chat",)) in audited(desk)


def test_a_replayed_one_is_refused_and_audited(client, desk):
    send(client)
    check_problem(send(client), 409)
    assert [outcome for _, outcome, _ in audited(desk)] == ["refused", "done"]


def test_a_stale_one_is_refused(client, desk, monkeypatch):
    body = b'{"ticket": "7"}'
    old = desk.parts.clock.now().replace(year=2020)
    check_problem(client.post("/v1/hooks/chat", content=body, headers=signed(body, old)), 409)


def test_a_secret_in_the_address_opens_nothing_where_webhooks_are_signed(client, desk):
    answer = send(client, secret=SECRET.get_secret_value(), **{"X-Chatwoot-Signature": ""})
    check_problem(answer, 401)
    assert SECRET.get_secret_value() not in str(desk.parts.audit.listed(AuditQuery()))


def test_an_unknown_helpdesk_is_not_found(client):
    check_problem(client.post("/v1/hooks/mail", content=b"{}"), 404)


def test_a_body_that_is_no_object_is_refused_by_name(client, desk):
    body = b"[1]"
    told = signed(body, desk.parts.clock.now())
    problem = check_problem(client.post("/v1/hooks/chat", content=body, headers=told), 422)
    assert "no JSON object" in problem["detail"]


def test_webhooks_are_counted_apart_from_everything_else(desk):
    limited = replace(desk, doors=Doors(rate=RateSettings(hooks_per_minute=2)))
    with browser(limited) as client:
        statuses = [send(client, f"d-{n}", str(n)).status_code for n in range(3)]
    assert statuses == [202, 202, 429]


def test_a_ticket_is_opened_as_it_stands_there_and_nothing_is_taken_from_who_asks(
    client, agent, chat
):
    answer = client.post("/v1/helpdesks/chat/tickets/7", headers=agent)
    assert answer.status_code == 200
    view = answer.json()
    assert (view["ticket"]["id"], view["ticket"]["messages"][0]["text"]) == ("chat:7", TEXT)
    again = client.post("/v1/helpdesks/chat/tickets/7", headers=agent).json()
    assert again["case"] == view["case"]


def test_opening_one_that_is_gone_moved_or_not_to_be_had_says_so(client, agent, chat):
    path = "/v1/helpdesks/chat/tickets/9"
    assert "no such ticket" in check_problem(client.post(path, headers=agent), 404)["detail"]
    chat.down = TicketMoved("chat merged the ticket into 8", to="8")
    problem = check_problem(client.post(path, headers=agent), 404)
    assert problem["type"] == "/problems/ticket-moved"
    chat.down = HelpdeskUnavailable("chat does not answer")
    problem = check_problem(client.post(path, headers=agent), 503)
    assert problem["type"] == "/problems/helpdesk-unavailable"


def test_opening_tickets_needs_a_key_and_a_role(client, desk, agent):
    path = "/v1/helpdesks/chat/tickets/7"
    check_problem(client.post(path), 401)
    key = ring_of(desk).create(role="editor").secret
    check_problem(client.post(path, headers={"Authorization": f"Bearer {key}"}), 403)


def test_helpdesks_are_listed_with_how_it_goes(client, agent):
    send(client)
    (chat,) = client.get("/v1/helpdesks", headers=agent).json()["helpdesks"]
    assert (chat["helpdesk"], chat["kind"], chat["waiting"]) == ("chat", "chatwoot", 1)
    assert chat["heard_at"]
    listed = client.get("/v1/helpdesks/chat/tickets", headers=agent).json()
    assert [one["id"] for one in listed["tickets"]] == ["7"]


def test_what_waits_for_a_helpdesk_is_a_number(client, desk):
    send(client)
    key = ring_of(desk).create(role="admin").secret
    numbers = client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).text
    assert 'assist_errands{helpdesk="chat",state="waiting"} 1.0' in numbers
    assert 'assist_up{part="helpdesks"} 1.0' in numbers

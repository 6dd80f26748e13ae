"""Who saw and did what over HTTP is in the audit log, by ids and nothing of a person."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.sessions import PostgresSessions
from assist.domain.audit import AuditEntry, AuditQuery
from assist.domain.doors import Doors
from assist.errors import StoreUnavailable
from assist.service.desk import Desk
from assist.service.keyring import Keyring
from tests.fake_sessions import InMemoryAudit
from tests.web.checks import check_problem
from tests.web.visitors import a_desk, browser, ring_of, signed_in

TICKET = {
    "id": "T-ana@example.org",
    "text": "I am Ana Novák, ana@example.org. Where is my parcel?",
    "customer": {"id": "c-4711", "name": "Ana Novák"},
}
PERSONAL = ("Ana", "example.org", "c-4711", "parcel", "T-ana")


@pytest.fixture
def desk(fennwick: Desk, database: Database) -> Desk:
    """The sample company's, with stores of its own for who asks and what was asked."""
    parts = replace(
        fennwick.parts,
        keys=PostgresKeys(database),
        sessions=PostgresSessions(database),
        audit=PostgresAudit(database),
    )
    return replace(fennwick, parts=parts)


@pytest.fixture
def ring(desk: Desk) -> Keyring:
    return ring_of(desk)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with browser(desk) as client:
        yield client


def by(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def told(desk: Desk) -> list[tuple[str, str, str, str]]:
    """(who, by what means, what, outcome) of all, the oldest first."""
    entries = reversed(desk.parts.audit.listed(AuditQuery(limit=1_000)))
    return [(one.who, one.means, one.what, one.outcome) for one in entries]


def test_who_saw_decided_and_was_denied_is_told_in_order(desk: Desk, ring: Keyring) -> None:
    agent, qa = ring.create("agent"), ring.create("qa")
    with browser(desk) as client:
        suggested = client.post("/v1/suggestions", json=TICKET, headers=by(agent.secret)).json()
        opened = client.post("/v1/cases", json=TICKET, headers=by(agent.secret)).json()
        case = opened["case"]["id"]
        client.get(f"/v1/cases/{case}", headers=by(qa.secret))
        client.get("/v1/cases/nowhere", headers=by(qa.secret))
        client.post(f"/v1/cases/{case}/cancel", json={}, headers=by(qa.secret))
        cancel = {"key": "c", "reason": "asked twice"}
        client.post(f"/v1/cases/{case}/cancel", json=cancel, headers=by(agent.secret))
        client.post("/v1/search", json={"query": "parcel"}, headers=by(agent.secret))
    assert told(desk) == [
        ("operator", "command", "keys create", "done"),
        ("operator", "command", "keys create", "done"),
        (agent.key.id, "key", "suggest", "done"),
        (agent.key.id, "key", "open_case", "done"),
        (qa.key.id, "key", "get_case", "done"),
        (qa.key.id, "key", "get_case", "refused"),
        (qa.key.id, "key", "cancel_case", "denied"),
        (agent.key.id, "key", "cancel_case", "done"),
    ]
    entries = {entry.what: entry for entry in desk.parts.audit.listed(AuditQuery(about=case))}
    assert set(entries) == {"suggest", "open_case", "get_case", "cancel_case"}
    assert suggested["id"] in entries["suggest"].about
    whole = " ".join(e.model_dump_json() for e in desk.parts.audit.listed(AuditQuery()))
    assert not [word for word in PERSONAL if word in whole]


def test_who_acts_is_who_is_signed_in_where_the_request_does_not_say(
    desk: Desk, ring: Keyring
) -> None:
    issued = ring.create("agent", note="Mo Ito")
    with browser(desk) as client:
        case = client.post("/v1/cases", json=TICKET | {"id": "t-by"}, headers=by(issued.secret))
        path = f"/v1/cases/{case.json()['case']['id']}/progress"
        said = {"key": "p-1", "text": "We are on it."}
        assert client.post(path, json=said, headers=by(issued.secret)).status_code == 200
        told_by = {"key": "p-2", "text": "Still on it.", "by": "Bo"}
        view = client.post(path, json=told_by, headers=by(issued.secret)).json()
    assert [event["by"] for event in view["history"]][-2:] == [issued.key.id, "Bo"]


def test_where_nobody_is_known_a_request_must_say_who_acts(client: TestClient) -> None:
    case = client.post("/v1/cases", json=TICKET | {"id": "t-nobody"}).json()["case"]["id"]
    answer = client.post(f"/v1/cases/{case}/progress", json={"key": "p", "text": "On it."})
    assert check_problem(answer, 422, "Field required")["where"] == "by"


def test_the_log_is_read_by_an_admin_in_pages(desk: Desk, ring: Keyring) -> None:
    admin, agent = ring.create("admin").secret, ring.create("agent").secret
    with browser(desk) as client:
        for _ in range(3):
            client.get("/v1/promises", headers=by(agent))
    with browser(desk) as client:
        check_problem(client.get("/v1/audit", headers=by(agent)), 403, "may not read the audit log")
        page = client.get("/v1/audit", params={"limit": 2}, headers=by(admin)).json()
        assert [one["what"] for one in page["entries"]] == ["list_audit", "list_promises"]
        params = {"limit": 100, "before": page["next"]}
        rest = client.get("/v1/audit", params=params, headers=by(admin)).json()
        assert [one["what"] for one in rest["entries"]] == [
            "list_promises",
            "list_promises",
            "keys create",
            "keys create",
        ]
        assert rest["next"] is None


def test_signing_in_and_out_is_told_and_who_was_not_let_in() -> None:
    desk = a_desk()
    issued = ring_of(desk).create("agent")
    with browser(desk) as client:
        signed_in(client, "ak_" + "A" * 43)
        signed_in(client, issued.secret)
        headers = {"Origin": "http://127.0.0.1"}
        client.post("/v1/tokens", json={}, headers=headers | by(issued.secret))
    assert told(desk)[1:] == [
        ("", "none", "sign_in", "denied"),
        (issued.key.id, "session", "sign_in", "done"),
        (issued.key.id, "key", "make_token", "done"),
    ]


def test_nobody_unknown_can_fill_the_log() -> None:
    desk = a_desk()
    with browser(desk) as client:
        for _ in range(5):
            client.get("/v1/cases", headers=by("ak_" + "A" * 43))
            client.post("/v1/cases", json=TICKET)
    assert told(desk) == []


class Lost(InMemoryAudit):
    """A log that cannot be written."""

    def add(self, entries: Sequence[AuditEntry]) -> None:
        raise StoreUnavailable("the database did not answer")


def test_an_act_that_cannot_be_told_of_is_answered_so(fennwick: Desk, database: Database) -> None:
    parts = replace(fennwick.parts, cases=PostgresCases(database), audit=Lost())
    desk = replace(fennwick, parts=parts, doors=Doors())
    with browser(desk) as client:
        lost = client.post("/v1/cases", json=TICKET | {"id": "t-lost"})
        problem = check_problem(lost, 503, "could not be written into the audit log")
    assert "with the same key" in problem["cure"]

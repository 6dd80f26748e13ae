"""Every route × whoever may ask: generated from the application, so that none can be left out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import Mount

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.sessions import PostgresSessions
from assist.adapters.uploads import FolderUploads
from assist.domain.access import ROLES, Permission, Role
from assist.domain.sign_in import Person
from assist.service.desk import Desk
from assist.service.keyring import PREFIX, Keyring
from assist.service.sessions import begin_session
from assist.web.access import NEEDS, is_open, name_of
from assist.web.app import create_app
from assist.web.browser import csrf_of
from tests.builders import NOW
from tests.fakes import FrozenClock, InMemoryKnowledge
from tests.service.parts import some_parts
from tests.web.checks import check_problem

DAY = timedelta(days=1)
WAYS_IN = ("/sign-in", "/v1/tokens/host", "/v1/hooks/")
OPENS_NOTHING = ("nothing", "basic", "a made-up key", "revoked", "expired", "of another workspace")
"""What may be sent that opens nothing, however fit the rest of the request is."""
Means = Literal["key", "session", "token"]


class Asked(NamedTuple):
    """One method of one path, the parts of the path filled in, and what it is called in `NEEDS`."""

    method: str
    path: str
    name: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _routes() -> Iterator[Asked]:
    """Every method of every route there is; of a folder of files, one file."""
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    for route in iter_route_contexts(create_app(desk).router.routes):
        path = re.sub(r"\{[^}]*\}", "x", route.path or "")
        if isinstance(route.original_route, Mount):
            yield Asked("GET", f"{path}/assist.css", name_of(route))
            continue
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield Asked(method, path, name_of(route))


ROUTES = tuple(_routes())
CLOSED = tuple(route for route in ROUTES if not is_open(route.path))


@pytest.fixture(scope="module")
def desk(postgres: EmbeddedPostgres, shared_folder: Path) -> Iterator[Desk]:
    """A desk without knowledge, whose keys are in a real database."""
    database = Database(postgres.url, "test-access-matrix")
    parts = some_parts(
        keys=PostgresKeys(database),
        sessions=PostgresSessions(database),
        clock=FrozenClock(NOW),
        uploads=FolderUploads(shared_folder, limit=1_000),
    )
    yield Desk(parts=parts, records_for=lambda _files: None)
    database.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(
        create_app(desk), "http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield client


@pytest.fixture(scope="module")
def sent(desk: Desk, postgres: EmbeddedPostgres) -> Iterator[dict[str, dict[str, str]]]:
    """The headers of whoever may ask, by role, and of who may not."""
    ring = Keyring(desk.parts.keys, InMemoryKnowledge(), FrozenClock(NOW))
    before = Keyring(desk.parts.keys, InMemoryKnowledge(), FrozenClock(NOW - 9 * DAY))
    elsewhere = Database(postgres.url, "test-access-matrix-other")
    others = Keyring(PostgresKeys(elsewhere), InMemoryKnowledge(), FrozenClock(NOW))
    secrets = {role: ring.create(role).secret for role in get_args(Role)}
    revoked = ring.create("admin")
    ring.revoke(revoked.key.id)
    secrets |= {
        "a made-up key": PREFIX + "A" * 43,
        "revoked": revoked.secret,
        "expired": before.create("admin", expires="9d").secret,
        "of another workspace": others.create("admin").secret,
    }
    headers = {who: {"Authorization": f"Bearer {secret}"} for who, secret in secrets.items()}
    yield headers | {"nothing": {}, "basic": {"Authorization": "Basic YTpi"}}
    elsewhere.close()


def headers_of(desk: Desk, role: Role, means: Means, key: dict[str, str]) -> dict[str, str]:
    """What somebody of this role sends, signed in just now; `key` are the headers of a key."""
    if means == "key":
        return key
    person = Person(id=f"p-{role}", role=role, level="agent")
    kind = "browser" if means == "session" else "token"
    secret = begin_session(desk, person, "provider", kind=kind).secret
    if means == "token":
        return {"Authorization": f"Bearer {secret}"}
    ours = {"Origin": "http://127.0.0.1", "X-CSRF-Token": csrf_of(secret)}
    return ours | {"Cookie": f"assist={secret}"}


def test_every_route_is_open_or_needs_a_permission() -> None:
    left_out = [str(route) for route in CLOSED if route.name not in NEEDS]
    assert left_out == [], "say in assist/web/access.py what each needs"
    assert set(NEEDS) == {route.name for route in CLOSED}


def test_what_is_open_is_no_more_than_agreed() -> None:
    assert {str(route) for route in ROUTES if route not in CLOSED} == {
        "GET /healthz",
        "GET /readyz",
        "GET /openapi.json",
        "GET /problems/x",
        "GET /static/assist.css",
        "GET /sign-in",
        "POST /sign-in",
        "GET /sign-in/provider",
        "GET /sign-in/back",
        "GET /sign-in/link",
        "POST /sign-in/link",
        "GET /panel",
        "GET /panel/zendesk",
        "POST /panel/zendesk",
        "POST /v1/tokens/host",
        "POST /v1/hooks/x",
        "POST /v1/hooks/x/x",
    }


@pytest.mark.parametrize("route", [route for route in ROUTES if route not in CLOSED], ids=str)
def test_what_is_open_needs_no_key_and_minds_none(
    route: Asked, client: TestClient, sent: dict[str, dict[str, str]]
) -> None:
    for who in (*OPENS_NOTHING, "agent"):
        headers = sent[who] | {"Origin": "http://127.0.0.1"}
        answer = client.request(route.method, route.path, headers=headers)
        if route.path.startswith(WAYS_IN):  # they say themselves whom they do not let in
            assert "WWW-Authenticate" not in answer.headers
        else:
            assert answer.status_code not in (401, 403), who


@pytest.mark.parametrize("who", OPENS_NOTHING)
@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_without_a_valid_key_nobody_gets_in(
    route: Asked, who: str, client: TestClient, sent: dict[str, dict[str, str]]
) -> None:
    for method in (route.method, "OPTIONS", "HEAD", "DELETE"):
        answer = client.request(method, route.path, headers=sent[who], content=b"{")

        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="assist"'
    check_problem(client.request(route.method, route.path, headers=sent[who]), 401, "no valid key")


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_a_role_gets_as_far_as_the_table_says(
    route: Asked, role: Role, client: TestClient, desk: Desk, sent: dict[str, dict[str, str]]
) -> None:
    for means in get_args(Means):
        headers = headers_of(desk, role, means, sent[role])
        answer = client.request(route.method, route.path, headers=headers)
        if role in ROLES[NEEDS[route.name]]:
            assert answer.status_code not in (401, 403), answer.text
        else:
            check_problem(answer, 403, f"the role {role} may not {NEEDS[route.name]}")


def test_a_path_that_is_not_there_is_told_only_to_who_has_a_key(
    client: TestClient, sent: dict[str, dict[str, str]]
) -> None:
    check_problem(client.get("/v2/secrets"), 401)
    check_problem(client.get("/v2/secrets", headers=sent["qa"]), 404)


def test_the_document_says_which_operations_need_a_key(client: TestClient) -> None:
    document: dict[str, Any] = client.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for operation in methods.values():
            needs = not is_open(path.replace("{name}", "x"))
            assert ("security" in operation) == needs, path
            assert ({"401", "403"} <= operation["responses"].keys()) == needs, path
    key, session = document["components"]["securitySchemes"].values()
    assert (key["type"], key["scheme"]) == ("http", "bearer")
    assert (session["type"], session["in"]) == ("apiKey", "cookie")


def test_every_permission_is_that_of_some_route() -> None:
    assert set(NEEDS.values()) == set(Permission)


@pytest.mark.parametrize(
    "path",
    [
        "/problems/x/../../v1/policies",
        "/problems/%2e%2e/v1/policies",
        "/static/../v1/policies",
        "/static/%2e%2e/v1/policies",
        "//v1/policies",
        "/healthz/../v1/policies",
        "/healthz/",
        "/HEALTHZ",
    ],
)
def test_no_way_around_leads_through_what_is_open(
    path: str, client: TestClient, sent: dict[str, dict[str, str]]
) -> None:
    assert client.get("/v1/policies", headers=sent["nothing"]).status_code == 401
    assert client.get(path, headers=sent["nothing"]).status_code in (401, 404)


def test_no_session_that_is_over_and_none_of_another_workspace_gets_in_anywhere(
    client: TestClient, desk: Desk, postgres: EmbeddedPostgres
) -> None:
    elsewhere = Database(postgres.url, "test-access-matrix-other")
    others = replace(desk, parts=replace(desk.parts, sessions=PostgresSessions(elsewhere)))
    before = replace(desk, parts=replace(desk.parts, clock=FrozenClock(NOW - DAY)))
    admin = Person(id="p-1", role="admin", level="agent")
    ended = begin_session(desk, admin, "provider")
    desk.parts.sessions.end(ended.session.id, NOW)
    over = (
        ended,
        begin_session(others, admin, "provider"),
        begin_session(before, admin, "provider"),
        begin_session(before, admin, "provider", life=9 * DAY),  # idle since
    )
    for issued in over:
        for route in CLOSED:
            headers = {"Cookie": f"assist={issued.secret}", "Origin": "http://127.0.0.1"}
            headers["X-CSRF-Token"] = csrf_of(issued.secret)
            answer = client.request(route.method, route.path, headers=headers)
            assert answer.status_code == 401, (str(route), answer.text)
    elsewhere.close()


def test_nothing_is_changed_by_cookie_unless_a_page_of_ours_asks(
    client: TestClient, desk: Desk
) -> None:
    changing = [route for route in CLOSED if route.method not in ("GET", "HEAD")]
    assert len(changing) > 20
    for route in changing:
        ours = headers_of(desk, "admin", "session", {})
        for changed, words in (
            ({"Origin": "https://evil.example"}, "did not come from a page of this service"),
            ({"Origin": "null"}, "did not come from a page of this service"),
            ({"Sec-Fetch-Site": "cross-site"}, "did not come from a page of this service"),
            ({"Sec-Fetch-Site": "same-site"}, "did not come from a page of this service"),
            ({"X-CSRF-Token": "0" * 64}, "token is missing"),
        ):
            answer = client.request(route.method, route.path, headers=ours | changed, json={})
            if words == "token is missing" and answer.status_code in (413, 415, 422):
                continue  # refused before, for what it holds
            check_problem(answer, 403, words)

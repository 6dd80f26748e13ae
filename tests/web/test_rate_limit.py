"""One key or person may ask so often, and is told when to ask again."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.domain.doors import Doors, RateSettings, SignInSettings
from tests.web.checks import check_problem
from tests.web.visitors import ORIGIN, a_desk, browser, ring_of, signed_in

CALM = RateSettings(per_minute=5, suggestions_per_minute=2, sign_ins_per_minute=3)


def a_calm_desk(**changed: Any) -> Any:
    return a_desk(Doors(sign_in=SignInSettings(required=True), rate=CALM), **changed)


def by(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def asked(client: TestClient, times: int, headers: dict[str, str]) -> list[int]:
    return [client.get("/v1/cases", headers=headers).status_code for _ in range(times)]


def test_who_asks_too_often_is_told_when_to_ask_again() -> None:
    desk = a_calm_desk()
    secret = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        assert asked(client, 5, by(secret)) == [200] * 5
        refused = client.get("/v1/cases", headers=by(secret))
    problem = check_problem(refused, 429, "more than 5 requests a minute")
    assert problem["type"] == "/problems/too-often"
    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= 60
    assert refused.headers["ratelimit-policy"] == '"requests";q=5;w=60'
    assert refused.headers["ratelimit"] == f'"requests";r=0;t={wait}'


def test_each_key_has_a_limit_of_its_own_and_what_is_open_has_none() -> None:
    desk = a_calm_desk()
    ring = ring_of(desk)
    one, other = ring.create("agent").secret, ring.create("agent").secret
    with browser(desk) as client:
        assert asked(client, 6, by(one))[-1] == 429
        assert asked(client, 5, by(other)) == [200] * 5
        assert {client.get("/healthz").status_code for _ in range(20)} == {200}
        # Who is not known is told so, however often they ask: nothing is counted.
        assert asked(client, 10, by("ak_" + "A" * 43)) == [401] * 10


def test_suggestions_have_a_tighter_limit() -> None:
    desk = a_calm_desk()
    secret = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        answers = [
            client.post("/v1/suggestions", json={"text": "Hi."}, headers=by(secret))
            for _ in range(3)
        ]
        assert [answer.status_code for answer in answers] == [503, 503, 429]
        check_problem(answers[-1], 429, "more than 2 suggestions a minute")
        assert client.get("/v1/cases", headers=by(secret)).status_code == 200


def test_a_body_beyond_the_limit_is_not_read() -> None:
    desk = a_calm_desk()
    secret = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        asked(client, 5, by(secret))
        broken = client.post("/v1/search", content=b"{" * 2_000_000, headers=by(secret))
        assert broken.status_code == 429


def test_a_person_has_one_limit_in_the_browser_and_by_token() -> None:
    desk = a_calm_desk()
    secret = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        token = client.post("/v1/tokens", json={}, headers=by(secret)).json()["token"]
        signed_in(client, secret)
        assert asked(client, 2, {}) == [200] * 2
        assert asked(client, 3, by(token)) == [200, 200, 429]


def test_attempts_to_sign_in_count_together_and_leave_who_is_in_alone() -> None:
    desk = a_calm_desk()
    secret = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        signed_in(client, secret)
        tries = [client.post("/sign-in", data={"key": "x"}, headers=ORIGIN) for _ in range(2)]
        tries.append(client.post("/sign-in/link", data={"token": "x"}, headers=ORIGIN))
        assert [answer.status_code for answer in tries] == [401, 401, 429]
        check_problem(client.post("/v1/tokens/host", json={"token": "x"}), 429, "sign-ins a minute")
        assert client.get("/sign-in").status_code == 200
        assert client.get("/v1/cases").status_code == 200


def test_no_limit_is_none() -> None:
    rate = RateSettings(per_minute=0, suggestions_per_minute=0, sign_ins_per_minute=0)
    desk = a_desk(Doors(sign_in=SignInSettings(required=True), rate=rate))
    secret = ring_of(desk).create("agent").secret
    with browser(desk) as client:
        assert asked(client, 30, by(secret)) == [200] * 30


def test_where_nobody_needs_a_key_nobody_is_counted() -> None:
    with browser(a_desk(Doors(rate=CALM))) as client:
        assert asked(client, 10, {}) == [200] * 10


@pytest.mark.parametrize("operation", ["suggest", "list_cases"])
def test_the_document_says_so(operation: str) -> None:
    with browser(a_desk()) as client:
        paths = client.get("/openapi.json").json()["paths"]
    said = {one["operationId"]: one for methods in paths.values() for one in methods.values()}
    answer = said[operation]["responses"]["429"]
    assert set(answer["headers"]) == {"Retry-After", "RateLimit-Policy", "RateLimit"}
    assert "too-often" in answer["content"]["application/problem+json"]["examples"]

"""Short-lived tokens: made with a key or a session, or for what a helpdesk signed."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pydantic import SecretStr

from assist.adapters.host_tokens import SignedHostTokens
from assist.domain.doors import Doors, HostTokenSettings
from assist.errors import BadSetting
from assist.service.desk import Desk
from tests.builders import NOW
from tests.fakes import FrozenClock
from tests.web.checks import check_problem
from tests.web.visitors import ORIGIN, a_desk, browser, csrf_in, later, ring_of, signed_in

SECRET = "s3cret-of-the-helpdesk-in-32-bytes"  # noqa: S105 - of a helpdesk that is made up
RULES = HostTokenSettings(
    secret=SECRET,
    issuer="helpdesk",
    roles={"support": "agent", "leads": "lead", "staff": "agent"},
    levels={"leads": "lead"},
)
MINUTE = timedelta(minutes=1)
KEY = RSAKey.generate_key(2048)
PRIVATE, PUBLIC = KEY.as_pem(private=True).decode(), KEY.as_pem(private=False).decode()


def by(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def made(client: TestClient, secret: str, **asked: Any) -> Any:
    answer = client.post("/v1/tokens", json=asked, headers=by(secret))
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_token_opens_what_its_key_does_for_a_quarter_of_an_hour() -> None:
    desk = a_desk()
    issued = ring_of(desk).create("lead", level="lead")
    with browser(desk) as client:
        token = made(client, issued.secret)
        assert (token["role"], token["level"]) == ("lead", "lead")
        assert token["who"] == issued.key.id
        assert datetime.fromisoformat(token["expires_at"]) == NOW + 15 * MINUTE
        assert client.get("/v1/cases", headers=by(token["token"])).status_code == 200
    with browser(later(desk, FrozenClock(NOW + 15 * MINUTE))) as client:
        check_problem(client.get("/v1/cases", headers=by(token["token"])), 401, "is expired")


def test_a_token_can_open_and_grant_less_and_never_more() -> None:
    desk = a_desk()
    secret = ring_of(desk).create("lead", level="senior").secret
    with browser(desk) as client:
        less = made(client, secret, role="agent", level="agent", minutes=1)
        assert (less["role"], less["level"]) == ("agent", "agent")
        for asked in ({"role": "admin"}, {"role": "editor"}, {"level": "lead"}):
            refused = client.post("/v1/tokens", json=asked, headers=by(secret))
            assert check_problem(refused, 403)["where"] == next(iter(asked))
        check_problem(client.post("/v1/tokens", json={"minutes": 16}, headers=by(secret)), 422)
        again = client.post("/v1/tokens", json={}, headers=by(less["token"]))
        check_problem(again, 403, "a token makes no token")


def test_a_token_ends_with_its_key() -> None:
    desk = a_desk()
    ring = ring_of(desk)
    issued = ring.create("agent")
    with browser(desk) as client:
        token = made(client, issued.secret)["token"]
        ring.revoke(issued.key.id)
        check_problem(client.get("/v1/cases", headers=by(token)), 401, "is ended")


def test_a_signed_in_page_gets_a_token_for_what_it_shows_in_a_frame() -> None:
    desk = a_desk()
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("agent", note="Ana").secret)
        headers = ORIGIN | {"X-CSRF-Token": csrf_in(client.get("/inquiries"))}
        token = client.post("/v1/tokens", json={}, headers=headers).json()
        assert token["name"] == "Ana"
        check_problem(client.post("/v1/tokens", json={}, headers=ORIGIN), 403, "token is missing")


def test_where_nobody_needs_a_key_there_is_nobody_to_make_a_token_for() -> None:
    with browser(a_desk(Doors())) as client:
        check_problem(client.post("/v1/tokens", json={}), 403, "nobody needs a token")
        check_problem(client.get("/v1/cases", headers=by("at_" + "A" * 43)), 401, "no token")


def hosted(rules: HostTokenSettings = RULES) -> Desk:
    reader = SignedHostTokens(rules, FrozenClock(NOW))
    return a_desk(Doors(host_tokens=rules), host_tokens=reader)


def signed(key: Any = SECRET, algorithm: str = "HS256", **changed: Any) -> str:
    """A token as the helpdesk signs it; a claim of None is left out."""
    claims = {
        "iss": "helpdesk",
        "aud": "assist",
        "sub": "a-42",
        "name": "Ana",
        "groups": ["support"],
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + 5 * MINUTE).timestamp()),
        "jti": secrets.token_hex(8),
    } | changed
    kept = {name: value for name, value in claims.items() if value is not None}
    oct_key = OctKey.import_key(key) if isinstance(key, str) else key
    return jwt.encode({"alg": algorithm}, kept, oct_key, algorithms=[algorithm])


def exchanged(client: TestClient, token: str) -> Any:
    return client.post("/v1/tokens/host", json={"token": token})


def test_what_a_helpdesk_signed_is_exchanged_once() -> None:
    with browser(hosted()) as client:
        token = signed(groups=["support", "leads"])
        answer = exchanged(client, token)
        assert answer.status_code == 201, answer.text
        told = answer.json()
        assert (told["role"], told["level"], told["name"]) == ("lead", "lead", "Ana")
        assert client.get("/v1/cases", headers=by(told["token"])).status_code == 200
        check_problem(exchanged(client, token), 401, "was exchanged before")


def test_the_same_agent_is_the_same_person_each_time() -> None:
    with browser(hosted()) as client:
        whos = {exchanged(client, signed()).json()["who"] for _ in range(2)}
        other = exchanged(client, signed(sub="a-43")).json()["who"]
        assert len(whos) == 1
        assert other not in whos


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (lambda: signed("another-secret-of-thirty-two-bytes!"), "signature does not hold"),
        (lambda: signed(exp=int((NOW - 2 * MINUTE).timestamp())), "is expired"),
        (lambda: signed(exp=int((NOW + 60 * MINUTE).timestamp())), "lives too long"),
        (lambda: signed(exp=int(NOW.timestamp()) * 1000), "times cannot be read"),
        (lambda: signed(iat=int((NOW + 5 * MINUTE).timestamp())), "'iat'"),
        (lambda: signed(aud="other"), "'aud'"),
        (lambda: signed(iss="other"), "'iss'"),
        (lambda: signed(jti=None), "'jti'"),
        (lambda: signed(sub=None), "'sub'"),
        (lambda: signed(exp=None), "'exp'"),
        (lambda: signed(exp=float("nan")), "'exp'"),
        (lambda: signed(groups=["cleaners"]), "no group of theirs has a role here"),
        (lambda: signed(groups=None), "no group of theirs has a role here"),
        (lambda: _unsigned(signed()), "signature does not hold"),
        (lambda: "x.y.z", "signature does not hold"),
        (lambda: "ä" * 100, "signature does not hold"),
    ],
)
def test_what_does_not_hold_lets_nobody_in_and_is_not_repeated(token: Any, words: str) -> None:
    with browser(hosted()) as client:
        sent = token()
        answer = exchanged(client, sent)
        check_problem(answer, 401, words)
        assert sent not in answer.text


def _unsigned(token: str) -> str:
    """The same claims, by the algorithm `none`."""
    head = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    return ".".join((head, token.split(".")[1], ""))


def test_a_helpdesk_may_sign_by_its_own_key_and_its_public_key_signs_nothing() -> None:
    key, public = KEY, PUBLIC
    rules = RULES.model_copy(update={"secret": SecretStr(""), "public_key": public})
    with browser(hosted(rules)) as client:
        assert exchanged(client, signed(key, "RS256")).status_code == 201
        # Whoever has the public key takes it for a shared secret.
        body = ".".join(("eyJhbGciOiJIUzI1NiJ9", signed().split(".")[1]))
        mac = hmac.new(public.encode(), body.encode(), "sha256").digest()
        forged = f"{body}.{urlsafe_b64encode(mac).decode().rstrip('=')}"
        check_problem(exchanged(client, forged), 401, "signature does not hold")


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"secret": "short", "issuer": "helpdesk"}, "SECRET"),
        ({"secret": SECRET}, "ISSUER"),
        ({"secret": SECRET, "public_key": "x", "issuer": "helpdesk"}, "SECRET"),
        ({"public_key": "no key", "issuer": "helpdesk"}, "PUBLIC_KEY"),
        ({"public_key": PRIVATE, "issuer": "helpdesk"}, "PUBLIC_KEY"),
        ({"secret": PUBLIC, "issuer": "helpdesk"}, "SECRET"),
    ],
)
def test_settings_that_do_not_fit_are_named(changed: dict[str, str], name: str) -> None:
    with pytest.raises(BadSetting) as refused:
        SignedHostTokens(HostTokenSettings.model_validate(changed), FrozenClock(NOW))
    assert refused.value.where == f"ASSIST_HOST_TOKENS__{name}"
    assert SECRET not in str(refused.value)


def test_where_none_is_set_none_is_taken() -> None:
    with browser(a_desk()) as client:
        check_problem(exchanged(client, signed()), 404, "no tokens of a helpdesk are taken here")

"""Sign-in at a real OpenID provider, and at one that forges."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from assist.adapters.clock import SystemClock
from assist.adapters.oidc import OidcProvider
from assist.adapters.oidc_provider import KEPT, SOONEST
from assist.domain.doors import Doors, OidcSettings
from assist.errors import BadSetting, ProviderUnavailable, Unauthenticated
from tests.builders import NOW
from tests.contracts.identity_provider import IdentityProviderContract, Visit
from tests.fake_sessions import FakeProvider
from tests.fakes import FrozenClock
from tests.providers.forging_provider import (
    BACK,
    NONCE,
    SECRET,
    VERIFIER,
    Forging,
    forging_provider,
)
from tests.providers.running import RealProvider, real_provider
from tests.web.test_pages import Page
from tests.web.visitors import PAGE, a_desk, browser

ASKED = {"back": BACK, "nonce": NONCE, "verifier": VERIFIER}
WRONG_KEY = RSAKey.generate_key(2_048, {"kid": "k1"}, auto_kid=True)


@pytest.fixture(scope="module")
def real(shared_folder: Path) -> Iterator[RealProvider]:
    with real_provider(shared_folder) as provider:
        yield provider


@pytest.fixture
def forging() -> Iterator[Forging]:
    with forging_provider() as provider:
        yield provider


class TestOidcProvider(IdentityProviderContract):
    @pytest.fixture
    def provider(self, real: RealProvider) -> Iterator[OidcProvider]:
        provider = OidcProvider(real.settings(), SystemClock())
        yield provider
        provider.close()

    @pytest.fixture
    def visit(self, real: RealProvider) -> Visit:
        return real.visit


class TestFakeProvider(IdentityProviderContract):
    @pytest.fixture
    def provider(self) -> FakeProvider:
        return FakeProvider(code={"sub": "1", "name": "Ana"})

    @pytest.fixture
    def visit(self) -> Visit:
        return lambda _address: {"code": "code", "state": "s" * 43}


def at_real(real: RealProvider, **changed: Any) -> Any:
    """A desk whose people sign in at the real provider."""
    settings = real.settings(**changed)
    provider = OidcProvider(settings, SystemClock())
    return a_desk(Doors(oidc=settings), provider=provider, clock=SystemClock())


def test_somebody_signs_in_at_a_real_provider_with_the_role_of_their_group(
    real: RealProvider,
) -> None:
    desk = at_real(real)
    with browser(desk) as client:
        assert client.get("/inquiries", headers=PAGE).headers["location"].startswith("/sign-in?")
        begun = client.get("/sign-in/provider", params={"next": "/inquiries?weeks=2"})
        assert begun.status_code == 303
        came = real.visit(begun.headers["location"])
        back = client.get("/sign-in/back", params=came, headers={"Sec-Fetch-Site": "cross-site"})
        assert (back.status_code, back.headers["location"]) == (303, "/inquiries?weeks=2")
        page = Page(client.get("/sign-in").text)
        assert "Signed in as Ana" in page.texts["h2"]
        assert "Role lead" in page.texts["p"]
        (session,) = desk.parts.sessions.listed()
        assert (session.person.level, session.means) == ("lead", "provider")
        assert session.person.id.startswith("p-")

        # What came back once opens nothing again, with the browser's cookie or without.
        assert client.get("/sign-in/back", params=came).status_code == 401
    desk.parts.provider.close()


def test_who_has_no_role_here_is_told_and_not_let_in(real: RealProvider) -> None:
    desk = at_real(real)
    with browser(desk) as client:
        begun = client.get("/sign-in/provider")
        refused = client.get("/sign-in/back", params=real.visit(begun.headers["location"], "cleo"))
        assert refused.status_code == 403
        assert "no group of theirs has a role here" in refused.text
        assert desk.parts.sessions.listed() == ()
    desk.parts.provider.close()


def test_a_sign_in_that_another_browser_began_is_refused(real: RealProvider) -> None:
    desk = at_real(real)
    with browser(desk) as attacker:
        came = real.visit(attacker.get("/sign-in/provider").headers["location"])
    with browser(desk) as victim:
        victim.get("/sign-in/provider")
        for params in (came, came | {"state": "x"}, {"code": came["code"]}, {}):
            assert victim.get("/sign-in/back", params=params).status_code == 401
        assert desk.parts.sessions.listed() == ()
    desk.parts.provider.close()


def test_what_the_provider_has_against_somebody_is_shown_as_text(real: RealProvider) -> None:
    desk = at_real(real)
    with browser(desk) as client:
        refused = client.get("/sign-in/back", params={"error": "<script>alert(1)</script>"})
        assert refused.status_code == 401
        assert "<script>" not in refused.text
    desk.parts.provider.close()


def identified(forging: Forging, at: timedelta = timedelta(0)) -> Any:
    provider = OidcProvider(forging.settings(), FrozenClock(NOW + at))
    try:
        return provider.identify(code="c", **ASKED)
    finally:
        provider.close()


def test_the_forging_provider_is_believed_as_long_as_it_does_not_forge(forging: Forging) -> None:
    assert identified(forging).subject == "42"
    assert identified(forging, timedelta(minutes=5, seconds=59)).subject == "42"


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"nonce": "m" * 43}, "'nonce'"),
        ({"nonce": None}, "'nonce'"),
        ({"exp": int(NOW.timestamp()) - 61}, "'exp'"),
        ({"exp": None}, "'exp'"),
        ({"iat": int(NOW.timestamp()) + 61}, "'iat'"),
        ({"aud": "another"}, "'aud'"),
        ({"aud": ["assist", "another"]}, "'azp'"),
        ({"azp": "another"}, "'azp'"),
        ({"iss": "https://another.example"}, "'iss'"),
        ({"sub": None}, "'sub'"),
        ({"at_hash": "x"}, "'at_hash'"),
    ],
)
def test_a_claim_that_does_not_hold_lets_nobody_in_and_is_named(
    forging: Forging, claims: dict[str, Any], words: str
) -> None:
    forging.claims |= claims
    with pytest.raises(Unauthenticated, match=words):
        identified(forging)


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ({"alg": "none"}, None),
        ({"alg": "HS256"}, OctKey.import_key(SECRET)),
        ({"alg": "RS256", "kid": "k1"}, WRONG_KEY),
        ({"alg": "RS256", "kid": "k2"}, WRONG_KEY),
        ({"alg": "RS256", "kid": "k1", "jwk": WRONG_KEY.as_dict(private=False)}, WRONG_KEY),
    ],
)
def test_a_signature_that_is_not_the_providers_lets_nobody_in(
    forging: Forging, head: dict[str, Any], key: Any
) -> None:
    forging.head, forging.signs_by = head, key
    with pytest.raises(Unauthenticated, match="signature does not hold"):
        identified(forging)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", (404, b"")),
        ("/.well-known/openid-configuration", (200, b"<html>")),
        ("/.well-known/openid-configuration", (200, b"[]")),
        ("/.well-known/openid-configuration", (200, b'{"x": "' + b"x" * 600_000 + b'"}')),
        ("/.well-known/openid-configuration", (302, b"")),
        ("/keys", (500, b"")),
        ("/keys", (200, b'{"keys": "x"}')),
        ("/keys", (200, b'{"keys": [{"kty": "RSA"}]}')),
        ("/token", (503, b"")),
        ("/token", (200, b"<html>")),
        ("/token", (200, b'{"access_token": "a"}')),
    ],
)
def test_a_provider_that_is_broken_is_unavailable_and_the_cure_is_told(
    forging: Forging, path: str, answer: tuple[int, bytes]
) -> None:
    forging.answers[path] = answer
    with pytest.raises(ProviderUnavailable) as failed:
        identified(forging)
    assert failed.value.where == "ASSIST_OIDC__ISSUER"
    assert failed.value.cure
    assert SECRET not in str(failed.value)


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": "http://login.example.org/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
    ],
)
def test_a_provider_that_is_not_what_it_should_be_is_not_asked(
    forging: Forging, said: dict[str, Any]
) -> None:
    forging.discovery |= said
    with pytest.raises(ProviderUnavailable):
        identified(forging)
    assert "/token" not in forging.asked


def test_a_provider_that_is_not_there_is_unavailable() -> None:
    settings = OidcSettings(issuer="http://127.0.0.1:1", client_id="assist")
    provider = OidcProvider(settings, FrozenClock(NOW))
    with pytest.raises(ProviderUnavailable, match="does not answer"):
        provider.address(state="s", **ASKED)
    provider.close()


def test_what_it_says_of_itself_is_asked_once_an_hour_and_keys_for_a_new_one(
    forging: Forging,
) -> None:
    clock = FrozenClock(NOW)
    provider = OidcProvider(forging.settings(), clock)

    def asked_for(path: str) -> int:
        return forging.asked.count(path)

    for _ in range(3):
        provider.identify(code="c", **ASKED)
    assert (asked_for("/.well-known/openid-configuration"), asked_for("/keys")) == (1, 1)

    # Keys that are made up do not have us ask without end.
    forging.head = {"alg": "RS256", "kid": "k2"}
    for _ in range(3):
        with pytest.raises(Unauthenticated):
            provider.identify(code="c", **ASKED)
    assert asked_for("/keys") == 1

    forging.key = forging.signs_by = RSAKey.generate_key(2_048, {"kid": "k2"}, auto_kid=True)
    provider.close()
    later = OidcProvider(forging.settings(), clock)
    later._provider._keys = provider._provider._keys
    later._clock = later._provider._clock = FrozenClock(NOW + SOONEST)
    assert later.identify(code="c", **ASKED).subject == "42"
    assert asked_for("/keys") == 2
    later.close()
    assert KEPT > SOONEST


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"issuer": "http://login.example.org"}, "ISSUER"),
        ({"issuer": "login.example.org"}, "ISSUER"),
        ({"client_id": ""}, "CLIENT_ID"),
        ({"scopes": "profile"}, "SCOPES"),
    ],
)
def test_settings_that_do_not_fit_are_named(changed: dict[str, str], name: str) -> None:
    said = {"issuer": "https://login.example.org", "client_id": "assist"} | changed
    with pytest.raises(BadSetting) as refused:
        OidcProvider(OidcSettings.model_validate(said), FrozenClock(NOW))
    assert refused.value.where == f"ASSIST_OIDC__{name}"


def test_a_provider_that_fails_is_told_on_the_page(forging: Forging) -> None:
    forging.answers["/.well-known/openid-configuration"] = (500, b"")
    settings = forging.settings()
    provider = OidcProvider(settings, FrozenClock(NOW))
    desk = a_desk(Doors(oidc=settings), provider=provider)
    with browser(replace(desk)) as client:
        failed = client.get("/sign-in/provider")
        assert failed.status_code == 503
        assert "What helps" in failed.text
    provider.close()

"""`IdentityProvider`: any OpenID Connect provider, by authorization code with PKCE, by authlib."""

import base64
import binascii
import json
from typing import Any

import httpx
from authlib.common.urls import url_decode
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError

from assist.adapters.oidc_provider import Discovered, Provider, unfit
from assist.adapters.signed import read_signed, refused
from assist.domain.doors import LEEWAY, OidcSettings, safe_url
from assist.domain.sign_in import Identity
from assist.errors import BadSetting, Unauthenticated
from assist.ports import Clock

TIMEOUT = 10.0
"""Seconds: somebody waits before a button."""
AGAIN = "begin again at /sign-in"


class OidcProvider:
    """One provider. Raises `BadSetting` where the settings do not fit; asks it only when used."""

    def __init__(self, settings: OidcSettings, clock: Clock) -> None:
        if not safe_url(settings.issuer):
            raise _bad("ISSUER", "is not encrypted", "use https, or http on this machine")
        if not settings.client_id:
            raise _bad("CLIENT_ID", "is missing", "register this service at the provider")
        if "openid" not in settings.scopes.split():
            raise _bad("SCOPES", "lacks openid", "add it: without it nobody says who it is")
        self._settings = settings
        self._clock = clock
        # What the surroundings say of proxies is not taken: secrets pass here.
        self._http = httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)
        self._provider = Provider(settings.issuer, self._http, clock)

    def address(self, *, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where to send a browser. Raises `ProviderUnavailable`."""
        found = self._provider.discovered()
        client = self._client(found, back)
        address, _ = client.create_authorization_url(
            found.authorization_endpoint, state=state, code_verifier=verifier, nonce=nonce
        )
        return str(address)

    def identify(self, *, code: str, back: str, nonce: str, verifier: str) -> Identity:
        """Whose code it is. Raises `Unauthenticated`, `ProviderUnavailable`."""
        found = self._provider.discovered()
        token = self._fetched(found, code, back, verifier)
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise unfit("it sent no id_token")
        claims = self._checked(found, id_token, nonce, token.get("access_token"))
        return Identity(issuer=claims["iss"], subject=claims["sub"], claims=dict(claims))

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def _fetched(self, found: Discovered, code: str, back: str, verifier: str) -> dict[str, Any]:
        """What the token endpoint gives for the code."""
        client = self._client(found, back)
        try:
            token = client.fetch_token(
                found.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                auth=_Authenticated(client.client_auth(client.token_endpoint_auth_method)),
            )
        except OAuth2Error as error:
            problem = f"the provider does not take the code ({str(error.error)[:100]})"
            raise Unauthenticated(problem, cure=AGAIN) from error
        except httpx.HTTPError as error:
            raise unfit(f"its token endpoint fails: {type(error).__name__}") from error
        except ValueError as error:
            raise unfit("its token endpoint answers what is no JSON object") from error
        return dict(token)

    def _checked(
        self, found: Discovered, id_token: str, nonce: str, access_token: object
    ) -> CodeIDToken:
        """The claims of a token that is signed, for us, for this sign-in, and not over."""
        keys = self._provider.keys(_kid(id_token))
        read = read_signed(id_token, keys, found.algorithms)
        client_id = self._settings.client_id
        must: dict[str, Any] = {"essential": True}
        options = {
            "iss": must | {"value": self._settings.issuer},
            "aud": must | {"value": client_id},
        }
        params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
        claims = CodeIDToken(read.claims, read.header, options, params)
        try:
            claims.validate(
                now=int(self._clock.now().timestamp()), leeway=int(LEEWAY.total_seconds())
            )
        except JoseError as error:
            claim = getattr(error, "claim", None)
            named = f"its claim {claim!r}" if claim else type(error).__name__
            refused(f"what the provider says of you does not hold: {named}", error)
        return claims

    def _client(self, found: Discovered, back: str) -> OAuth2Client:
        secret = self._settings.client_secret.get_secret_value() or None
        return _Client(
            session=self._http,
            client_id=self._settings.client_id,
            client_secret=secret,
            token_endpoint_auth_method=found.auth_method if secret else "none",
            scope=self._settings.scopes,
            redirect_uri=back,
            code_challenge_method="S256",
        )


class _Refused(OAuth2Error):  # type: ignore[misc]  # authlib has no types
    """What the provider says against a code; its own words, which may hold anything, left out."""

    def __init__(self, error: str, description: object = None) -> None:  # noqa: ARG002 - its words
        super().__init__(error=error)


class _Client(OAuth2Client):  # type: ignore[misc]  # authlib has no types
    oauth_error_class = _Refused


class _Authenticated(httpx.Auth):
    """Says who we are in a request to the token endpoint, as authlib writes it."""

    requires_request_body = True

    def __init__(self, auth: ClientAuth) -> None:
        self._auth = auth

    def auth_flow(self, request: httpx.Request) -> Any:
        """The request with our name, and our secret where we have one."""
        headers = dict(request.headers)
        url, headers, body = self._auth.prepare(
            request.method, str(request.url), headers, request.content.decode()
        )
        headers.pop("content-length", None)
        yield httpx.Request(request.method, url, headers=headers, data=dict(url_decode(body)))


def _kid(token: str) -> str | None:
    """The id of the key that a token says it is signed with; nothing of it is believed."""
    head = token.partition(".")[0]
    try:
        said = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return None
    kid = said.get("kid") if isinstance(said, dict) else None
    return kid if isinstance(kid, str) else None


def _bad(name: str, problem: str, cure: str) -> BadSetting:
    return BadSetting(problem, where=f"ASSIST_OIDC__{name}", cure=cure)

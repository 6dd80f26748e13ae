"""What an OpenID provider says of itself: its addresses and its keys, asked for and kept."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assist.domain.doors import safe_url
from assist.errors import ProviderUnavailable
from assist.ports import Clock

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT = timedelta(hours=1)
"""How long what it says is kept. A provider announces a new key before it signs with it."""
SOONEST = timedelta(seconds=30)
"""How soon its keys are asked for again for a key that we do not know: else whoever makes one up
could have us ask without end."""
MOST_BYTES = 512_000
WHERE = "ASSIST_OIDC__ISSUER"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Those with a public key. By HS256 whoever knows our secret could sign; `none` signs nothing."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What the discovery document says."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    algorithms: tuple[str, ...]
    auth_method: str | None


class Provider:
    """One provider, asked over one HTTP client. Thread-safe."""

    def __init__(self, issuer: str, client: httpx.Client, clock: Clock) -> None:
        self._issuer = issuer
        self._client = client
        self._clock = clock
        self._lock = threading.Lock()
        self._discovered: tuple[datetime, Discovered] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def discovered(self) -> Discovered:
        """Its addresses. Raises `ProviderUnavailable`."""
        with self._lock:
            now = self._clock.now()
            if self._discovered is None or now - self._discovered[0] >= KEPT:
                self._discovered = (now, self._discover())
            return self._discovered[1]

    def keys(self, kid: str | None) -> KeySet:
        """Its keys; asked for again where none has this id. Raises `ProviderUnavailable`."""
        address = self.discovered().jwks_uri
        with self._lock:
            now = self._clock.now()
            if self._keys is None or self._is_old(self._keys, now, kid):
                self._keys = (now, _key_set(self.asked(lambda: self._client.get(address))))
            return self._keys[1]

    def asked(self, ask: Callable[[], httpx.Response]) -> dict[str, Any]:
        """The JSON object that it answers with. Raises `ProviderUnavailable`."""
        try:
            answer = ask()
            answer.raise_for_status()
            found = answer.json() if len(answer.content) <= MOST_BYTES else None
        except httpx.HTTPStatusError as error:
            raise unfit(f"it answered {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise unfit(f"it does not answer: {type(error).__name__}") from error
        except ValueError as error:
            raise unfit("its answer is no JSON") from error
        if not isinstance(found, dict):
            raise unfit("its answer is no JSON object, or too large")
        return found

    def _is_old(self, kept: tuple[datetime, KeySet], now: datetime, kid: str | None) -> bool:
        age = now - kept[0]
        unknown = kid is not None and all(key.kid != kid for key in kept[1])
        return age >= KEPT or (unknown and age >= SOONEST)

    def _discover(self) -> Discovered:
        address = self._issuer.rstrip("/") + WELL_KNOWN
        said = self.asked(lambda: self._client.get(address))
        if said.get("issuer") != self._issuer:
            raise unfit(f"it calls itself {str(said.get('issuer'))[:200]!r}, not {self._issuer!r}")
        for name in ENDPOINTS:
            if not isinstance(said.get(name), str) or not safe_url(said[name]):
                raise unfit(f"its {name} is missing, or not encrypted")
        offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
        algorithms = tuple(name for name in ALGORITHMS if name in offered)
        if not algorithms:
            raise unfit(f"it signs by none of {', '.join(ALGORITHMS)}")
        methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        known = ("client_secret_basic", "client_secret_post")
        return Discovered(
            authorization_endpoint=said["authorization_endpoint"],
            token_endpoint=said["token_endpoint"],
            jwks_uri=said["jwks_uri"],
            algorithms=algorithms,
            auth_method=next((name for name in known if name in methods), None),
        )


def unfit(problem: str) -> ProviderUnavailable:
    """The provider is not there, or not what it should be."""
    cure = "see whether the provider runs, and whether ASSIST_OIDC__ISSUER is what it calls itself"
    return ProviderUnavailable(f"the sign-in provider: {problem}", where=WHERE, cure=cure)


def _key_set(said: dict[str, Any]) -> KeySet:
    try:
        return KeySet.import_key_set({"keys": list(said["keys"])})
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise unfit("its keys cannot be read") from error

"""A provider over real HTTP that says what a test has it say: forged tokens, broken answers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from assist.domain.doors import OidcSettings
from tests.builders import NOW

NONCE, VERIFIER = "n" * 43, "v" * 64
BACK = "http://127.0.0.1/sign-in/back"
SECRET = "secret-of-assist-at-the-provider"  # noqa: S105 - at a provider that is made up


class Forging:
    """What it says; a test changes it. `asked` are the paths it was asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.key = RSAKey.generate_key(2_048, {"kid": "k1"}, auto_kid=True)
        self.signs_by: Any = self.key
        self.head: dict[str, Any] = {"alg": "RS256", "kid": "k1"}
        self.claims: dict[str, Any] = {
            "iss": address,
            "aud": "assist",
            "sub": "42",
            "nonce": NONCE,
            "iat": int(NOW.timestamp()),
            "exp": int(NOW.timestamp()) + 300,
            "groups": ["support"],
        }
        self.discovery: dict[str, Any] = {
            "issuer": address,
            "authorization_endpoint": f"{address}/authorize",
            "token_endpoint": f"{address}/token",
            "jwks_uri": f"{address}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.asked: list[str] = []

    def settings(self, **changed: object) -> OidcSettings:
        """Ours for it."""
        said = {
            "issuer": self.address,
            "client_id": "assist",
            "client_secret": SECRET,
            "roles": {"support": "agent"},
        }
        return OidcSettings.model_validate(said | changed)

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        said: Any = {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": {"keys": [self.key.as_dict(private=False)]},
        }.get(path)
        if path == "/token":
            said = {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}
        return (404, b"{}") if said is None else (200, json.dumps(said).encode())

    def id_token(self) -> str:
        """Signed as the head says."""
        claims = {name: value for name, value in self.claims.items() if value is not None}
        algorithm = self.head["alg"]
        if algorithm == "none":
            key = OctKey.generate_key()
            body = jwt.encode({"alg": "HS256"}, claims, key).split(".")[1]
            return f"eyJhbGciOiJub25lIn0.{body}."
        return jwt.encode(self.head, claims, self.signs_by, algorithms=[algorithm])


@contextmanager
def forging_provider() -> Iterator[Forging]:
    """It serves until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = forging.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - as it is called there

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        forging = Forging(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield forging
        finally:
            server.shutdown()
            thread.join()

"""The real provider, started and ended; and a browser in front of it."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assist.domain.doors import OidcSettings

BACK = "http://127.0.0.1/sign-in/back"
CLIENT_ID, CLIENT_SECRET = "assist", "secret-of-assist-at-the-provider"
PASSWORD = "correct horse"  # noqa: S105 - of people who are made up


@dataclass(frozen=True)
class RealProvider:
    """A running provider."""

    address: str

    def settings(self, **changed: object) -> OidcSettings:
        """Ours for it: support comes in as agents, leads as leads."""
        said = {
            "issuer": f"{self.address}/o",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "roles": {"support": "agent", "leads": "lead"},
            "levels": {"leads": "lead"},
        }
        return OidcSettings.model_validate(said | changed)

    def visit(self, address: str, name: str = "ana") -> dict[str, str]:
        """Go there, log in, and tell what the provider sends back: `code` and `state`."""
        with httpx.Client(timeout=60) as browser:
            login = browser.get(address).headers["location"]
            form = {"name": name, "password": PASSWORD}
            onward = browser.post(f"{self.address}{login}", data=form)
            back = browser.get(f"{self.address}{onward.headers['location']}")
        assert back.headers["location"].startswith(BACK), back.text
        query = parse_qs(urlsplit(back.headers["location"]).query)
        return {key: values[0] for key, values in query.items()}


@contextmanager
def real_provider(folder: Path) -> Iterator[RealProvider]:
    """django-oauth-toolkit, until the block ends; skips where it is not installed."""
    if importlib.util.find_spec("oauth2_provider") is None:
        pytest.skip("django-oauth-toolkit is not installed: pip install 'assist-desk[dev]'")
    command = [sys.executable, "-m", "tests.providers.django_provider", str(folder), BACK]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            port = process.stdout.readline().strip()
            assert port, "the provider did not start"
            yield RealProvider(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(timeout=60)

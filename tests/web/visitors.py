"""Browsers at a service that asks everybody to sign in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from assist.domain.doors import Doors, SignInSettings
from assist.service.desk import Desk
from assist.service.keyring import Keyring
from assist.web.app import create_app
from tests.fakes import FrozenClock
from tests.service.parts import some_parts

HERE = "http://127.0.0.1"
ORIGIN = {"Origin": HERE}
PAGE = {"Accept": "text/html,application/xhtml+xml"}
CLOSED = Doors(sign_in=SignInSettings(required=True))


def a_desk(doors: Doors = CLOSED, **chosen: Any) -> Desk:
    """Nothing is ingested; stores are in memory."""
    return Desk(parts=some_parts(**chosen), records_for=lambda _files: None, doors=doors)


def ring_of(desk: Desk) -> Keyring:
    """Makes keys for a desk."""
    return Keyring(desk.parts.keys, desk.parts.knowledge, desk.parts.clock, desk.parts.audit)


@contextmanager
def browser(desk: Desk, base: str = HERE) -> Iterator[TestClient]:
    """It keeps cookies, and does not follow where it is sent."""
    with TestClient(
        create_app(desk), base, raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield client


def signed_in(client: TestClient, key: str, then: str = "/inquiries") -> Response:
    """Paste a key into the page."""
    form = {"key": key, "next": then}
    return client.post("/sign-in", data=form, headers=ORIGIN | PAGE)


def csrf_in(page: Response) -> str:
    """The token that the forms of a page send along."""
    found = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert found, page.text
    return found.group(1)


def later(desk: Desk, clock: FrozenClock) -> Desk:
    """The same desk at another time."""
    return replace(desk, parts=replace(desk.parts, clock=clock))

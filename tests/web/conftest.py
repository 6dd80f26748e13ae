"""The sample company's service, reached as a browser or a helpdesk reaches it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.service.parts import some_parts


@pytest.fixture(scope="session")
def client(fennwick: Desk) -> Iterator[TestClient]:
    """All parts real."""
    with TestClient(create_app(fennwick), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def empty_client() -> Iterator[TestClient]:
    """A desk that nothing was ingested into."""
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client

"""An empty database of the test server."""

from collections.abc import Iterator
from itertools import count

import psycopg
import pytest
from sqlalchemy import make_url

NUMBERS = count(1)


@pytest.fixture
def empty_url(postgres) -> Iterator[str]:
    """The URL of a database without tables."""
    name = f"empty_{next(NUMBERS)}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield make_url(postgres.url).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

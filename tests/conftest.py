"""What tests share: one embedded PostgreSQL per test process, a fresh workspace per test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.compiled_models import compiled_models

WORKSPACES = count(1)
KB_CORPUS = Path(__file__).parent.parent / "kb_corpus"

# One compiled model for all homes of a test run: compiling takes seconds. Commands inherit it.
os.environ.setdefault("ASSIST_COMPILED", str(compiled_models()))

# The same examples on every machine; how fast a shared machine is says nothing about the code.
settings.register_profile("fixed", derandomize=True, deadline=None, print_blob=False)
settings.load_profile("fixed")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for embedded state. Not `tmp_path`, which PostgreSQL's own user cannot reach."""
    yield from _open_folder()


@pytest.fixture(scope="module")
def shared_folder() -> Iterator[Path]:
    """Such a folder for a whole file of tests."""
    yield from _open_folder()


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A running server with the tables of this release."""
    for folder in _open_folder():
        with EmbeddedPostgres.start(folder) as server:
            database = Database(server.url)
            database.migrate()
            database.close()
            yield server


@pytest.fixture
def database(postgres: EmbeddedPostgres) -> Iterator[Database]:
    """The real database, in a workspace that nobody used before."""
    database = Database(postgres.url, f"test-{next(WORKSPACES)}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def fennwick() -> Iterator[Desk]:
    """The sample company's desk, all parts real: read once per test process, never changed."""
    for folder in _open_folder():
        with opened(Settings(home=folder)) as desk:
            desk.ingest(KB_CORPUS, progress=silent)
            yield desk


def _open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="assist-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)

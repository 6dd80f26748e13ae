"""The embedded PostgreSQL on a disk that fills up: a small file system of its own."""

import os
import subprocess

import pytest

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.errors import DiskFull, StoreUnavailable
from tests.contracts.knowledge_store import HUB, publish
from tests.contracts.store_builders import a_document, a_generation


@pytest.fixture
def small_disk(home):
    """A disk of 60 MB."""
    disk = home / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m,mode=711", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk needs root and a kernel that lets it")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_is_named_and_the_old_generation_still_serves(small_disk):
    with EmbeddedPostgres.start(small_disk) as server:
        database = Database(server.url)
        database.migrate()
        store = PostgresKnowledge(database)
        publish(store, 1)
        large = [a_document(f"d{number}", os.urandom(500_000).hex()) for number in range(60)]
        # Where it is the journal that finds no room, PostgreSQL stops rather than go on without.
        with pytest.raises((DiskFull, StoreUnavailable), match=r"No space left|closed the conn"):
            store.stage(a_generation(2), large, [], {})
        database.close()
    with EmbeddedPostgres.start(small_disk) as server:
        database = Database(server.url)
        assert PostgresKnowledge(database).current() == a_generation(1)
        assert PostgresKnowledge(database).documents("g1") == (HUB,)
        database.close()


def test_a_disk_without_room_for_a_database_is_named(small_disk):
    (small_disk / "filler").write_bytes(b"x" * 50_000_000)
    with pytest.raises(DiskFull, match="free some"):
        EmbeddedPostgres.start(small_disk)

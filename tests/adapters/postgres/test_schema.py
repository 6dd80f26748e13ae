"""Migrations run once, whoever else runs them, and come with the package."""

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from assist.adapters.postgres import schema
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.errors import StoreUnavailable
from tests.contracts.knowledge_store import HUB, publish

ROOT = Path(__file__).parents[3]
MIGRATE = """
import sys
from assist.adapters.postgres.database import Database
database = Database(sys.argv[1])
sys.stdin.read(1)
database.migrate()
"""


@pytest.fixture
def config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("assist.migrations")))
    return config


def test_head_is_the_newest_migration(config):
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_migrating_again_changes_nothing(empty_url):
    database = Database(empty_url)
    database.migrate()
    publish(PostgresKnowledge(database))
    database.migrate()
    assert PostgresKnowledge(database).documents("g1") == (HUB,)
    database.close()


def test_a_new_database_has_the_default_workspace_only(empty_url):
    database = Database(empty_url)
    database.migrate()
    with database._engine.connect() as connection:
        names = connection.execute(text("SELECT workspace_id FROM workspaces")).scalars().all()
    assert names == ["default"]
    database.close()


def test_two_processes_that_migrate_at_once_both_succeed(empty_url):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_url],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": "."},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        process.stdin.write(b"x")
        process.stdin.flush()
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    database = Database(empty_url)
    publish(PostgresKnowledge(database))
    database.close()


def test_tables_of_a_newer_release_are_refused_with_the_cure(empty_url):
    database = Database(empty_url)
    database.migrate()
    with database._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match=r"9999.*newer release"):
        database.migrate()
    database.close()


def test_a_failed_migration_leaves_no_table(empty_url):
    database = Database(empty_url)
    with database._engine.begin() as connection:
        connection.execute(text("CREATE TABLE suggestions (mine int)"))
    with pytest.raises(StoreUnavailable, match="already exists"):
        database.migrate()
    with database._engine.connect() as connection:
        assert schema.version(connection) is None
        assert connection.execute(text("SELECT to_regclass('workspaces')")).scalar() is None
    database.close()


def test_the_first_migration_can_be_undone(empty_url, config):
    database = Database(empty_url)
    database.migrate()
    with database._engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert connection.execute(text("SELECT to_regclass('workspaces')")).scalar() is None
    database.migrate()
    database.close()


def test_an_owner_who_is_no_superuser_migrates_and_is_held_by_security_too(empty_url):
    admin = create_engine(empty_url.replace("postgresql:", "postgresql+psycopg:", 1))
    with admin.begin() as connection:
        connection.execute(text("CREATE ROLE tenant LOGIN"))
        connection.execute(text("GRANT assist_app TO tenant"))
        connection.execute(text("GRANT CREATE ON SCHEMA public TO tenant"))
    database = Database(empty_url.replace("postgres@", "tenant@", 1))
    database.migrate()
    publish(PostgresKnowledge(database))
    with database._engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar() == "tenant"
        assert connection.execute(text("SELECT count(*) FROM documents")).scalar() == 0
    database.close()
    with admin.begin() as connection:
        connection.execute(text("DROP OWNED BY tenant"))
        connection.execute(text("DROP ROLE tenant"))
    admin.dispose()

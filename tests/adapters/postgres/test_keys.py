"""API keys in PostgreSQL keep the contract of their port, each workspace its own."""

import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.keys import PostgresKeys
from assist.errors import NotFound, StoreUnavailable
from assist.service.keyring import Keyring
from tests.contracts.key_store import KeyStoreContract, a_digest, a_key
from tests.contracts.store_builders import NOON
from tests.fakes import FrozenClock, InMemoryKnowledge


class TestPostgresKeys(KeyStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresKeys(database)


def test_two_workspaces_do_not_see_each_others_keys(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresKeys(database), PostgresKeys(other)
    ours.add(a_key(), a_digest())

    assert (theirs.find(a_digest()), theirs.listed(), theirs.guarded()) == (None, (), False)
    with pytest.raises(NotFound):
        theirs.revoke("k-1", NOON)
    theirs.used("k-1", NOON)
    assert ours.listed() == (a_key(),)
    other.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE api_keys SET role = 'admin'",
        "UPDATE api_keys SET level = 'manager'",
        "UPDATE api_keys SET expires_at = NULL",
        "UPDATE api_keys SET digest = digest",
        "DELETE FROM api_keys",
    ],
)
def test_the_application_can_neither_raise_a_key_nor_delete_one(database, statement):
    PostgresKeys(database).add(a_key(), a_digest())
    with database._engine.connect() as connection:
        database._enter(connection)
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(statement))


@pytest.mark.parametrize("digest", [b"", b"x" * 31, b"ak_secret"])
def test_what_is_no_hash_is_not_kept(database, digest):
    with pytest.raises(StoreUnavailable, match="check constraint"):
        PostgresKeys(database).add(a_key(), digest)


def test_the_database_holds_the_hash_and_not_the_secret(database):
    ring = Keyring(PostgresKeys(database), InMemoryKnowledge(), FrozenClock(NOON))
    secret = ring.create("admin", note="for the test").secret

    with database.connect() as connection:
        rows = connection.execute(text("SELECT *, CAST(api_keys AS text) AS whole FROM api_keys"))
        (row,) = rows.mappings()
    assert bytes(row["digest"]) == hashlib.sha256(secret.encode()).digest()
    assert secret.removeprefix("ak_") not in row["whole"]

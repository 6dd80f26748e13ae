"""Sessions and the audit log in PostgreSQL keep the contracts of their ports."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.sessions import PostgresSessions
from assist.domain.audit import AuditQuery
from assist.errors import NotFound, StoreUnavailable
from tests.contracts.audit_log import ENTRIES, AuditLogContract
from tests.contracts.key_store import a_digest
from tests.contracts.session_store import (
    NOON,
    WHO,
    SessionStoreContract,
    a_session,
    an_entrance,
)


class TestPostgresSessions(SessionStoreContract):
    @pytest.fixture
    def keys(self, database):
        return PostgresKeys(database)

    @pytest.fixture
    def store(self, database):
        return PostgresSessions(database)


class TestPostgresAudit(AuditLogContract):
    @pytest.fixture
    def log(self, database):
        return PostgresAudit(database)


def test_two_workspaces_do_not_see_each_others_sessions_and_log(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresSessions(database), PostgresSessions(other)
    ours.add(a_session(), a_digest(), WHO)
    ours.put(an_entrance(), a_digest(), NOON)
    PostgresAudit(database).add(ENTRIES)

    assert (theirs.find(a_digest()), theirs.listed()) == (None, ())
    with pytest.raises(NotFound):
        theirs.end("s-1", NOON)
    assert theirs.take(a_digest(), NOON) is None
    assert PostgresAudit(other).listed(AuditQuery()) == ()
    assert theirs.put(an_entrance(), a_digest(), NOON)
    other.close()


def test_of_many_who_take_the_same_way_in_one_gets_through(database):
    store = PostgresSessions(database)
    store.put(an_entrance(), a_digest(), NOON)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.take(a_digest(), NOON), range(8)))
    assert sorted(one is None for one in taken) == [False] + [True] * 7


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sessions SET role = 'admin'",
        "UPDATE sessions SET level = 'manager'",
        "UPDATE sessions SET expires_at = '2200-01-01'",
        "UPDATE sessions SET person_id = 'p-2'",
        "UPDATE people SET subject = '1'",
        "UPDATE entrances SET expires_at = '2200-01-01'",
        "UPDATE audit SET who = 'p-2'",
        "DELETE FROM audit",
        "TRUNCATE audit",
    ],
)
def test_the_application_cannot_raise_a_session_nor_change_the_log(database, statement):
    PostgresSessions(database).add(a_session(), a_digest(), WHO)
    PostgresAudit(database).add(ENTRIES)
    with database._engine.connect() as connection:
        database._enter(connection)
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET who = 'p-2'", "DELETE FROM audit", "TRUNCATE audit"]
)
def test_the_owner_of_the_log_cannot_change_it_by_accident_either(database, postgres, statement):
    PostgresAudit(database).add(ENTRIES)
    with (
        psycopg.connect(postgres.url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="only added to"),
    ):
        connection.execute(statement)
    assert len(PostgresAudit(database).listed(AuditQuery())) == 3


def test_what_is_no_outcome_is_not_kept(database):
    with pytest.raises(StoreUnavailable, match="check constraint"):
        PostgresAudit(database).add([ENTRIES[0].model_copy(update={"outcome": "maybe"})])

"""Row-level security holds whatever is asked, and failures have names."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from langgraph.checkpoint.base import empty_checkpoint
from sqlalchemy import text

from assist.adapters.postgres import database as database_module
from assist.adapters.postgres.approvals import PostgresApprovals
from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.checkpoints import PostgresCheckpoints
from assist.adapters.postgres.consultations import PostgresConsultations
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.errands import PostgresErrands
from assist.adapters.postgres.escalated import PostgresEscalated
from assist.adapters.postgres.eval_runs import PostgresEvalRuns
from assist.adapters.postgres.feedback import PostgresFeedback
from assist.adapters.postgres.forget import PostgresErasure
from assist.adapters.postgres.gap_store import PostgresGaps
from assist.adapters.postgres.grants import PostgresGrants
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.notices import PostgresNotices
from assist.adapters.postgres.sessions import PostgresSessions
from assist.adapters.postgres.spending import PostgresSpending
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.adapters.postgres.upstream import PostgresUpstream
from assist.domain.forgetting import Belongings
from assist.errors import BadSetting, DiskFull, StoreUnavailable
from tests.contracts.audit_log import ENTRIES
from tests.contracts.case_store import a_row, an_entry, opened
from tests.contracts.errand_store import an_errand
from tests.contracts.eval_run_store import a_kept_result, an_eval_run, published
from tests.contracts.feedback_store import some_feedback
from tests.contracts.gap_store import a_gap_event, a_gap_run, a_tracked_gap
from tests.contracts.handing_over_builders import an_approval, an_escalation
from tests.contracts.job_store import a_job, a_reading
from tests.contracts.key_store import a_digest, a_key
from tests.contracts.knowledge_store import REFUSAL, publish
from tests.contracts.ledger_builders import a_consultation, a_credit
from tests.contracts.notice_store import a_notice
from tests.contracts.session_store import WHO, a_session, an_entrance
from tests.contracts.store_builders import NOON, a_suggestion
from tests.contracts.upstream_store import an_event, an_item

TABLES = text("""
    SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname NOT IN ('alembic_version', 'checkpoint_migrations')
    ORDER BY relname
""")
"""All that hold what a workspace brought; the other two say which migrations were made."""
THREADS = ("checkpoint_blobs", "checkpoint_writes", "checkpoints")
"""LangGraph's own: there the workspace is the first part of `thread_id`."""


@pytest.fixture
def neighbor(postgres, database):
    """Another workspace with something in every table."""
    other = Database(postgres.url, f"{database.workspace}-neighbor")
    knowledge, credit = PostgresKnowledge(other), a_credit()
    publish(knowledge, 1, files={"sla.yaml": "a: 1"})
    knowledge.refuse(REFUSAL)
    with PostgresGrants(other).booking(credit.customer_id) as booking:
        booking.add(credit)
    PostgresConsultations(other).add(a_consultation())
    PostgresSuggestions(other).save(a_suggestion())
    PostgresFeedback(other).add(some_feedback())
    cases = PostgresCases(other)
    opened(cases)
    cases.save(a_row(), [an_entry()])
    PostgresNotices(other).make(a_notice())
    _a_queue(other)
    PostgresErrands(other).add(an_errand(), NOON)
    PostgresUpstream(other).add(an_item(), an_event())
    PostgresEscalated(other).add(an_escalation())
    PostgresApprovals(other).add(an_approval())
    PostgresKeys(other).add(a_key(), a_digest())
    PostgresSessions(other).add(a_session(), a_digest(), WHO)
    PostgresSessions(other).put(an_entrance(), a_digest(), NOON)
    PostgresAudit(other).add(ENTRIES)
    PostgresErasure(other).forget(Belongings(customer_id="c-9"), NOON)
    asyncio.run(_a_state(PostgresCheckpoints(other)))
    PostgresJobs(other).add(a_job(), a_reading("hub"))
    PostgresSpending(other).hold(Decimal(1), Decimal(9), NOON)
    published(PostgresEvalRuns(other), an_eval_run(), a_kept_result())
    PostgresGaps(other).add(a_tracked_gap(), a_gap_event())
    PostgresGaps(other).add_run(a_gap_run())
    yield other
    other.close()


def _a_queue(database: Database) -> None:
    """A row in each of the job queue's tables: its own triggers write of the job that is there."""
    with database.begin() as connection:
        connection.execute(text("SELECT procrastinate_register_worker_v1()"))
    insert = "INSERT INTO procrastinate_periodic_defers (workspace_id, task_name) VALUES (:w, 't')"
    with database.administer() as connection:  # the application cannot: it sets no periodic jobs
        connection.execute(text(insert), {"w": database.workspace})


async def _a_state(checkpoints: PostgresCheckpoints) -> None:
    """A row in each of the checkpointer's tables."""
    thread = {"thread_id": checkpoints.thread("case-1"), "checkpoint_ns": ""}
    state = {"channel_values": {"case": {"version": 1}}, "channel_versions": {"case": "1"}}
    kept = empty_checkpoint() | state
    async with checkpoints.opened() as saver:
        config = await saver.aput({"configurable": thread}, kept, {}, {"case": "1"})
        await saver.aput_writes(config, [("case", "written")], "task-1")


def tables(database: Database) -> list[str]:
    with database.connect() as connection:
        return [row.relname for row in connection.execute(TABLES)]


def test_every_table_has_row_security_enabled_and_forced(database):
    with database.connect() as connection:
        found = connection.execute(TABLES).all()
    assert len(found) == 44
    assert all(row.relrowsecurity and row.relforcerowsecurity for row in found)


def test_a_query_that_forgets_the_workspace_sees_only_its_own_rows(database, neighbor):
    for table in tables(database):
        whose = "split_part(thread_id, '/', 1)" if table in THREADS else "workspace_id"
        everything = text(f"SELECT DISTINCT {whose} FROM {table}")  # noqa: S608
        with neighbor.connect() as connection:
            assert connection.execute(everything).scalars().all() == [neighbor.workspace]
        with database.connect() as connection:
            assert connection.execute(everything).scalars().all() == []


def test_asking_for_another_workspace_by_name_finds_nothing(database, neighbor):
    with database.connect() as connection:
        query = text("SELECT count(*) FROM suggestions WHERE workspace_id = :other")
        assert connection.execute(query, {"other": neighbor.workspace}).scalar() == 0


def test_a_delete_that_forgets_the_workspace_leaves_the_neighbor_alone(database, neighbor):
    with database.begin() as connection:
        connection.execute(text("DELETE FROM generations"))
    assert PostgresKnowledge(neighbor).current() is not None


def test_writing_into_another_workspace_is_refused(database, neighbor):
    insert = text("INSERT INTO files (workspace_id, hash, content) VALUES (:other, 'h', 'x')")
    with (
        pytest.raises(StoreUnavailable, match="row-level security"),
        database.begin() as connection,
    ):
        connection.execute(insert, {"other": neighbor.workspace})


def test_outside_of_a_workspace_there_are_no_rows(database, neighbor):
    with database.connect() as connection:
        connection.execute(text("SELECT set_config('assist.workspace', '', true)"))
        assert connection.execute(text("SELECT count(*) FROM workspaces")).scalar() == 0


def test_the_application_role_can_neither_bypass_security_nor_change_tables(database):
    with database.connect() as connection:
        role = connection.execute(
            text("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname=:r"),
            {"r": "assist_app"},
        ).one()
        assert connection.execute(text("SELECT current_user")).scalar() == "assist_app"
    assert not any(role)
    for statement in (
        "ALTER TABLE suggestions NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY own_workspace ON suggestions",
        "TRUNCATE suggestions",
    ):
        with pytest.raises(StoreUnavailable, match="42501"), database.begin() as connection:
            connection.execute(text(statement))


def test_a_pooled_connection_does_not_carry_its_workspace_on(database, neighbor):
    with database.connect():
        pass
    with database._engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar() == "postgres"
        assert not connection.execute(
            text("SELECT current_setting('assist.workspace', true)")
        ).scalar()


def test_times_are_in_utc_whatever_the_server_is_set_to(database):
    with database._engine.begin() as connection:
        connection.execute(text("SET TimeZone = 'America/New_York'"))
    publish(PostgresKnowledge(database))
    assert PostgresKnowledge(database).current().created_at.utcoffset() == timedelta(0)


def test_an_error_undoes_the_whole_block(database):
    def write_and_fail():
        with database.begin() as connection:
            connection.execute(text("INSERT INTO files (hash, content) VALUES ('h', 'x')"))
            raise KeyError("ours")

    with pytest.raises(KeyError):
        write_and_fail()
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM files")).scalar() == 0


def test_what_is_written_in_a_reading_block_is_undone(database):
    with database.begin():
        pass
    with database.connect() as connection:
        connection.execute(text("INSERT INTO files (hash, content) VALUES ('h', 'x')"))
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM files")).scalar() == 0


def test_a_full_disk_of_the_server_is_a_full_disk(database):
    full = "DO $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$"
    with pytest.raises(DiskFull, match="could not extend file"), database.connect() as connection:
        connection.execute(text(full))


def test_a_failure_does_not_repeat_the_rows_it_was_about(database):
    insert = text("INSERT INTO files (hash, content) VALUES ('secret', :content)")

    def write_twice():
        with database.begin() as connection:
            for content in ("a secret", "another secret"):
                connection.execute(insert, {"content": content})

    with pytest.raises(StoreUnavailable, match="duplicate key") as caught:
        write_twice()
    assert "secret" not in str(caught.value)


def test_missing_tables_are_named_with_the_cure(empty_url):
    database = Database(empty_url)
    with (
        pytest.raises(StoreUnavailable, match=r"suggestions.*run the migrations"),
        database.connect() as connection,
    ):
        connection.execute(text("SELECT 1 FROM suggestions"))
    database.close()


def test_an_old_server_is_refused_with_the_cure(postgres, monkeypatch):
    monkeypatch.setattr(database_module, "OLDEST_SERVER", 99)
    database = Database(postgres.url)
    with pytest.raises(StoreUnavailable, match=r"is PostgreSQL 18.*use 99 or later"):
        database.migrate()
    database.close()


def test_a_server_that_is_not_there_is_unavailable_and_the_password_stays_secret():
    database = Database("postgresql://ana:hunter2@127.0.0.1:1/desk")
    with pytest.raises(StoreUnavailable, match="ASSIST_DATABASE_URL") as caught:
        database.migrate()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "hunter2", "mysql://ana:hunter2@host/desk", "sqlite:///x"])
def test_what_is_no_postgresql_url_is_refused_without_repeating_it(url):
    with pytest.raises(BadSetting, match="ASSIST_DATABASE_URL") as caught:
        Database(url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_any_spelling_of_a_postgresql_url_is_taken(postgres, scheme):
    database = Database(postgres.url.replace("postgresql", scheme, 1))
    with database.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    database.close()


@pytest.mark.parametrize("workspace", ["", "a b", "-a", "Ä", "UPPER", "x" * 64, "a'; --"])
def test_a_workspace_needs_a_plain_name(workspace):
    with pytest.raises(BadSetting, match="workspace"):
        Database("postgresql://host/desk", workspace)

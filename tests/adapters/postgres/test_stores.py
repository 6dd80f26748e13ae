"""The PostgreSQL stores keep the contracts of their ports, and what only a database can break."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.rows import BATCH_ROWS
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.errors import BadInput, NotFound, StoreUnavailable
from tests.contracts.job_store import JobStoreContract, a_job, a_reading
from tests.contracts.knowledge_store import KnowledgeStoreContract, publish
from tests.contracts.store_builders import NOON, a_document, a_generation, a_passage, a_suggestion
from tests.contracts.suggestion_store import SuggestionStoreContract

ROOT = Path(__file__).parents[3]
STAGE_AND_DIE = """
import os, signal, sys
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.knowledge import PostgresKnowledge
from tests.contracts.store_builders import a_document, a_generation, a_passage
store = PostgresKnowledge(Database(sys.argv[1], sys.argv[2]))
hub = a_document("hub", "Never published.")
store.stage(a_generation(2), [hub], [a_passage(hub)], {})
os.kill(os.getpid(), signal.SIGKILL)
"""


class TestPostgresKnowledge(KnowledgeStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresKnowledge(database)


class TestPostgresSuggestions(SuggestionStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresSuggestions(database)


class TestPostgresJobs(JobStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresJobs(database)


def test_two_builders_that_claim_at_the_same_moment_do_not_get_the_same_job(database):
    store = PostgresJobs(database)
    store.add(a_job("j-1"), a_reading("hub"))
    store.add(a_job("j-2"), a_reading("plug"))

    with ThreadPoolExecutor(8) as threads:
        claimed = threads.map(lambda n: store.claim(f"home-{n}", NOON), range(8))
        got = [job.id for job in claimed if job]

    assert got == ["j-1"]


@pytest.fixture
def store(database):
    return PostgresKnowledge(database)


def rows(database: Database, table: str) -> int:
    with database.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608


def test_a_process_killed_between_stage_and_publish_leaves_the_old_generation(
    store, database, postgres
):
    publish(store, 1)
    command = [sys.executable, "-c", STAGE_AND_DIE, postgres.url, database.workspace]
    died = subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."})
    assert died.returncode == -signal.SIGKILL
    assert store.documents("g2")[0].text == "Never published."
    assert store.current() == a_generation(1)
    publish(store, 3)
    assert [generation.number for generation in store.generations()] == [3, 1]
    with pytest.raises(NotFound):
        store.documents("g2")


def test_a_generation_that_breaks_after_its_first_batch_leaves_no_row(store, database):
    documents = [a_document(f"d{number}") for number in range(BATCH_ROWS)]
    broken = a_document("broken", "NUL \x00")
    with pytest.raises(BadInput, match="broken"):
        store.stage(a_generation(1), [*documents, broken], [], {"a.yaml": "1"})
    assert {rows(database, table) for table in ("documents", "generations", "files")} == {0}


def test_many_passages_of_one_document_are_all_kept(store):
    hub = a_document("hub")
    passages = tuple(a_passage(hub, position) for position in range(BATCH_ROWS * 2 + 1))
    store.stage(a_generation(1), [hub], passages, {})
    assert store.passages("g1") == passages


def test_generations_share_the_versions_of_their_documents_and_files(store, database):
    hub, plug = a_document("hub"), a_document("plug")
    for number in (1, 2):
        passages = [a_passage(hub), a_passage(plug)]
        store.stage(a_generation(number), [hub, plug], passages, {"a.yaml": "1", "b.yaml": "1"})
        store.publish(f"g{number}")
    assert [rows(database, table) for table in ("documents", "passages", "files")] == [2, 2, 1]


def test_another_chunking_of_the_same_document_is_another_version(store):
    hub = a_document("hub", "One. Two.")
    halves = (a_passage(hub, 0, text="One."), a_passage(hub, 1, text="Two."))
    publish(store, 1, hub)
    store.stage(a_generation(2), [hub], halves, {})
    assert store.passages("g1") == (a_passage(hub),)
    assert store.passages("g2") == halves


def test_what_no_generation_holds_any_more_is_deleted(store, database):
    for number in range(1, 9):
        publish(store, number, a_document("hub", f"Text {number}."), {"a.yaml": str(number)})
    assert [rows(database, table) for table in ("documents", "passages", "files")] == [6, 6, 6]


def test_two_workspaces_do_not_see_each_other(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresKnowledge(database), PostgresKnowledge(other)
    publish(ours, 1)
    PostgresSuggestions(database).save(a_suggestion("s-1"))
    assert theirs.current() is None
    with pytest.raises(NotFound):
        theirs.documents("g1")
    with pytest.raises(NotFound):
        PostgresSuggestions(other).get("s-1")
    publish(theirs, 1, a_document("hub", "Theirs."))
    assert ours.documents("g1") == (a_document("hub"),)
    other.close()


def test_what_a_newer_release_stored_is_refused_with_the_cure(store, database):
    publish(store, 1)
    newer = text("UPDATE documents SET body = '{\"shape\": 2}' WHERE workspace_id = :w")
    with database._engine.begin() as connection:
        connection.execute(newer, {"w": database.workspace})
    with pytest.raises(StoreUnavailable, match=r"stored Document.*use the release that wrote it"):
        store.documents("g1")

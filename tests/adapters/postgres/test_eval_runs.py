"""Published runs in PostgreSQL: the contract, what a list reads, parts that come at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.eval_runs import PostgresEvalRuns
from assist.adapters.postgres.eval_runs_sql import LISTED, OUTLINES
from assist.adapters.postgres.forget import PostgresErasure
from assist.domain.eval_runs import AskedCase, KeptResult
from assist.domain.forgetting import Belongings
from tests.builders import a_ticket
from tests.contracts.eval_run_store import (
    EvalRunStoreContract,
    a_kept_result,
    a_slice,
    an_eval_run,
    published,
)
from tests.contracts.store_builders import NOON


class TestPostgresEvalRuns(EvalRunStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresEvalRuns(database)


def test_parts_that_come_at_once_are_all_kept(postgres, database):
    others = [Database(postgres.url, database.workspace) for _ in range(3)]
    stores = [PostgresEvalRuns(one) for one in others]

    def send(number: int) -> None:
        run = an_eval_run(slices=(a_slice(f"tag-{number}"),))
        published(stores[number % 3], run, a_kept_result(f"case-{number}"), total=12)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(send, range(12)))
    for one in others:
        one.close()

    kept = PostgresEvalRuns(database).get("core-1")
    assert (kept.kept, kept.whole, len(kept.run.slices)) == (12, True, 12)


def test_neither_a_list_nor_the_outlines_read_a_suggestion():
    for statement in (LISTED, OUTLINES):
        assert "body" not in str(statement)
        assert "asked" not in str(statement)


def test_the_application_can_take_no_run_away(database):
    published(PostgresEvalRuns(database), an_eval_run(), a_kept_result())
    for table in ("eval_results", "eval_runs"):
        query = text("SELECT has_table_privilege('assist_app', CAST(:table AS text), 'DELETE')")
        with database.connect() as connection:
            assert connection.execute(query, {"table": table}).scalar() is False


def test_results_of_cases_made_of_a_persons_go_with_them_and_the_means_stay(database):
    store = PostgresEvalRuns(database)
    theirs = [a_kept_result("decided-3f1b"), told_of("renamed", "Of case-9C2E, decided by accept")]
    theirs.append(told_of("imported", "", "t-77"))
    others = [a_kept_result("core-01"), told_of("other", "Of case-7d00, decided by edit")]
    published(store, an_eval_run(), *theirs, *others, total=5)

    person = Belongings(cases=("case-3F1B", "case-9C2E"), tickets=("t-77",))
    forgotten = PostgresErasure(database).forget(person, NOON)

    assert forgotten.rows == {"eval_results": 3}
    assert [one.case_id for one in store.outlines("core-1")] == ["core-01", "other"]
    assert store.get("core-1").run.summaries == an_eval_run().summaries


def told_of(case_id: str, note: str, ticket_id: str = "t-1") -> KeptResult:
    """A result of a case whose note says where it comes from."""
    one = a_kept_result(case_id)
    asked = AskedCase(id=case_id, note=note, ticket=a_ticket(id=ticket_id))
    return one.model_copy(update={"asked": asked})

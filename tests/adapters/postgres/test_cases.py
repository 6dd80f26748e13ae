"""Cases in PostgreSQL keep the contract of their port, each workspace its own."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from assist.adapters.postgres import cases
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.checkpoints import PostgresCheckpoints
from assist.adapters.postgres.database import Database
from assist.errors import NotFound, NotReady, StoreUnavailable
from tests.contracts.case_store import (
    CaseStoreContract,
    a_row,
    an_entry,
    an_event,
    opened,
)


class TestPostgresCases(CaseStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresCases(database)


def test_two_workspaces_do_not_see_each_others_cases(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresCases(database), PostgresCases(other)
    opened(ours)
    ours.save(a_row(), [an_entry()])

    for asked in (theirs.get, theirs.events, lambda case_id: theirs.append(case_id, an_event())):
        with pytest.raises(NotFound):
            asked("case-1")
    assert (theirs.behind(9), theirs.entries("case-1"), theirs.of_ticket("t-1")) == ((), (), None)
    assert opened(theirs) == a_row()
    assert len(ours.events("case-1")) == 1
    other.close()


def test_what_happened_can_neither_be_changed_nor_deleted(database):
    opened(PostgresCases(database))
    for statement in ("UPDATE case_events SET by = 'nobody'", "DELETE FROM case_events"):
        with database._engine.connect() as connection:
            database._enter(connection)
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(statement))


def test_of_many_acts_at_the_same_moment_each_has_a_number_of_its_own(database):
    store = PostgresCases(database)
    opened(store)

    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda n: store.append("case-1", an_event(f"k-{n}")), range(8)))

    assert sorted(event.number for event in kept) == list(range(2, 10))
    assert store.get("case-1").events == 9


def test_who_holds_a_case_makes_others_wait_and_who_waits_too_long_is_told(database, monkeypatch):
    store, began, let_go = PostgresCases(database), threading.Event(), threading.Event()

    def holding() -> None:
        with store.hold("case-1"):
            began.set()
            let_go.wait(30)

    monkeypatch.setattr(cases, "PATIENCE", "200ms")
    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(holding)
        assert began.wait(30)
        with store.hold("case-2"):
            pass  # another case is free
        with pytest.raises(NotReady, match="somebody else"), store.hold("case-1"):
            pass
        let_go.set()
        held.result()
    with store.hold("case-1"):
        pass


def test_the_state_of_cases_stays_in_its_workspace(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresCheckpoints(database), PostgresCheckpoints(other)
    thread = ours.thread("case-1")
    assert thread == f"{database.workspace}/case-1"

    async def kept_by(checkpoints: PostgresCheckpoints) -> bool:
        async with checkpoints.opened() as saver:
            found = await saver.aget_tuple({"configurable": {"thread_id": thread}})
            return found is not None

    async def keep() -> None:
        from langgraph.checkpoint.base import empty_checkpoint

        async with ours.opened() as saver:
            config = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
            await saver.aput(config, empty_checkpoint(), {}, {})

    asyncio.run(keep())
    assert asyncio.run(kept_by(ours))
    assert not asyncio.run(kept_by(theirs))
    other.close()


def test_a_database_that_does_not_answer_is_said():
    gone = PostgresCheckpoints(Database("postgresql://nobody@127.0.0.1:1/none"))

    async def opened_there() -> None:
        async with gone.opened():
            raise AssertionError("it was opened")

    with pytest.raises(StoreUnavailable, match="state of cases"):
        asyncio.run(opened_there())

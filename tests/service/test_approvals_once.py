"""Approvals in the real database: of many at once one is done, and a killed one leaves nothing."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assist.adapters.postgres.approvals import PostgresApprovals
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.grants import PostgresGrants
from assist.errors import AlreadyDone
from assist.service.desk import Desk
from tests.builders import NOW
from tests.contracts.case_store import opened as kept_case
from tests.contracts.handing_over_builders import an_approval
from tests.service.handing_over import a_desk, answered, asked, opened

ROOT = Path(__file__).parents[2]
APPROVERS = 6
DIE_WHILE_DECIDING = """
import os, signal, sys
from assist.adapters.postgres.approvals import PostgresApprovals
from assist.adapters.postgres.database import Database
from tests.contracts.handing_over_builders import an_approval, approved
from tests.contracts.ledger_builders import a_credit
url, workspace = sys.argv[1:]
with PostgresApprovals(Database(url, workspace)).deciding("c-1") as deciding:
    deciding.booking.add(a_credit("a-1-1"))
    deciding.close(approved(an_approval()))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk whose cases, approvals and grants are in PostgreSQL."""
    return a_desk(
        cases=PostgresCases(database),
        approvals=PostgresApprovals(database),
        grants=PostgresGrants(database),
    )


def test_of_many_approvers_at_once_one_books_and_all_others_are_told(
    desk: Desk,
) -> None:
    wanted = asked(desk, opened(desk))
    together = Barrier(APPROVERS)

    def approve(number: int) -> bool:
        together.wait()
        try:
            answered(desk, wanted, key=f"y-{number}", by=f"Lee {number}")
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(APPROVERS) as threads:
        did = list(threads.map(approve, range(APPROVERS)))

    assert did.count(True) == 1
    winner = f"Lee {did.index(True)}"
    assert desk.parts.approvals.get(wanted.id).answered_by == winner
    assert [one.by for one in desk.parts.grants.of_customer("c-1", NOW)] == [winner]


def test_who_is_killed_while_deciding_leaves_it_open_and_books_nothing(
    desk: Desk, postgres: EmbeddedPostgres, database: Database
) -> None:
    kept_case(PostgresCases(database))
    store = desk.parts.approvals
    store.add(an_approval())
    ended = subprocess.run(
        [sys.executable, "-c", DIE_WHILE_DECIDING, postgres.url, database.workspace],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
        timeout=120,
    )

    assert ended.returncode == -signal.SIGKILL
    assert store.get("a-1") == an_approval()
    assert desk.parts.grants.of_customer("c-1", an_approval().asked_at) == ()
    with store.deciding("c-1") as deciding:  # the lock of who died is free
        assert deciding.get("a-1").state == "open"

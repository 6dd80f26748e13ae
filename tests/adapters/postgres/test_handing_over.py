"""Escalations and approvals in PostgreSQL keep the contracts of their ports."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assist.adapters.postgres.approvals import PostgresApprovals
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.escalated import PostgresEscalated
from assist.adapters.postgres.grants import PostgresGrants
from assist.errors import AlreadyDone, NotFound
from tests.contracts.approval_store import ApprovalStoreContract
from tests.contracts.case_store import opened
from tests.contracts.escalated_store import EscalatedStoreContract
from tests.contracts.handing_over_builders import an_approval, an_escalation, approved, taken
from tests.contracts.ledger_builders import a_credit
from tests.contracts.store_builders import NOON


@pytest.fixture
def case(database):
    """The case that is told of."""
    return opened(PostgresCases(database))


@pytest.mark.usefixtures("case")
class TestPostgresEscalated(EscalatedStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresEscalated(database)


@pytest.mark.usefixtures("case")
class TestPostgresApprovals(ApprovalStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresApprovals(database)

    @pytest.fixture
    def grants(self, database):
        return PostgresGrants(database)


@pytest.mark.usefixtures("case")
def test_two_workspaces_do_not_see_each_others(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    opened(PostgresCases(other))
    PostgresEscalated(database).add(an_escalation())
    PostgresApprovals(database).add(an_approval())
    escalated, approvals = PostgresEscalated(other), PostgresApprovals(other)

    with pytest.raises(NotFound):
        escalated.get(an_escalation().id)
    with pytest.raises(NotFound):
        approvals.get("a-1")
    assert not escalated.change(an_escalation(), taken(an_escalation()))
    assert (escalated.of_ticket("t-1"), approvals.of_ticket("t-1")) == ((), ())
    approvals.add(an_approval(reason="another"))
    assert PostgresApprovals(database).get("a-1") == an_approval()
    other.close()


@pytest.mark.usefixtures("case")
def test_of_many_who_take_it_at_the_same_moment_one_has_it(database):
    store = PostgresEscalated(database)
    store.add(an_escalation())

    def take(number: int) -> bool:
        return store.change(an_escalation(), taken(an_escalation(), taken_by=f"Lee {number}"))

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(take, range(8)))

    assert got.count(True) == 1
    assert store.get(an_escalation().id).taken_by == f"Lee {got.index(True)}"


@pytest.mark.usefixtures("case")
def test_of_many_who_approve_at_the_same_moment_one_does_and_all_others_are_told(database):
    store = PostgresApprovals(database)
    store.add(an_approval())

    def approve(number: int) -> bool:
        try:
            with store.deciding("c-1") as deciding:
                deciding.booking.add(a_credit(f"g-{number}"))
                deciding.close(approved(an_approval(), answered_by=f"Lee {number}"))
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        did = list(threads.map(approve, range(8)))

    assert did.count(True) == 1
    assert store.get("a-1").answered_by == f"Lee {did.index(True)}"
    booked = PostgresGrants(database).of_customer("c-1", NOON)
    assert [one.id for one in booked] == [f"g-{did.index(True)}"]

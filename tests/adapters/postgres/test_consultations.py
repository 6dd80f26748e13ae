"""Consultations in PostgreSQL keep the contract of their port, each workspace its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assist.adapters.postgres.consultations import PostgresConsultations
from assist.adapters.postgres.database import Database
from assist.errors import AlreadyDone, NotFound
from tests.contracts.consultation_store import ConsultationStoreContract
from tests.contracts.ledger_builders import a_consultation, an_answer


class TestPostgresConsultations(ConsultationStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresConsultations(database)


def test_two_workspaces_do_not_see_each_others_consultations(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresConsultations(database), PostgresConsultations(other)
    ours.add(a_consultation())

    with pytest.raises(NotFound):
        theirs.get("c-1")
    with pytest.raises(NotFound):
        theirs.close(an_answer(a_consultation()))
    assert (theirs.open(9), theirs.of_ticket("t-1")) == ((), ())
    theirs.add(a_consultation(question="Another?"))
    assert ours.open(9) == (a_consultation(),)
    other.close()


def test_of_many_answers_at_the_same_moment_one_is_kept_and_all_others_are_told(database):
    store = PostgresConsultations(database)
    store.add(a_consultation())

    def answer(number: int) -> bool:
        try:
            store.close(an_answer(a_consultation(), answer=number))
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(answer, range(8)))

    assert kept.count(True) == 1
    assert store.get("c-1").answer == kept.index(True)

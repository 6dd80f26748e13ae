"""What is a person's is known in every table, and goes in one transaction; nothing else does."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from assist.adapters.postgres import forget
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.consultations import PostgresConsultations
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.forget import PostgresErasure
from assist.adapters.postgres.forget_sql import RULES
from assist.adapters.postgres.grants import PostgresGrants
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.domain.forgetting import Known, Person
from assist.errors import BadInput, NotFound, NotReady, StoreUnavailable
from tests.adapters.postgres.test_database import TABLES
from tests.contracts.case_store import a_row, an_event
from tests.contracts.ledger_builders import TWENTY, a_consultation, a_credit
from tests.contracts.store_builders import NOON, a_suggestion

DAY = timedelta(days=1)
ANNA = Person(customer_id="cust-anna")


def a_case(
    database: Database, ticket_id: str, *, customer_id: str | None = "cust-anna", **told: Any
) -> str:
    """A case that this ticket opened, with a suggestion; its id."""
    case_id, email = f"case-{ticket_id}", told.pop("email", None)
    ticket = {"id": ticket_id, "customer": {"id": customer_id, "email": email}}
    ticket["messages"] = [{"text": told.pop("words", "It blinks.")}]
    row = a_row(id=case_id, ticket_id=ticket_id, customer_id=customer_id, **told)
    opened = an_event("open", kind="opened", body={"ticket": ticket, "level": "agent"})
    PostgresCases(database).open(row, opened)
    PostgresSuggestions(database).save(a_suggestion(f"s-{ticket_id}", ticket_id=ticket_id))
    return case_id


def cases_of(database: Database) -> set[str]:
    with database.connect() as connection:
        return set(connection.execute(text("SELECT case_id FROM cases")).scalars())


def forgotten(database: Database, person: Person = ANNA) -> dict[str, int]:
    """The rows that were taken."""
    erasure = PostgresErasure(database)
    return erasure.forget(erasure.belongings(person), NOON).rows


def test_of_every_table_it_is_said_what_becomes_of_a_persons_rows(database):
    with database.connect() as connection:
        there = {row.relname for row in connection.execute(TABLES)}
    assert there - RULES.keys() == set()
    assert all(rule.where or rule.why for rule in RULES.values())


def test_what_a_ticket_brought_goes_and_what_others_brought_stays(database):
    hers, others = a_case(database, "t-hers"), a_case(database, "t-other", customer_id="cust-bob")

    taken = forgotten(database)

    assert taken == {"suggestions": 1, "case_events": 1, "cases": 1}
    assert cases_of(database) == {others}
    with pytest.raises(NotFound):
        PostgresCases(database).get(hers)
    assert PostgresSuggestions(database).get("s-t-other")


def test_a_ticket_without_an_id_is_theirs_by_its_address_or_by_being_named(database):
    a_case(database, "t-1", email="anna@example.com")
    a_case(database, "t-2", customer_id=None, email="Anna@Example.com")
    a_case(database, "t-3", customer_id=None)
    stays = a_case(database, "t-4", customer_id="cust-shared", email="anna@example.com")

    forgotten(database, Person(customer_id="cust-anna", tickets=("t-3",)))

    assert cases_of(database) == {stays}


def test_a_customer_whose_id_differs_in_case_only_is_another(database):
    other = a_case(database, "t-1", customer_id="cust-ANNA")
    assert forgotten(database) == {}
    assert cases_of(database) == {other}


def test_a_suggestion_for_no_case_is_found_by_its_customer(database):
    store = PostgresSuggestions(database)
    store.save(a_suggestion("s-hers", ticket_id="t-8"), "cust-anna")
    store.save(a_suggestion("s-nobodys", ticket_id="t-9"))

    assert forgotten(database) == {"suggestions": 1}
    with pytest.raises(NotFound):
        store.get("s-hers")
    assert store.get("s-nobodys")


def test_a_question_to_a_colleague_goes_with_its_ticket(database):
    a_case(database, "t-1")
    PostgresConsultations(database).add(a_consultation(ticket_id="t-1"))
    assert forgotten(database)["consultations"] == 1


def test_money_that_was_granted_stays_as_nobodys(database):
    grants = PostgresGrants(database)
    with grants.booking("cust-anna") as booking:
        booking.add(a_credit("g-cust-anna", customer_id="cust-anna"))

    assert forgotten(database) == {"grants": 1}

    assert grants.of_customer("cust-anna", NOON - DAY) == ()
    with database.connect() as connection:
        row = connection.execute(text("SELECT * FROM grants")).mappings().one()
    assert row["customer_id"].startswith("forgotten-")
    assert (str(row["amount"]), row["currency"]) == (TWENTY["amount"], TWENTY["currency"])
    assert (row["granted_by"], row["level"], row["action"]) == ("Mo", "agent", "credit")
    assert "anna" not in str(dict(row))


def test_another_workspace_with_the_same_customer_is_left_alone(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    a_case(database, "t-1")
    theirs = a_case(other, "t-1")

    forgotten(database)

    assert cases_of(other) == {theirs}
    known = [Known(kind="id", value="cust-anna")]
    searched = PostgresErasure(database).search(known)
    assert (searched.found, list(searched.shared)) == ((), known)
    assert "other workspaces" in searched.notes[0]
    other.close()


def test_a_tombstone_tells_that_somebody_was_forgotten_and_not_who(database):
    a_case(database, "t-1")
    forgotten(database)
    tombstones = PostgresErasure(database).tombstones()

    assert sorted(one.kind for one in tombstones) == ["customer", "ticket"]
    assert [one.kind for one in tombstones if one.names("cust-anna")] == ["customer"]
    assert not any(one.names("cust-bob") for one in tombstones)
    assert "anna" not in "".join(one.model_dump_json() for one in tombstones)


def test_who_comes_again_may_be_forgotten_again(database):
    for _ in range(2):
        a_case(database, "t-1")
        assert forgotten(database)["cases"] == 1
    assert len(PostgresErasure(database).tombstones()) == 2


def test_what_came_after_a_moment_is_a_new_relation(database):
    a_case(database, "t-old", opened_at=NOON - DAY)
    kept = a_case(database, "t-new", opened_at=NOON + DAY)

    forgotten(database, Person(customer_id="cust-anna", before=NOON))

    assert cases_of(database) == {kept}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM case_events",
        "UPDATE case_events SET by = 'nobody'",
        "DELETE FROM cases",
        "DELETE FROM suggestions",
        "INSERT INTO tombstones (kind, digest, salt, at) VALUES ('ticket', '', '', now())",
        "DELETE FROM tombstones",
    ],
)
def test_the_applications_role_can_forget_nobody(database, statement):
    with pytest.raises(StoreUnavailable, match="42501"), database.begin() as connection:
        connection.execute(text(statement))


def test_a_case_that_somebody_works_on_is_waited_for_and_then_it_is_said(database, monkeypatch):
    case_id = a_case(database, "t-1")
    began, let_go = threading.Event(), threading.Event()

    def working() -> None:
        with PostgresCases(database).hold(case_id):
            began.set()
            let_go.wait(30)

    monkeypatch.setattr(forget, "PATIENCE", "200ms")
    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(working)
        assert began.wait(30)
        with pytest.raises(NotReady, match="somebody has been at one of the cases"):
            forgotten(database)
        let_go.set()
        work.result()
    assert cases_of(database) == {case_id}
    assert forgotten(database)["cases"] == 1


def test_what_ended_before_a_day_expires_and_what_goes_on_does_not(database):
    store, old = PostgresCases(database), NOON - 40 * DAY
    for ticket, status, changed in (
        ("t-old", "solved", old),
        ("t-cancelled", "cancelled", old),
        ("t-open", "waiting", old),
        ("t-new", "solved", NOON),
    ):
        case_id = a_case(database, ticket)
        store.save(
            store.get(case_id).model_copy(update={"status": status, "changed_at": changed}), ()
        )
    alone = PostgresSuggestions(database)
    alone.save(a_suggestion("s-old", ticket_id="t-a", created_at=old))
    alone.save(a_suggestion("s-new", ticket_id="t-b", created_at=NOON))

    erasure = PostgresErasure(database)
    assert [erasure.expire(NOON - 30 * DAY, 100) for _ in range(2)] == [3, 0]

    assert cases_of(database) == {"case-t-open", "case-t-new"}
    with pytest.raises(NotFound):
        alone.get("s-old")
    assert alone.get("s-new")
    assert erasure.tombstones() == ()


def test_many_old_cases_expire_a_few_at_a_time(database):
    store = PostgresCases(database)
    for number in range(3):
        row = store.get(a_case(database, f"t-{number}"))
        store.save(row.model_copy(update={"status": "solved", "changed_at": NOON - DAY}), ())
    erasure = PostgresErasure(database)
    assert [erasure.expire(NOON, 2) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("id", "cust-anna"),
        ("email", "ANNA@example.com"),
        ("name", "Anna Ångström"),
        ("phone", "+44 (20) 7946"),
        ("words", 'a "quoted" phrase'),
    ],
)
def test_what_is_known_of_a_person_is_found_however_it_is_written(database, kind, value):
    words = f"I am {value.lower() if kind != 'id' else value}, yes."
    a_case(database, "t-1", customer_id=None, words=words)

    searched = PostgresErasure(database).search([Known(kind=kind, value=value)])

    places = {one.where for one in searched.found}
    if kind == "words":  # theirs alone they are only where nobody else says them
        assert (places, len(searched.shared)) == (set(), 1)
    else:
        assert places == {"table case_events"}
    assert searched.tables > 25


def test_a_part_of_a_longer_word_is_not_it(database):
    a_case(database, "t-1", customer_id=None, words="xcust-anna cust-annabel _cust-anna_")
    assert PostgresErasure(database).search([Known(kind="id", value="cust-anna")]).found == ()


def test_an_id_that_no_database_holds_is_refused(database):
    with pytest.raises(BadInput, match="NUL"):
        PostgresErasure(database).belongings(Person(customer_id="a\x00b"))

"""Grants at the same moment, in the real database: together they never pass a cap."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.grants import PostgresGrants
from assist.domain.grants import Granted
from assist.errors import NotPermitted
from assist.service.grant_requests import GrantRequest
from assist.service.granting import grant, granted_to, void
from assist.service.parts import Parts
from tests.builders import NOW
from tests.service.granting import a_callback, a_request, goodwill
from tests.service.parts import some_parts

ROOT = Path(__file__).parents[2]
THREADS = 12
CAP = Decimal("60.00")
CUSTOMERS = count(1)
RULES = goodwill()
GRANT_IN_A_PROCESS = """
import sys
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.grants import PostgresGrants
from tests.service.parts import some_parts
from tests.service.test_parallel_grants import at_once
from tests.service.granting import a_request
url, workspace, name = sys.argv[1:]
parts = some_parts(grants=PostgresGrants(Database(url, workspace)))
print("ready", flush=True)
sys.stdin.read(1)
print(sum(at_once(parts, [a_request(f"{name}-{n}", "7.00") for n in range(10)])))
"""


@pytest.fixture(scope="module")
def parts(postgres: EmbeddedPostgres) -> Iterator[Parts]:
    """Parts whose ledger is in PostgreSQL; each test takes a customer of its own."""
    database = Database(postgres.url, "parallel-grants")
    yield some_parts(grants=PostgresGrants(database))
    database.close()


def at_once(parts: Parts, requests: Sequence[GrantRequest]) -> list[bool]:
    """Whether each was granted, when all are asked for at the same moment."""
    together = Barrier(len(requests))

    def granted(asked: GrantRequest) -> bool:
        together.wait()
        try:
            grant(parts, RULES, asked)
        except NotPermitted:
            return False
        return True

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(granted, requests))


def counted(parts: Parts, customer_id: str) -> tuple[Granted, ...]:
    since = NOW.replace(year=2000)
    return tuple(g for g in granted_to(parts, customer_id, since) if g.counts)


def sum_of(grants: Sequence[Granted]) -> Decimal:
    return sum((g.amount.amount for g in grants if g.amount), Decimal(0))


@settings(max_examples=20)
@given(st.lists(st.integers(1, 2_000), min_size=2, max_size=THREADS))
def test_the_sum_never_passes_the_cap_and_what_is_refused_would_have_passed_it(
    parts: Parts, pence: list[int]
) -> None:
    customer = f"c-{next(CUSTOMERS)}"
    amounts = [Decimal(n) / 100 for n in pence]
    asked = [
        a_request(f"{customer}-{n}", amount, customer_id=customer)
        for n, amount in enumerate(amounts)
    ]

    granted = at_once(parts, asked)

    kept = counted(parts, customer)
    total = sum_of(kept)
    assert total == sum(amount for amount, so in zip(amounts, granted, strict=True) if so)
    assert total <= CAP
    refused = [amount for amount, so in zip(amounts, granted, strict=True) if not so]
    assert all(total + amount > CAP for amount in refused)


@pytest.mark.parametrize(("amount", "fit"), [("20.00", 3), ("19.99", 3), ("7.00", 8), ("5.00", 12)])
def test_of_equal_amounts_exactly_as_many_are_granted_as_fit(
    parts: Parts, amount: str, fit: int
) -> None:
    customer = f"c-{next(CUSTOMERS)}"
    asked = [a_request(f"{customer}-{n}", amount, customer_id=customer) for n in range(THREADS)]

    assert at_once(parts, asked).count(True) == fit
    assert len(counted(parts, customer)) == fit


def test_a_cap_on_how_often_is_kept_to(parts: Parts) -> None:
    customer = f"c-{next(CUSTOMERS)}"
    asked = [a_callback(f"{customer}-{n}", customer_id=customer) for n in range(THREADS)]

    assert at_once(parts, asked).count(True) == 2
    assert len(counted(parts, customer)) == 2


def test_one_request_sent_many_times_at_once_is_one_grant(parts: Parts) -> None:
    customer = f"c-{next(CUSTOMERS)}"
    asked = [a_request(f"{customer}-only", customer_id=customer)] * THREADS

    assert at_once(parts, asked) == [True] * THREADS
    assert len(counted(parts, customer)) == 1


def test_what_is_taken_back_meanwhile_makes_room_for_no_more_than_itself(parts: Parts) -> None:
    customer = f"c-{next(CUSTOMERS)}"
    full = [a_request(f"{customer}-{n}", customer_id=customer) for n in range(3)]
    for asked in full:
        grant(parts, RULES, asked)
    more = [a_request(f"{customer}-more-{n}", customer_id=customer) for n in range(THREADS)]

    with ThreadPoolExecutor(1) as beside:
        taken_back = beside.submit(void, parts, full[0].id, by="Ida", reason="sent twice")
        at_once(parts, more)
        taken_back.result(30)

    assert sum_of(counted(parts, customer)) in {Decimal("40.00"), CAP}


def test_two_processes_that_grant_at_once_do_not_pass_the_cap_either(
    postgres: EmbeddedPostgres,
) -> None:
    workspace = "parallel-processes"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", GRANT_IN_A_PROCESS, postgres.url, workspace, name],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": "."},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in processes]

    granted = [int(out) for out, _ in said]
    assert sum(granted) == 8, said  # 8 * 7.00 = 56.00
    database = Database(postgres.url, workspace)
    kept = some_parts(grants=PostgresGrants(database))
    assert sum_of(counted(kept, "c-1")) == Decimal("56.00")
    database.close()

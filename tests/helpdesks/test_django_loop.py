"""The whole loop with software nobody here wrote: django-helpdesk on PostgreSQL, tickets by mail.

A mail comes in there, its suggestion is made here, the draft is written there, an agent accepts it
here, and the customer has the reply there.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from assist.adapters.helpdesks.django_helpdesk import DjangoHelpdesk
from assist.adapters.postgres import timers
from assist.adapters.postgres.approvals import PostgresApprovals
from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.checkpoints import PostgresCheckpoints
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.errands import PostgresErrands
from assist.adapters.postgres.escalated import PostgresEscalated
from assist.adapters.postgres.notices import PostgresNotices
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.adapters.postgres.timers import PostgresTimers
from assist.domain.audit import AuditQuery
from assist.service.desk import Desk
from assist.service.timekeeping import timekeeping
from tests.helpdesks.running import RealHelpdesk, real_helpdesk
from tests.web.chromium import served

SECRET = "in-the-address-alone"  # noqa: S105 - of a helpdesk that is made up
QUESTION = "How long can I send back an order I changed my mind about? It is not used."
PATIENCE = 60


@dataclass(frozen=True)
class Loop:
    """Both, running: the helpdesk that tells, and the service that is told."""

    helpdesk: RealHelpdesk
    address: str
    desk: Desk

    def case(self, ticket: str, told: int = 1) -> dict[str, Any]:
        """The case of a ticket of theirs, once what was told of it so often is all in it."""
        cases = self.desk.parts.cases
        row = until(
            lambda: (
                (found := cases.of_ticket(f"care:{ticket}"))
                and found.applied == found.events >= told
                and found
            )
        )
        return dict(httpx.get(f"{self.address}/v1/cases/{row.id}", timeout=30).json())

    def quiet(self) -> None:
        """Until nothing is left to do."""
        until(lambda: not self.desk.parts.errands.listed(["waiting"], 9))


def until(found: Callable[[], Any]) -> Any:
    """What is found in the end."""
    ends = time.monotonic() + PATIENCE
    while not (value := found()):
        assert time.monotonic() < ends
        time.sleep(0.1)
    return value


@pytest.fixture(scope="module")
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE helpdesk")
        yield make_url(postgres.url).set(database="helpdesk").render_as_string(hide_password=False)
        connection.execute("DROP DATABASE helpdesk WITH (FORCE)")


@pytest.fixture(scope="module")
def loop(fennwick: Desk, postgres: EmbeddedPostgres, database_url: str) -> Iterator[Loop]:
    database = Database(postgres.url, "helpdesk-loop")
    parts = replace(
        fennwick.parts,
        cases=PostgresCases(database),
        checkpoints=PostgresCheckpoints(database),
        suggestions=PostgresSuggestions(database),
        escalated=PostgresEscalated(database),
        approvals=PostgresApprovals(database),
        notices=PostgresNotices(database),
        timers=PostgresTimers(database),
        errands=PostgresErrands(database),
        audit=PostgresAudit(database),
        helpdesks={},
    )
    desk = replace(fennwick, parts=parts, helpdesks={})
    patched = pytest.MonkeyPatch()
    patched.setattr(timers, "POLL", 0.2)
    with (
        served(desk) as address,
        real_helpdesk(database_url, f"{address}/v1/hooks/care/{SECRET}") as helpdesk,
    ):
        settings = helpdesk.settings(secrets=[SECRET], replies="sent")
        desk.helpdesks["care"] = settings
        parts.helpdesks["care"] = DjangoHelpdesk("care", settings)
        with timekeeping(desk):
            yield Loop(helpdesk, address, desk)
    patched.undo()
    database.close()


def test_a_ticket_opened_there_is_answered_from_here(loop: Loop) -> None:
    ticket = loop.helpdesk.mail(QUESTION, "Sending back")
    case = loop.case(ticket)
    assert [m["text"] for m in case["ticket"]["messages"]] == [QUESTION]
    assert case["ticket"]["customer"]["email"] == "ana@example.com"
    draft = case["suggestion"]["draft"]["text"]
    loop.quiet()
    (written,) = [one for one in loop.helpdesk.follow_ups(ticket) if one["user"]]
    assert written["comment"] == f"Suggested reply (check before sending):\n\n{draft}"
    assert not written["public"]

    accepted = {
        "key": "k-1",
        "by": "Mo",
        "kind": "accept",
        "suggestion_id": case["suggestion"]["id"],
    }
    place = f"{loop.address}/v1/cases/{case['case']['id']}/decision"
    assert httpx.post(place, json=accepted, timeout=30).status_code == 200
    loop.quiet()
    assert loop.helpdesk.told(ticket)[-1] == draft


def test_what_the_customer_answers_by_mail_is_read_without_what_they_quote(loop: Loop) -> None:
    ticket = loop.helpdesk.mail(QUESTION, "Sending back")
    first = loop.case(ticket)
    loop.quiet()
    answer = "Thanks. And who pays for the parcel?"
    quoted = f"{answer}\n\nOn Mon, 23 Nov 2026 at 10:00, Care <care@example.org> wrote:\n> Hello,\n"
    assert loop.helpdesk.mail(quoted, "Sending back", ticket) == ticket
    case = loop.case(ticket, told=2)
    said = [m["text"] for m in case["ticket"]["messages"] if m["author"] == "customer"]
    assert said == [QUESTION, answer]
    assert case["suggestion"]["id"] != first["suggestion"]["id"]


def test_what_we_write_there_comes_back_and_starts_nothing(loop: Loop) -> None:
    ticket = loop.helpdesk.mail(QUESTION, "Once")
    case = loop.case(ticket)["case"]
    until(lambda: len(loop.helpdesk.follow_ups(ticket)) == 2)
    loop.quiet()
    told = loop.desk.parts.errands.listed(["dropped"], 99)
    assert any(
        one.ticket_id == ticket and one.problem == "nothing new of the customer" for one in told
    )
    assert loop.case(ticket)["case"]["events"] == case["events"] == 1
    assert len(loop.helpdesk.follow_ups(ticket)) == 2


def test_a_ticket_deleted_there_lets_its_case_go(loop: Loop) -> None:
    ticket = loop.helpdesk.mail(QUESTION, "Never mind")
    loop.case(ticket)
    loop.quiet()
    loop.helpdesk.delete(ticket)
    answer = httpx.post(
        f"{loop.address}/v1/hooks/care/{SECRET}",
        json={"ticket": {"id": int(ticket)}, "followup_id": 9_999},
    )
    assert answer.status_code == 202
    loop.quiet()
    assert loop.case(ticket)["case"]["status"] == "cancelled"


def test_a_webhook_without_the_secret_does_nothing_and_is_audited(loop: Loop) -> None:
    before = loop.desk.parts.errands.standings()
    for secret in ("guessed", f"{SECRET}x", "%00"):
        answer = httpx.post(f"{loop.address}/v1/hooks/care/{secret}", json={"ticket": {"id": 1}})
        assert answer.status_code == 401
    assert httpx.post(f"{loop.address}/v1/hooks/care", json={}).status_code == 401
    assert loop.desk.parts.errands.standings() == before
    denied = [one for one in loop.desk.parts.audit.listed(AuditQuery()) if one.outcome == "denied"]
    assert len(denied) == 4
    assert SECRET not in str(denied)

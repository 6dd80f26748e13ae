"""What a release writes, for the tests of the next ones: its tables with rows, its statements.

Run in the folder of that release, with its own code: `python write.py VERSION OUT`, VERSION being
that of its tables. `VERSION.sql.gz` is the whole database after some work, and
`VERSION.statements.json.gz` are the statements of that work, with what was given to them, in order.
"""

import asyncio
import gzip
import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from assist.adapters.postgres.programs import packaged_programs
from assist.domain.feedback import Feedback
from assist.domain.grants import Granted
from assist.domain.ticket import Ticket
from assist.errors import AssistError
from assist.service.case_requests import DecisionRequest, OutcomeRequest
from assist.service.consulting import ConsultationRequest
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.jobs import Guest
from assist.service.merging import Prune
from assist.settings import Settings
from assist.wiring import keyring, opened

ARTICLES = {
    "hub": "# The hub blinks red\n\nHold the button of the hub for ten seconds.\n",
    "plug": "# The plug is warm\n\nPull the plug out of the socket and let it cool.\n",
}
STATEMENTS: list[tuple[str, Any]] = []


def main(version: str, out: Path) -> None:
    """Work a little, and write down both."""
    event.listen(Engine, "before_cursor_execute", _note)
    with tempfile.TemporaryDirectory(prefix="assist-upgrade-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        with opened(Settings(home=home)) as desk:
            _work(desk, home / "kb")
        with keyring(Settings(home=home)) as ring:
            ring.create("agent", note="helpdesk")
            ring.revoke(ring.create("admin", note="lost").key.id)
            _dump(home, out / f"{version}.sql.gz")
    told = json.dumps([list(one) for one in STATEMENTS], default=_tagged)
    (out / f"{version}.statements.json.gz").write_bytes(gzip.compress(told.encode(), mtime=0))


def _work(desk: Desk, kb: Path) -> None:
    for name, text in ARTICLES.items():
        file = kb / "articles" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (kb / "tone.yaml").write_text("tone: warm\n")
    desk.ingest(kb, progress=silent)
    (kb / "policies").mkdir()
    (kb / "policies/broken.md").write_text("---\nid: broken\nclauses:\n  - {id: x}\n---\nNo.\n")
    with suppress(AssistError):  # so that there is a refusal to be kept
        desk.ingest(kb, progress=silent)
    (kb / "policies/broken.md").unlink()
    asyncio.run(_cases(desk))
    guest = Guest(desk.parts.jobs, desk.parts.source, desk.parts.clock)
    guest.send(kb, kind=None, prune=Prune.NOTHING, progress=silent)


async def _cases(desk: Desk) -> None:
    """One that waits for its outcome, one that is to be decided on, one that was solved."""
    for number in (1, 2, 3):
        customer = {"id": f"c-{number}", "name": "Ana Lima", "email": "ana@example.com"}
        told = {"id": f"t-{number}", "customer": customer, "text": "My hub blinks red. Help!"}
        view = await desk.cases.open(Ticket.model_validate(told), by="Ann")
        if number == 2:
            continue
        made, who = view.case.suggestion_id, {"by": "Ann"}
        due = datetime.now(UTC) + timedelta(hours=2)
        asked = {"id": f"ask-{number}", "ticket_id": told["id"], "question": "Is it in stock?"}
        asked |= {"owner": "Stock", "due": due}
        await desk.cases.consult(view.case.id, ConsultationRequest.model_validate(asked | who))
        text = "Hello, we will call you back within 2 business days."
        sent = {"key": "k-1", "suggestion_id": made, "kind": "edit", "text": text}
        await desk.cases.decide(view.case.id, DecisionRequest.model_validate(sent | who))
        now = desk.parts.clock.now()
        liked = {"suggestion_id": made, "key": "f-1", "kind": "copied", "at": now, "by": "Ann"}
        desk.parts.feedback.add(Feedback.model_validate(liked))
        _grant(desk, str(customer["id"]), str(told["id"]), now)
        if number == 3:
            solved = {"key": "o-1", "kind": "solved", "rating": 5}
            await desk.cases.outcome(view.case.id, OutcomeRequest.model_validate(solved | who))


def _grant(desk: Desk, customer_id: str, ticket_id: str, at: datetime) -> None:
    amount = {"amount": "20.00", "currency": "GBP"}
    told = {"id": f"g-{ticket_id}", "customer_id": customer_id, "ticket_id": ticket_id}
    told |= {"action": "credit", "parameters": {"amount": amount}, "amount": amount}
    with desk.parts.grants.booking(customer_id) as booking:
        booking.add(Granted.model_validate(told | {"level": "agent", "by": "Mo", "at": at}))
        booking.void(f"g-{ticket_id}", at=at, by="Mo", reason="a slip")


def _dump(home: Path, out: Path) -> None:
    lines = (home / "postgres/postmaster.pid").read_text().splitlines()
    done = subprocess.run(
        [
            packaged_programs() / "pg_dump",
            *("-h", lines[4], "-p", lines[3], "-U", "postgres", "--inserts", "--no-owner"),
            "postgres",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    # Lines for psql, which no server reads.
    kept = [line for line in done.stdout.splitlines() if not line.startswith("\\")]
    out.write_bytes(gzip.compress("\n".join(kept).encode(), mtime=0))


def _note(_c: Any, _k: Any, statement: str, parameters: Any, _x: Any, _many: Any) -> None:
    word = statement.split(None, 1)[0].upper()
    ours = "pg_catalog" not in statement and "alembic_version" not in statement
    if word in {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"} and ours:
        STATEMENTS.append((statement, parameters))


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    raise TypeError(type(value))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

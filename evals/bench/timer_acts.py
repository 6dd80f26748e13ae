"""`python -m evals.bench.timer_acts HOME WANTED`: promises things that are due, and tells of them.

A server's threads attend to what is due meanwhile. Each entry that was kept is a line on stdout.
With 0 wanted nothing is promised: it ends when nobody is left to be told. It may be killed at any
moment, and started again.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.ledger import Entry, EntryKind
from assist.service.desk import Desk
from assist.service.timekeeping import timekeeping
from assist.wiring import opened
from evals.homes import own_settings

AGO = timedelta(hours=2)
"""Before now they were due: by now they are overdue, so that each is told of twice."""
EACH_LOOK = 5
"""Of so many entries one is a look at a solved case."""
SWEEP = 0.5
PAUSE = 0.01


def a_case(desk: Desk, number: int) -> CaseRow:
    """A case that was opened and is solved, as far as its row tells."""
    name, at = f"timed-{uuid4().hex[:12]}", datetime.now(UTC) - 2 * AGO
    row = CaseRow(
        id=f"case-{name}",
        ticket_id=name,
        customer_id=f"customer-{name}",
        revision=1,
        status="solved",
        suggestion_id="",
        priority="",
        opened_at=at,
        changed_at=at,
        events=1,
        applied=1,
    )
    ticket = {"id": name, "messages": [{"author": "customer", "text": f"Hub {number} blinks."}]}
    body = {"ticket": ticket, "level": "agent", "mode": None}
    event = CaseEvent(number=1, key="open", kind="opened", at=at, by="", body=body)
    return desk.parts.cases.open(row, event).model_copy(update={"status": "solved", "applied": 1})


def an_entry(row: CaseRow, kind: EntryKind) -> Entry:
    """What was due two hours ago."""
    due = datetime.now(UTC) - AGO
    return Entry(
        id=f"{row.id}-1",
        case_id=row.id,
        ticket_id=row.ticket_id,
        kind=kind,
        text="We will write to you.",
        what="write to you",
        owner="agent",
        due=due,
        check_at=due,
        check="Was it done?",
        channel="email",
        made_at=row.opened_at,
    )


def promise(desk: Desk, wanted: int) -> None:
    """Keep entries that are due, until killed or done."""
    for number in range(wanted):
        row = a_case(desk, number)
        entry = an_entry(row, "look" if number % EACH_LOOK == 0 else "promise")
        desk.parts.cases.save(row, [entry])
        print(f"{entry.kind} {entry.id}", flush=True)
        time.sleep(PAUSE)


def main(home: Path, wanted: int) -> None:
    """Promise, and attend to what is due, until nobody is left to be told."""
    with opened(own_settings(home)) as desk, timekeeping(desk, sweep_every=SWEEP):
        print("ready", flush=True)
        promise(desk, wanted)
        while desk.parts.notices.missing(datetime.now(UTC), 1):
            time.sleep(PAUSE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""`python -m evals.bench.case_acts HOME CASES`: works on cases from wherever they stand to the end.

Each act that was answered is a line on stdout. It may be killed at any moment, and started again.
"""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path

from assist.domain.case_event import ENDED
from assist.domain.case_view import CaseView
from assist.domain.ticket import Ticket
from assist.service.case_requests import DecisionRequest, OutcomeRequest, ProgressRequest
from assist.service.casework import Cases
from assist.wiring import opened
from evals.homes import own_settings

BY = "bench"
SENT = (
    "Hello, thank you for your message. I will call you within 2 business days. "
    "We will send you a label by tomorrow."
)
TOLD = 6
"""How often the customer is told meanwhile, with a promise each time."""
PROMISES = 2 + TOLD
"""What the texts of a case promise."""
ACTS = ("opened", "decision", *(f"told-{number}" for number in range(TOLD)), "outcome")
"""All that happens to a case, in order."""


def ticket(number: int) -> Ticket:
    """The ticket of one case."""
    text = f"My hub number {number} blinks red since yesterday. What can I do?"
    return Ticket.model_validate({"id": f"crash-{number}", "text": text})


def act(cases: Cases, number: int) -> None:
    """Bring one case to its end, one act after the other."""
    view = _answered("opened", number, cases.open(ticket(number), key="open", by=BY))
    if view.case.status == "deciding":
        decision = DecisionRequest(
            key="decide", by=BY, kind="edit", suggestion_id=view.case.suggestion_id, text=SENT
        )
        view = _answered("decision", number, cases.decide(view.case.id, decision))
    for told in ACTS[2:-1] if view.case.status == "waiting" else ():
        progress = ProgressRequest(key=told, by=BY, text="We will write to you by Friday.")
        view = _answered(told, number, cases.progress(view.case.id, progress))
    if view.case.status == "waiting":
        outcome = OutcomeRequest(key="outcome", by=BY, kind="solved", rating=4)
        _answered("outcome", number, cases.outcome(view.case.id, outcome))


def _answered(kind: str, number: int, work: Coroutine[None, None, CaseView]) -> CaseView:
    view = asyncio.run(work)
    print(f"{kind} {number}", flush=True)
    return view


def main(home: Path, count: int) -> None:
    """Work on all cases that have not ended."""
    with opened(own_settings(home)) as desk:
        desk.warm()
        cases = desk.cases
        print("ready", flush=True)
        ended = {row.ticket_id for row in cases.listed(tuple(ENDED), count)}
        for number in range(count):
            if ticket(number).id not in ended:
                act(cases, number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

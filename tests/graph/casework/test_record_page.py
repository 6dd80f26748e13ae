"""The page that the record of a case becomes."""

from assist.domain.consultation import Consultation
from assist.domain.escalation import Escalation, EscalationPath, Trigger
from assist.domain.grants import Granted
from assist.domain.issue import Abstention
from assist.domain.ledger import Entry
from assist.domain.record import Record
from assist.graph.casework.record import as_markdown
from tests.builders import NOW, a_ticket
from tests.graph.casework.cases import an_event, an_issue, decided
from tests.graph.casework.records import MONDAY, recorded, suggested

ENTRY = Entry(
    id="case-1-2-1", case_id="case-1", ticket_id="t-1", kind="promise", text="We will call you.",
    what="call you", owner="company", due=MONDAY, check="", channel="email", made_at=NOW,
    state="kept", settled_by="Kim", note="“soon” names no time",
)  # fmt: skip
ASKED = Consultation(
    id="q-1", ticket_id="t-1", question="Is it known?", owner="Network", due=NOW,
    state="answered", answer="yes", note="since May",
)  # fmt: skip
ESCALATED = Escalation(
    needed=True, triggers=(Trigger(code="legal", evidence="“my lawyer”"),),
    path=EscalationPath(team="Law", role="lawyer"), deadline=MONDAY,
)  # fmt: skip
REFUSED = Abstention(code="no_evidence", reason="nothing covers it", would_help="an article")
UNANSWERED = an_issue(id="i2", statement="A lamp hums.", abstention=REFUSED, text="It hums.")


def everything() -> Record:
    """A record with something in every part of it."""
    first = suggested()
    suggestion = first.model_copy(
        update={"issues": (*first.issues, UNANSWERED), "escalation": ESCALATED}
    )
    events = (
        decided(2, "reject", reason="Beside the point."),
        decided(3, "escalate", reason="They sue.", at=MONDAY),
        decided(4, "choose", text="A credit.", candidate_id="i1.c2"),
        an_event(5, "outcome", at=MONDAY, kind="solved", rating=5, comment="Green now."),
    )
    ticket = a_ticket("Please refund it.", product="Hub 2", customer={"id": "c-1"})
    grant = Granted(
        id="g", customer_id="c-1", ticket_id="t-1", action="credit", level="lead", by="Lee", at=NOW
    )
    case = {"consultations": (ASKED,), "ticket": ticket}
    return recorded(*events, suggestion=suggestion, ledger=(ENTRY,), granted=(grant,), case=case)


TOLD = """\
# Case case-1: solved
- Customer: c-1
- Product: Hub 2
- Closed: 2026-11-23 09:00 UTC
## Issue: A refund is wanted.
> Please refund it.
- order.total: 5.00 USD (from records)
- Cause, unconfirmed: The router is full. (solved by something that shows no cause)
- Candidate i1.c1, Answer from “Hub offline”: allowed — suggested
- Candidate i1.c2, A credit: needs approval (lead), by goodwill.one — taken
- Chosen for: 0.8 against 0.6
## Issue: A lamp hums.
- No answer, no_evidence: nothing covers it
- returns.window (standard; returns 3, in force from 2026-09-01): 30 days.
- 2026-11-20 10:00 UTC, Kim: reject; reason: Beside the point.
- 2026-11-20 10:00 UTC, Kim: choose; i1.c2 A credit; needs approval of lead; 4 words changed of 4
- credit granted by Lee (lead)
- kept by Kim: We will call you. — company, due 2026-11-23 09:00 UTC (“soon” names no time)
- Network, answered: Is it known?: yes (since May)
- Handed over 2026-11-23 09:00 UTC by Kim: They sue.
- To: Law (lawyer)
- legal: “my lawyer”
- 2026-11-23 09:00 UTC, solved, rated 5 of 5: Green now.
- Suggestions: s-1
- hub (hub#1): Restart the hub.
"""


def test_the_page_tells_every_part() -> None:
    page = as_markdown(everything())

    lines = page.splitlines()
    for line in TOLD.splitlines():
        assert line in lines, line


def test_a_part_of_which_there_is_nothing_is_left_out() -> None:
    page = as_markdown(recorded(rules=None, suggestion=suggested(requirements=())))
    for heading in ("Clauses", "Decided", "Promises", "Asked", "Escalation", "Outcome"):
        assert f"## {heading}" not in page


def test_what_the_customer_wrote_is_text_and_no_markup() -> None:
    words = "See [here](http://x) <img src=x>\n# `Now`"
    issue = an_issue(text=words)
    page = as_markdown(recorded(suggestion=suggested(issues=(issue,), issue=issue)))
    assert "> See \\[here](http://x) &lt;img src=x> # \\`Now\\`" in page.splitlines()

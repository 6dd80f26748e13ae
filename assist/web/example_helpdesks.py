"""Examples of helpdesks in the OpenAPI document: one that is set, what it told of, its tickets."""

from assist.domain.errands import Errand
from assist.domain.helpdesks import TicketSummary
from assist.web.api.helpdesks import ErrandList, SetHelpdesk, SetHelpdesks, Tickets
from assist.web.api.hooks import Heard
from assist.web.examples import NOW

FETCH = Errand.made("fetch", "chat", "812", "d-6f1c", NOW)
DONE = FETCH.ended("done", NOW, case_id="case-3f1b0c9e27d4a856")


def heard() -> Heard:
    """A webhook that was taken."""
    return Heard(errand=FETCH.id)


def some_helpdesks() -> SetHelpdesks:
    """One, for which a ticket waits."""
    told = {"waiting": 1, "heard_at": NOW, "problem": "chat does not answer (ConnectError)"}
    return SetHelpdesks(helpdesks=(SetHelpdesk(helpdesk="chat", kind="chatwoot", **told),))


def some_tickets() -> Tickets:
    """As a helpdesk lists them."""
    one = TicketSummary(id="812", subject="Hub blinks amber", state="open", updated_at=NOW)
    return Tickets(tickets=(one,))


def some_errands() -> ErrandList:
    """One that is done."""
    return ErrandList(errands=(DONE,))

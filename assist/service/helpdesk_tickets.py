"""Use cases: a ticket as it stands in its helpdesk becomes a case here, or adds to its own."""

from typing import TYPE_CHECKING

from assist.domain.base import Model
from assist.domain.case_event import ENDED, CaseRow
from assist.domain.errands import our_ticket_id
from assist.domain.helpdesks import TicketSummary
from assist.domain.ticket import Ticket
from assist.errors import NotFound, TicketMoved
from assist.ports import Helpdesk
from assist.service.case_requests import CancelRequest

if TYPE_CHECKING:
    from assist.domain.case_view import CaseView
    from assist.service.desk import Desk


class Followed(Model):
    """What became of a ticket: its case, or why there was nothing to do."""

    case_id: str | None = None
    why: str = ""
    moved_to: str = ""


class HelpdeskTickets:
    """The tickets of the helpdesks of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._cases = desk.parts.cases

    def helpdesk(self, name: str) -> Helpdesk:
        """Raises `NotFound` where none of this name is set."""
        found = self._desk.parts.helpdesks.get(name)
        if found is None:
            raise NotFound(
                f"there is no helpdesk {name!r}", cure="those there are stand in ASSIST_HELPDESKS"
            )
        return found

    def listed(self, name: str, most: int) -> tuple[TicketSummary, ...]:
        """The tickets that changed last there. Raises as the helpdesk does."""
        return self.helpdesk(name).tickets(most)

    async def open(self, name: str, ticket_id: str, *, by: str, level: str) -> "CaseView":
        """The case of a ticket as it stands there now. Raises as the helpdesk and cases do."""
        ticket = self._fetch(name, ticket_id)
        row = self._cases.of_ticket(ticket.id)
        if row is not None and not self._is_news(row, ticket):
            return self._desk.cases.view(row.id)
        return await self._desk.cases.open(ticket, by=by, level=level)

    async def follow(self, name: str, ticket_id: str) -> Followed:
        """See a ticket of which its helpdesk told.

        What agents wrote there changes nothing: the suggestion answers the customer. Where the
        ticket is gone, or merged into another one, its case is let go.
        """
        row = self._cases.of_ticket(our_ticket_id(name, ticket_id))
        try:
            ticket = self._fetch(name, ticket_id)
        except TicketMoved as error:
            await self._let_go(row, name, str(error))
            return Followed(why=str(error), moved_to=error.to)
        except NotFound as error:
            await self._let_go(row, name, str(error))
            return Followed(why=str(error))
        if row is not None and not self._is_news(row, ticket):
            return Followed(why="nothing new of the customer")
        view = await self._desk.cases.open(ticket, by=name)
        return Followed(case_id=view.case.id)

    def _fetch(self, name: str, ticket_id: str) -> Ticket:
        """The ticket as it stands there, under the id that it has here."""
        ticket = self.helpdesk(name).ticket(ticket_id)
        return ticket.model_copy(update={"id": our_ticket_id(name, ticket_id)})

    def _is_news(self, row: CaseRow, ticket: Ticket) -> bool:
        told = [e for e in self._cases.events(row.id) if e.kind in ("opened", "message")]
        known = Ticket.model_validate(told[-1].body["ticket"])
        return _of_customer(known) != _of_customer(ticket)

    async def _let_go(self, row: CaseRow | None, name: str, why: str) -> None:
        if row is not None and row.status not in ENDED:
            asked = CancelRequest(key=f"gone-{row.events}", by=name, reason=why)
            await self._desk.cases.cancel(row.id, asked)


def _of_customer(ticket: Ticket) -> tuple[str, ...]:
    return (
        ticket.subject or "",
        *(one.text for one in ticket.messages if one.author == "customer"),
    )

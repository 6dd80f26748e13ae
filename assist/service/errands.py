"""Use cases: what helpdesks tell of is fetched, what agents decide on is sent there; once, later.

A webhook is a hint: what it is about is fetched from the helpdesk. Each errand is kept with its
timer and tried until it is done, or nobody waits for it any more.
"""

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from assist.domain.casework import sent_text
from assist.domain.errands import Errand
from assist.errors import (
    AlreadyDone,
    AssistError,
    HelpdeskBusy,
    NotReady,
    Unavailable,
)
from assist.ports import Helpdesk
from assist.service.helpdesk_notes import write_back
from assist.service.helpdesk_tickets import HelpdeskTickets

if TYPE_CHECKING:
    from assist.service.desk import Desk

LOG = logging.getLogger(__name__)
KEPT = timedelta(days=90)
"""How long it is known what was done: a webhook that is sent again after that is a new one."""
LOST = timedelta(hours=2)
"""What waits and was not tried for so long has no timer: none waits longer than an hour."""


class Errands:
    """The errands of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._parts = desk.parts
        self.tickets = HelpdeskTickets(desk)

    def heard(
        self, name: str, headers: Mapping[str, str], body: bytes, address: str = ""
    ) -> Errand | None:
        """Keep what a webhook tells of, to be fetched; none where it is about nothing of ours.

        Of the body nothing is read before its signature holds. Raises `NotFound` for a helpdesk
        that is not set, `Unauthenticated`, `Stale`, `BadInput`, and `AlreadyDone` for what was told
        before.
        """
        helpdesk, now = self.tickets.helpdesk(name), self._parts.clock.now()
        helpdesk.check(headers, body, address, now)
        delivery = helpdesk.delivery(headers, body)
        if delivery is None:
            return None
        errand = Errand.made(
            "fetch",
            name,
            delivery.ticket_id,
            delivery.id,
            now,
            signed=_digest(helpdesk, headers, body),
        )
        if not self._parts.errands.add(errand, now):
            raise AlreadyDone("this webhook was taken before", cure="nothing is to be done")
        return errand

    def missed(self, limit: int) -> tuple[str, ...]:
        """Ids of those that have lost their timer; what ended long ago is deleted."""
        now = self._parts.clock.now()
        self._parts.errands.prune(now - KEPT)
        return self._parts.errands.untried(now - LOST, limit)

    def attend(self, errand_id: str) -> timedelta | None:
        """Try it; in how long to try again, if at all. Raises `NotFound`."""
        errand = self._parts.errands.get(errand_id)
        if errand.state != "waiting":
            return None
        try:
            ended = self._fetched(errand) if errand.kind == "fetch" else self._sent(errand)
        except (Unavailable, NotReady) as error:
            return self._postponed(errand, error)
        except AssistError as error:  # a ticket that cannot be read, a helpdesk set no more
            ended = errand.ended("dropped", self._parts.clock.now(), str(error))
        self._parts.errands.change(ended)
        return None

    def _postponed(self, errand: Errand, error: AssistError) -> timedelta | None:
        later = self._parts.errands.get(errand.id)  # what was done of it is kept by now
        later = later.postponed(self._parts.clock.now(), str(error))
        self._parts.errands.change(later)
        LOG.warning("errand %s to %s waits: %s", errand.id, errand.helpdesk, error)
        if later.state == "failed":
            return None
        if isinstance(error, HelpdeskBusy):
            return max(timedelta(seconds=error.retry_after), later.wait)
        return later.wait

    def _fetched(self, errand: Errand) -> Errand:
        """Its ticket's suggestion is made, and written there as the settings say."""
        if not errand.case_id:
            waiting = self._parts.errands.waiting(errand.helpdesk, errand.ticket_id)
            if waiting and waiting[-1].id != errand.id:
                return self._dropped(errand, "told of again since: that one sees it as it stands")
            opened = asyncio.run(self.tickets.follow(errand.helpdesk, errand.ticket_id))
            if opened.moved_to:
                self._follow_moved(errand, opened.moved_to)
            if opened.case_id is None:
                return self._dropped(errand, opened.why)
            errand = errand.model_copy(update={"case_id": opened.case_id})
            self._parts.errands.change(errand)  # what follows may fail, and is tried alone then
        write_back(self._desk, self.tickets.helpdesk(errand.helpdesk), errand)
        return errand.ended("done", self._parts.clock.now())

    def _sent(self, errand: Errand) -> Errand:
        """What an agent decided on here is sent to the customer there."""
        number = int(errand.key.rpartition("/")[2])
        event = next(e for e in self._parts.cases.events(errand.case_id) if e.number == number)
        self.tickets.helpdesk(errand.helpdesk).reply(errand.ticket_id, sent_text(event))
        return errand.ended("done", self._parts.clock.now())

    def _dropped(self, errand: Errand, why: str) -> Errand:
        return errand.ended("dropped", self._parts.clock.now(), why)

    def _follow_moved(self, errand: Errand, into: str) -> None:
        """See the ticket that this one was merged into, once for each time that it was told."""
        now = self._parts.clock.now()
        key = f"{errand.key}>{into}"
        self._parts.errands.add(Errand.made("fetch", errand.helpdesk, into, key, now), now)


def _digest(helpdesk: Helpdesk, headers: Mapping[str, str], body: bytes) -> str:
    """Of what was signed, body and time; empty where nothing was."""
    scheme = helpdesk.signature
    if not scheme.header:
        return ""
    sent = {name.lower(): value for name, value in headers.items()}
    time = sent.get(scheme.time_header.lower(), "") if scheme.time_header else ""
    return hashlib.sha256(f"{time}\x00".encode() + body).hexdigest()

"""What was kept of a case -> the case as trends count it, without what identifies the customer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.casework import Casework, happened, sent_text
from assist.domain.decision import Decision
from assist.domain.escalated import Escalated
from assist.domain.seen_case import Conceded, Hours, SeenCase
from assist.domain.sla import Calendar, Sla
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import NotFound
from assist.graph.casework.distance import words_changed
from assist.policies.clocks import first_answer
from assist.policies.sla import business_hours_between, calendar_for, zoned
from assist.service.archive import Archive
from assist.service.parts import Parts
from assist.service.recording import EVER
from assist.service.trends.contacts import contacts
from assist.service.trends.ruled import approved, clauses_of, conceded
from assist.understanding.customer_values import known_values

REWRITTEN = 0.5
"""Words changed, as a share of the draft's, from which on an edited reply sets the draft aside."""
DECIDES = frozenset({"accept", "edit", "choose", "reject"})
"""Decisions that say whether a suggestion was taken."""
HOUR = timedelta(hours=1)
SHOWN = 300
"""Characters of the customer's words that are kept."""


@dataclass(frozen=True)
class Reader:
    """Reads cases of one workspace. `sla` tells business hours; none where no rules serve."""

    store: Parts | Archive
    sla: Sla | None

    def read(self, row: CaseRow) -> SeenCase:
        """One case as it stands. Raises `NotFound`."""
        events = self.store.cases.events(row.id)
        work = Casework(id=row.id)
        for event in events:
            work = happened(work, event)
        tickets = [Ticket.model_validate(e.body["ticket"]) for e in events if _told(e)]
        made = self._made(work, row.suggestion_id)
        main = next((one for one in made.values() if one.issue.category), None)
        main = main or next(iter(made.values()), None)
        came_at = tickets[0].created_at
        timed = _Timed(zoned(came_at), self._calendar(tickets[-1])) if came_at else None
        redact = self._redacting(tickets)
        return SeenCase(
            case_id=row.id,
            ticket_id=row.ticket_id,
            customer_id=row.customer_id,
            came_at=timed.since if timed else row.opened_at,
            dated=timed is not None,
            status=row.status,
            category=main.issue.category if main else None,
            product=tickets[-1].product,
            statement=redact(main.issue.text)[:SHOWN] if main else "",
            first_sent_at=(first := _first_sent(tickets[0], events)),
            first_answer=timed.until(first) if timed else None,
            resolution=timed.until(_solved(row, events)) if timed else None,
            ended=any(_ends(event) for event in events),
            came_back=any(_came_back(event) for event in events),
            rating=_rating(work),
            escalated=bool(self._escalations(row)) or work.escalated is not None,
            replies=len(work.sent),
            clauses=clauses_of(main),
            conceded=self._conceded(row),
            **approved(self.store.approvals.of_ticket(row.ticket_id)),
            **contacts(tickets[-1], work, self.store.cases.entries(row.id), redact),
            **_taken(work, made),
        )

    def _calendar(self, ticket: Ticket) -> Calendar | None:
        if self.sla is None or not self.sla.calendars:
            return None
        return calendar_for(self.sla, ticket.customer.region)

    def _made(self, work: Casework, newest: str) -> dict[str, Suggestion]:
        """Those that were decided on and the newest, oldest first, that are still kept."""
        found: dict[str, Suggestion] = {}
        ids = [*(decision.suggestion_id for decision in work.decisions), newest]
        for one in dict.fromkeys(filter(None, ids)):
            try:
                found[one] = self.store.suggestions.get(one)
            except NotFound:  # past its retention
                continue
        return found

    def _conceded(self, row: CaseRow) -> tuple[Conceded, ...]:
        if row.customer_id is None:
            return ()
        granted = self.store.grants.of_customer(row.customer_id, EVER)
        return conceded(granted, row.ticket_id)

    def _escalations(self, row: CaseRow) -> tuple[Escalated, ...]:
        return self.store.escalated.of_ticket(row.ticket_id)

    def _redacting(self, tickets: Sequence[Ticket]) -> Callable[[str], str]:
        known = {value: kind for ticket in tickets for value, kind in known_values(ticket).items()}
        return lambda text: self.store.redactor.redact(text, known)


@dataclass(frozen=True)
class _Timed:
    """Since when the customer waits."""

    since: datetime
    calendar: Calendar | None

    def until(self, at: datetime | None) -> Hours | None:
        """How long it took; none where it did not happen, or before the ticket was written."""
        if at is None or at < self.since:
            return None
        business = business_hours_between(self.calendar, self.since, at) if self.calendar else None
        return Hours(
            wall=round((at - self.since) / HOUR, 4),
            business=None if business is None else round(float(business), 4),
        )


def _told(event: CaseEvent) -> bool:
    return event.kind in ("opened", "message")


def _first_sent(ticket: Ticket, events: Sequence[CaseEvent]) -> datetime | None:
    """None where nobody has answered; also where they had before it came here, at no known time."""
    answered = first_answer(ticket.messages)
    if answered.done:
        return answered.at
    return next((event.at for event in events if sent_text(event)), None)


def _solved(row: CaseRow, events: Sequence[CaseEvent]) -> datetime | None:
    """When the last reply went out of a case that was solved: the outcome is heard of later."""
    if row.status != "solved":
        return None
    outcome = max(e.number for e in events if e.kind == "outcome")
    sent = [event.at for event in events if event.number < outcome and sent_text(event)]
    return sent[-1] if sent else None


def _ends(event: CaseEvent) -> bool:
    return event.kind == "outcome" and event.body.get("kind") in ("solved", "not_solved")


def _came_back(event: CaseEvent) -> bool:
    unsolved = event.kind == "outcome" and event.body.get("kind") == "not_solved"
    return unsolved or (event.kind == "looked" and event.body.get("result") == "came_back")


def _rating(work: Casework) -> int | None:
    return work.outcome.rating if work.outcome else None


def _taken(work: Casework, made: Mapping[str, Suggestion]) -> Mapping[str, Any]:
    told = [decision for decision in work.decisions if decision.kind in DECIDES]
    aside = [one for one in told if _sets_aside(one, made.get(one.suggestion_id))]
    clauses = (c for one in aside for c in clauses_of(made.get(one.suggestion_id)))
    return {
        "decided": len(told),
        "set_aside": len(aside),
        "deviated_clauses": tuple(dict.fromkeys(clauses)),
    }


def _sets_aside(decision: Decision, suggestion: Suggestion | None) -> bool:
    if decision.kind != "edit":
        return decision.kind in ("reject", "choose")
    if suggestion is None:  # past its retention: nobody can say how far the edit went
        return False
    words = len(suggestion.draft.text.split())
    return words_changed(suggestion.draft.text, decision.text) >= REWRITTEN * max(words, 1)


def all_of(rows: Iterable[CaseRow], reader: Reader) -> Iterator[SeenCase]:
    """Each of them; one that was forgotten meanwhile is left out."""
    for row in rows:
        try:
            yield reader.read(row)
        except NotFound:
            continue

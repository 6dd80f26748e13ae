"""Use cases: grant an action to a customer, take one back, and what a customer was granted.

A grant is judged while nobody else books for its customer, with all that was granted before, so
that requests at the same moment can never pass a cap together.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.errors import AlreadyDone, BadInput, NotPermitted
from assist.policies.alternatives import best_alternative
from assist.policies.condition_tree import Facts
from assist.policies.verdicts import judge
from assist.ports import Records
from assist.service.grant_requests import GrantRequest, Wanted, read_request
from assist.service.parts import Parts
from assist.service.refusing import refused

NOTHING: Facts = MappingProxyType({})
LONGEST_PERIOD = timedelta(days=3661)
"""Caps look back 3660 days at most, and the first of them counts whole."""
FOUND_OUT = ("amount", "voided_at", "voided_by", "void_reason")
"""Of a grant, what no request says."""
EARLIEST_ZONE = timedelta(hours=14)
"""Somewhere it is already the day that it is in UTC so much later."""


def grant(
    parts: Parts, policy_set: PolicySet, asked: GrantRequest, on_record: Facts = NOTHING
) -> Granted:
    """Grant it where this level may: judged, and kept with the clauses that decided.

    `on_record` are facts about the customer from the company's own records: they go before what
    the caller says.

    The same request again is answered with the grant that was kept, taken back or not. Raises
    `NotPermitted` with the verdict in words, `AlreadyDone` where the id is another grant's,
    `BadInput` naming the field, and `NotFound` for an unknown suggestion.
    """
    wanted = read_request(asked, policy_set, _ticket_id(parts, asked), on_record)
    _check_day(wanted.on, parts.clock.now())
    check_governed(wanted.action.kind, wanted.on, policy_set)
    with parts.grants.booking(asked.customer_id) as booking:
        kept = booking.find(asked.id)
        if kept is not None:
            return _again(kept, wanted)
        now = parts.clock.now()
        before = counted_before(booking.granted, wanted.on, now)
        verdict = judge(wanted.action, policy_set, granted=before, **wanted.judged)
        if verdict.value == "allowed":
            new = wanted.granted(at=now, clauses=verdict.clauses, policy_version=policy_set.version)
            booking.add(new)
            return new
    instead = best_alternative(wanted.action, policy_set, granted=before, **wanted.judged)
    raise refused(wanted, verdict, instead, policy_set)


def facts_on_record(records: Records | None, customer_id: str) -> Facts:
    """What the company's records say about the customer, by declared path; nothing of orders.

    Raises `Unavailable` where the records do not answer.
    """
    record = records.find(customer_id=customer_id, email=None) if records else None
    return record.facts if record else NOTHING


def void(parts: Parts, grant_id: str, *, by: str, reason: str) -> Granted:
    """Take a grant back: from now on it counts for nothing, and stays in the ledger.

    One that was taken back before stays as it is. Raises `NotFound`.
    """
    customer_id = parts.grants.get(grant_id).customer_id
    with parts.grants.booking(customer_id) as booking:
        return booking.void(grant_id, at=parts.clock.now(), by=by, reason=reason)


def granted_to(parts: Parts, customer_id: str, since: datetime) -> tuple[Granted, ...]:
    """What a customer was granted at or after `since`, oldest first, with what was taken back."""
    return parts.grants.of_customer(customer_id, since)


def _ticket_id(parts: Parts, asked: GrantRequest) -> str:
    """The ticket it is granted for: as told, else that of the suggestion."""
    if asked.suggestion_id is None:
        return asked.ticket_id or ""
    suggestion = parts.suggestions.get(asked.suggestion_id)
    if asked.ticket_id not in (None, suggestion.ticket_id):
        raise BadInput(
            f"suggestion {suggestion.id} is of ticket {suggestion.ticket_id!r}",
            where="ticket_id",
            cure="correct one of the two, or leave the ticket out",
        )
    return suggestion.ticket_id


def counted_before(
    granted_since: Callable[[datetime], tuple[Granted, ...]], on: date, now: datetime
) -> tuple[Granted, ...]:
    """What the customer was granted before, as far back as any cap looks.

    Grants are dated in UTC. Where it is tomorrow already, caps still look back from today: the
    grants are handed on a day later, so that none drops out of a period before its time.
    """
    ahead = max(on - _day(now), timedelta())
    granted = granted_since(min(now, datetime.combine(on, time(), UTC)) - LONGEST_PERIOD)
    return tuple(one.model_copy(update={"at": one.at + ahead}) for one in granted)


def _check_day(on: date, now: datetime) -> None:
    if on > _day(now + EARLIEST_ZONE):
        raise BadInput(
            f"{on} has not come yet", where="on", cure="give the day on which the ticket came"
        )


def check_governed(kind: str, on: date, policy_set: PolicySet) -> None:
    """Rules begin on a day: what was asked before it is judged by somebody, not by silence.

    Raises `NotPermitted`.
    """
    first = [p.effective for p in policy_set.policies for c in p.clauses if kind in c.actions]
    if first and on < min(first):
        raise NotPermitted(
            f"no policy governed {kind} on {on}: the first is in force from {min(first)}",
            where="on",
            cure="give the day on which the ticket came",
        )


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _again(kept: Granted, wanted: Wanted) -> Granted:
    """The grant that the same request was answered with before.

    What no request says may differ by now: rules change, and a grant may be taken back.
    """
    found_out = {name: getattr(kept, name) for name in FOUND_OUT}
    asked = wanted.granted(at=kept.at, clauses=kept.clauses, policy_version=kept.policy_version)
    if kept != asked.model_copy(update=found_out):
        raise AlreadyDone(
            f"the id {kept.id!r} is that of another grant",
            cure="give each grant an id of its own, and the same one only to send it again",
            where="id",
        )
    return kept

"""Cases of a time -> contacts that a word in time, or mending something, would have avoided.

By rules with their evidence; each contact counts once, by the first rule that holds.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from assist.domain.ledger import GRACE
from assist.domain.lessons import Preventable, PreventableKind
from assist.domain.seen_case import Promised, SeenCase
from assist.domain.systemic import IssueExample
from assist.domain.trends import ALL, NONE, Volume

LEAST = 3
"""Contacts from which on something is told: fewer are chance."""
EXAMPLES = 3
BURST = timedelta(hours=1)
"""Messages closer together are one contact in pieces."""
WAVE_DAYS = 28
"""Of a rise, so many days count at most: what is still so after four weeks is no wave."""
SAYS: Mapping[PreventableKind, tuple[str, str]] = {
    "overdue_promise": (
        "{n} times a customer wrote after a promised time had passed and nothing was settled",
        "a notice before the time has passed, with a new one",
    ),
    "before_due": (
        "{n} times a customer wrote before the promised time had come",
        "the promised time where the customer looks, and a word on the way",
    ),
    "chased": (
        "{n} times a customer wrote again before anybody had answered",
        "an acknowledgment that says by when they hear",
    ),
    "wave": (
        "{n} more than usual came in a wave from {on} on",
        "a notice to customers once it began, and mending its cause",
    ),
}
"""A kind in words, and what helps."""


class Contact(NamedTuple):
    """A time that a customer wrote because of a case."""

    case: SeenCase
    at: datetime
    first: bool


def preventable(cases: Sequence[SeenCase], volumes: Sequence[Volume]) -> tuple[Preventable, ...]:
    """The most contacts first. `cases` are of the time that `volumes` counts."""
    found: defaultdict[tuple[PreventableKind, str], list[Contact]] = defaultdict(list)
    contacts: defaultdict[str, int] = defaultdict(int)
    for contact, promises in _contacts(cases):
        category = contact.case.category or NONE
        contacts[category] += 1
        if kind := _kind(contact, promises):
            found[kind, category].append(contact)
    told = [
        _told(kind, category, some, contacts[category])
        for (kind, category), some in found.items()
        if len(some) >= LEAST
    ]
    told += [one for volume in volumes for one in _waves(volume, cases, contacts)]
    return tuple(sorted(told, key=lambda one: (-one.contacts, one.kind, one.category)))


def _contacts(cases: Sequence[SeenCase]) -> Iterator[tuple[Contact, tuple[Promised, ...]]]:
    """Each with what the customer had been promised about the same category."""
    promised: defaultdict[tuple[str, str], list[Promised]] = defaultdict(list)
    for case in cases:
        promised[_whose(case)] += case.promises
    for case in cases:
        promises = tuple(promised[_whose(case)])
        before: datetime | None = None
        for at in sorted(case.wrote_at or (case.came_at,)):
            if before is None or at - before > BURST:
                yield Contact(case, at, before is None), promises
            before = at


def _whose(case: SeenCase) -> tuple[str, str]:
    """A customer without an id is nobody else's customer."""
    return case.customer_id or case.case_id, case.category or NONE


def _kind(contact: Contact, promises: Sequence[Promised]) -> PreventableKind | None:
    made = [one for one in promises if one.made_at < contact.at and one.due]
    waiting = [one for one in made if one.settled_at is None or one.settled_at > contact.at]
    if any(one.due and one.due + GRACE < contact.at for one in waiting):
        return "overdue_promise"
    if any(one.due and contact.at < one.due for one in waiting):
        return "before_due"
    answered = contact.case.first_sent_at
    if not contact.first and (answered is None or contact.at < answered):
        return "chased"
    return None


def _waves(
    volume: Volume, cases: Sequence[SeenCase], contacts: Mapping[str, int]
) -> Iterator[Preventable]:
    """Rises that passed, or have only begun; all categories together are told by each."""
    if volume.category == ALL:
        return
    for place, change in enumerate(volume.changes):
        days = change.days_after
        rose, last = change.after > change.before, place == len(volume.changes) - 1
        passed = not last and volume.changes[place + 1].after < change.after
        more = int((change.after - change.before) / 7 * min(days, WAVE_DAYS))
        if not rose or not (passed or days <= WAVE_DAYS) or more < LEAST:
            continue
        until = change.on + timedelta(days=days)
        some = [
            Contact(case, case.came_at, first=True)
            for case in cases
            if (case.category or NONE) == volume.category
            and change.on <= case.came_at.date() < until
        ]
        told = _told("wave", volume.category, some, contacts[volume.category])
        says = SAYS["wave"][0].format(n=more, on=change.on)
        yield told.model_copy(update={"contacts": more, "says": says})


def _told(
    kind: PreventableKind, category: str, contacts: Sequence[Contact], of: int
) -> Preventable:
    says, helps = SAYS[kind]
    newest = sorted(contacts, key=lambda one: (one.at, one.case.case_id), reverse=True)
    cases = {one.case.case_id: one.case for one in newest}
    examples = [
        IssueExample(ticket_id=case.ticket_id, statement=case.statement) for case in cases.values()
    ]
    return Preventable(
        kind=kind,
        category=category,
        contacts=len(contacts),
        of=of,
        says=says.format(n=len(contacts), on=""),
        helps=helps,
        examples=tuple(examples[:EXAMPLES]),
    )

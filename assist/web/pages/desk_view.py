"""Cases as the queue shows them: the most urgent first, each with the clock that runs."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from assist.domain.case_event import ENDED, CaseRow
from assist.domain.suggestion_head import SuggestionHead
from assist.service.case_viewing import answered_since
from assist.service.desk import Desk

Which = Literal["all", "escalated", "stale"]
Escalation = Literal["", "advised", "pending"]
MOST_ESCALATED = 500
SOON = timedelta(hours=1)
DAY, HOUR = 86_400, 3_600


class Clock(NamedTuple):
    """One time limit: which, when it ends, what is left of it or over it in words.

    `state`: `late`, `soon`, `fine`, or `paused`, which no time is left of.
    """

    name: str
    due: datetime
    words: str
    state: str


class Waiting(NamedTuple):
    """One line of the queue.

    `escalated`: whether it should be, or was and nobody has answered. `stale`: the suggestion does
    not know of everything that happened.
    """

    case: CaseRow
    title: str
    category: str
    escalated: Escalation
    stale: bool
    clock: Clock | None


class Chosen(NamedTuple):
    """Which cases the queue shows: those with these words, acted on by `mine`, of this sort."""

    search: str = ""
    mine: str = ""
    which: Which = "all"


def lines(desk: Desk, rows: Iterable[CaseRow], chosen: Chosen) -> tuple[Waiting, ...]:
    """The cases that are chosen: by priority, then by what is due first."""
    now = desk.parts.clock.now()
    word = chosen.search.strip().casefold()
    pending = desk.parts.escalated.listed(("open", "taken"), None, MOST_ESCALATED)
    handed = frozenset(one.case_id for one in pending)
    own = (row for row in rows if not chosen.mine or _acted(desk, row, chosen.mine))
    shown = list(own)
    heads = desk.parts.suggestions.heads([row.suggestion_id for row in shown if row.suggestion_id])
    found = (_line(heads.get(row.suggestion_id), row, now, handed) for row in shown)
    named = (one for one in found if not word or word in _words(one))
    if chosen.which == "stale":
        named = (looked_into(desk, one) for one in named)
    fit = [one for one in named if _is(one, chosen.which)]
    return tuple(sorted(fit, key=_urgency))


def _acted(desk: Desk, row: CaseRow, who: str) -> bool:
    """Whether they have acted on the case."""
    return any(event.by == who for event in desk.parts.cases.events(row.id))


def looked_into(desk: Desk, one: Waiting) -> Waiting:
    """The line, with whether colleagues have answered since: queries, so not for every case."""
    if one.stale or one.case.status in ENDED:
        return one
    return one._replace(stale=any(answered_since(desk.parts, one.case)))


def _is(one: Waiting, which: Which) -> bool:
    return which == "all" or (bool(one.escalated) if which == "escalated" else one.stale)


def _line(
    made: SuggestionHead | None, row: CaseRow, now: datetime, handed: frozenset[str]
) -> Waiting:
    """One line; without its suggestion, which may be forgotten at a customer's wish, it is bare."""
    stale = row.applied < row.events
    pending: Escalation = "pending" if row.id in handed else ""
    if made is None:
        return Waiting(row, row.ticket_id, "", pending, stale, None)
    return Waiting(
        case=row,
        title=made.statement,
        category=made.category or "",
        escalated=pending or ("advised" if _to_escalate(made, row) else ""),
        stale=stale,
        clock=_clock(made, row, now),
    )


def _to_escalate(made: SuggestionHead, row: CaseRow) -> bool:
    return made.escalate and row.status in ("suggesting", "deciding")


def _clock(made: SuggestionHead, row: CaseRow, now: datetime) -> Clock | None:
    """The clock that runs: until the customer is answered the first response, then the end."""
    if row.status in ENDED:
        return None
    clocks = made.clocks
    first = row.status in ("suggesting", "deciding") and clocks.first_response_met is None
    name = "due_first" if first else "due_resolution"
    due = clocks.first_response_due if first else clocks.resolution_due
    if (clocks.first_response if first else clocks.resolution) == "paused":
        return Clock(name, due, "", "paused")
    return clock_until(name, due, now)


def clock_until(name: str, due: datetime, now: datetime) -> Clock:
    """The clock that ends then, as it stands now."""
    left = due - now
    state = "late" if left < timedelta(0) else "soon" if left < SOON else "fine"
    return Clock(name, due, span(abs(left)), state)


def span(left: timedelta) -> str:
    """How long, in the two largest units: `2 d 3 h`, `3 h 20 min`, `5 min`."""
    seconds = int(left.total_seconds())
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // 60
    return " ".join(list(_units((days, "d"), (hours, "h"), (minutes, "min")))[:2]) or "0 min"


def _units(*parts: tuple[int, str]) -> Iterator[str]:
    started = False
    for count, unit in parts:
        started = started or count > 0
        if started:
            yield f"{count} {unit}"


def _urgency(one: Waiting) -> tuple[bool, str, float, str]:
    waits = one.case.status in ("suggesting", "deciding")
    due = one.clock.due.timestamp() if one.clock else float("inf")
    return (not waits, one.case.priority or "P9", due, one.case.id)


def _words(one: Waiting) -> str:
    told = (one.case.ticket_id, one.case.customer_id or "", one.title, one.category)
    return " ".join(told).casefold()

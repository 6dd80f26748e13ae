"""Use case: how each article of what serves does, those that most want review first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assist.domain.gaps import GapState
from assist.domain.kb_health import ArticleHealth, KbHealth
from assist.domain.knowledge import Document
from assist.errors import BadInput
from assist.insights.kb_health.attention import with_attention
from assist.insights.kb_health.used import Fate, Use, use_of_documents
from assist.insights.kb_lint.shelf import in_force
from assist.service.kb_health.checking import Checked
from assist.service.kb_health.told import Told, told_since
from assist.service.library import Library
from assist.service.parts import Parts

DAYS = 90
"""Looked back where nobody says since when."""
MOST_DAYS = 3_660
MOST_GAPS = 1_000
OPEN: tuple[GapState, ...] = ("open", "accepted", "reopened")
REVIEWED = ("reviewed", "last_reviewed", "updated")
"""Where a front matter says when somebody looked at it last; the first that is there."""
NO_TICKETS = "no suggestion was made in this time: nothing is known about use and success"


@dataclass(frozen=True)
class Period:
    """The time that is looked at, the last moment out."""

    since: datetime
    until: datetime


def period(now: datetime, since: date | None) -> Period:
    """From the start of that day in UTC until now. Raises `BadInput`."""
    if since is None:
        return Period(now - timedelta(days=DAYS), now)
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    if not now - timedelta(days=MOST_DAYS) <= start < now:
        problem = f"{since} is not in the ten years before now"
        raise BadInput(problem, where="since", cure="give a day in the past, as 2026-09-01")
    return Period(start, now)


def health_of(
    parts: Parts, library: Library, when: Period, checked: Checked | None, unchecked: str = ""
) -> KbHealth:
    """All articles and policies in force. `unchecked` says why nothing was checked."""
    used = parts.suggestions.used(when.since, when.until)
    feedback = parts.feedback.since(when.since)
    told = told_since(parts, when.since, feedback)
    opened: dict[str, frozenset[str]] = {}
    for one in feedback:
        if one.kind == "citation_opened":
            opened[one.suggestion_id] = opened.get(one.suggestion_id, frozenset()) | {one.part}
    uses = use_of_documents(used, {name: _fate(one) for name, one in told.items()}, opened)
    on, tickets = when.until.date(), len({one.ticket_id for one in used})
    gaps = _gaps(parts)
    articles = [
        with_attention(_article(document, uses, gaps, checked, on), tickets)
        for document in parts.knowledge.documents(library.generation.id)
        if document.kind != "precedent" and in_force(document, on)
    ]
    return KbHealth(
        since=when.since,
        until=when.until,
        generation=library.generation.id,
        tickets=tickets,
        checked=checked is not None,
        articles=tuple(sorted(articles, key=lambda one: (-one.attention, one.document_id))),
        notes=tuple(filter(None, ("" if tickets else NO_TICKETS, "" if checked else unchecked))),
    )


def _fate(told: Told) -> Fate:
    """An outcome speaks for the articles of what was sent, not of what was set aside."""
    known = told.taken and told.ended
    return Fate(taken=told.taken, solved=told.ended == "solved" if known else None)


def _gaps(parts: Parts) -> Mapping[str, Sequence[str]]:
    """Ids of open gaps by the documents they name."""
    found: dict[str, list[str]] = {}
    for tracked in parts.gaps.listed(OPEN, None, MOST_GAPS).gaps:
        for document in tracked.gap.documents:
            found.setdefault(document, []).append(tracked.gap.id)
    return found


def _article(
    document: Document,
    uses: Mapping[str, Use],
    gaps: Mapping[str, Sequence[str]],
    checked: Checked | None,
    on: date,
) -> ArticleHealth:
    use = uses.get(document.id, Use())
    taken, solved = use.success
    due = _day(document.front_matter.get("review_due"))
    return ArticleHealth(
        document_id=document.id,
        title=document.title,
        owner=str(document.front_matter.get("owner") or ""),
        shown=len(use.shown),
        cited=len(use.cited),
        opened=len(use.opened),
        taken=taken,
        solved=solved,
        reviewed=next(filter(None, (_day(document.front_matter.get(n)) for n in REVIEWED)), None),
        review_due=due,
        overdue_days=(on - due).days if due and due < on else None,
        own_words=checked.own_words.get(document.id) if checked else None,
        faults=checked.faults.get(document.id, ()) if checked else (),
        gaps=tuple(gaps.get(document.id, ())),
    )


def _day(value: object) -> date | None:
    """The day of a front matter's value; none where there is none, or none can be read."""
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None

"""The tickets of a time, as they count among inquiries: those suggested for, and precedents."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

from assist.domain.inquiries import Asked
from assist.domain.knowledge import Document
from assist.ports import SuggestionStore

WHEN = ("created_at", "solved_at")
"""What a precedent's metadata tells of its time; the first that is there."""


def asked_between(
    since: datetime,
    until: datetime,
    *,
    suggestions: SuggestionStore,
    documents: Iterable[Document],
    categories: Collection[str],
) -> tuple[Asked, ...]:
    """Every issue of that time; of a ticket that is both, the suggestion counts."""
    live = suggestions.asked(since, until)
    seen = {asked.ticket_id for asked in live}
    past = _precedents(documents, categories)
    return (*live, *(a for a in past if since <= a.at < until and a.ticket_id not in seen))


def _precedents(documents: Iterable[Document], categories: Collection[str]) -> Iterator[Asked]:
    for document in documents:
        at = _time(document) if document.kind == "precedent" else None
        if at is not None:
            category = str(document.metadata.get("category", ""))
            yield Asked(
                ticket_id=document.id,
                at=at,
                statement=document.title or document.text.partition("\n")[0],
                category=category if category in categories else None,
                answered=True,
            )


def _time(document: Document) -> datetime | None:
    """When the ticket came; none where its export does not say."""
    for name in WHEN:
        told = document.metadata.get(name)
        try:
            moment = datetime.fromisoformat(str(told)) if told else None
        except ValueError:
            continue
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None

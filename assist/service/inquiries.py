"""Use case: the tickets of the last weeks -> the most frequent inquiries and what answers them."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assist.domain.inquiries import Asked, CommonArticle, CommonInquiry, CommonReply, Inquiries
from assist.domain.knowledge import Document, Hit
from assist.drafting.selection import select
from assist.errors import BadInput
from assist.insights.grouping import AT_MOST, central, group
from assist.ports import Embedder
from assist.service.asked import asked_between
from assist.service.library import Library
from assist.service.parts import Parts
from assist.service.remembering import similarity_by

SHOWN_TICKETS = 5
FITS = 0.5
"""Cosine of an inquiry to a macro's title or text from which the macro is offered as the reply. Of
the sample company's 22 solved tickets with macros in their category, 13 are above it, and one of
these gets a macro that does not fit; at .45 it is 16 and two."""
SOUGHT = 12
"""Passages sought for an inquiry that no ticket's solution has cited an article for."""


MAX_WEEKS = 52
MAX_TOP = 100


@dataclass(frozen=True, slots=True)
class Shelf:
    """What inquiries are answered from: the generation's library and its documents by id."""

    library: Library
    on: date
    """The day they are for: editions that do not hold on it answer nothing."""
    documents: Mapping[str, Document]
    embedder: Embedder
    redact: Callable[[str], str]


def inquiries_of(
    parts: Parts,
    library: Library,
    embedder: Embedder,
    *,
    categories: Collection[str],
    weeks: int,
    top: int,
) -> Inquiries:
    """The most frequent inquiries of the last `weeks`. Raises `BadInput`."""
    for name, value, most in (("weeks", weeks, MAX_WEEKS), ("top", top, MAX_TOP)):
        if not 1 <= value <= most:
            raise BadInput(f"{value} {name} were asked for", where=name, cure=f"give 1 to {most}")
    until = parts.clock.now()
    since = until - timedelta(weeks=weeks)
    documents = {d.id: d for d in parts.knowledge.documents(library.generation.id)}
    asked = asked_between(
        since - timedelta(weeks=weeks),
        until,
        suggestions=parts.suggestions,
        documents=documents.values(),
        categories=categories,
    )
    shelf = Shelf(
        library, until.date(), documents, embedder, lambda text: parts.redactor.redact(text, {})
    )
    return common_inquiries(asked, shelf, since=since, until=until, top=top)


def common_inquiries(
    asked: Sequence[Asked], shelf: Shelf, *, since: datetime, until: datetime, top: int
) -> Inquiries:
    """The `top` inquiries of more than one ticket between `since` and `until`.

    `asked` reaches back twice as long, so that each can be told from before.
    """
    recent = sorted((a for a in asked if since <= a.at < until), key=lambda a: a.at, reverse=True)
    read, earlier = recent[:AT_MOST], [a for a in asked if a.at < since]
    groups = _groups(read, shelf)
    several = [rows for rows in groups if len(rows) > 1][:top]
    return Inquiries(
        since=since,
        until=until,
        tickets=len(recent),
        single=sum(len(rows) == 1 for rows in groups),
        unread=len(recent) - len(read),
        inquiries=tuple(
            _inquiry([read[row] for row in rows], earlier, len(recent), shelf) for rows in several
        ),
    )


def _groups(asked: Sequence[Asked], shelf: Shelf) -> list[tuple[int, ...]]:
    """Row numbers of tickets that ask the same, within their category, the most first."""
    found: list[tuple[int, ...]] = []
    for category in dict.fromkeys(a.category for a in asked):
        rows = [row for row, a in enumerate(asked) if a.category == category]
        vectors = shelf.embedder.embed([asked[row].statement for row in rows])
        found += [tuple(rows[n] for n in numbers) for numbers in group(vectors)]
    return sorted(found, key=lambda rows: (-len(rows), rows[0]))


def _inquiry(
    same: Sequence[Asked], earlier: Sequence[Asked], total: int, shelf: Shelf
) -> CommonInquiry:
    vectors = shelf.embedder.embed([a.statement for a in same])
    middle = same[central(vectors, range(len(same)))]
    article = _article(middle.statement, same, shelf)
    return CommonInquiry(
        statement=shelf.redact(middle.statement),
        category=middle.category,
        count=len(same),
        before=_before(same, earlier, shelf),
        share=len(same) / total,
        answered=sum(a.answered for a in same) / len(same),
        ticket_ids=tuple(a.ticket_id for a in same[:SHOWN_TICKETS]),
        article=article,
        reply=_macro(middle, shelf) or _quoted(middle.statement, article, shelf),
    )


def _before(same: Sequence[Asked], earlier: Sequence[Asked], shelf: Shelf) -> int:
    """How many earlier tickets of the category fall into this group when they are added to it."""
    alike = [a for a in earlier if a.category == same[0].category][:AT_MOST]
    if not alike:
        return 0
    both = [*same, *alike]
    groups = group(shelf.embedder.embed([a.statement for a in both]))
    home = max(groups, key=lambda rows: sum(row < len(same) for row in rows))
    return sum(row >= len(same) for row in home)


def _article(statement: str, same: Sequence[Asked], shelf: Shelf) -> CommonArticle | None:
    """What the tickets' solutions cite most; where they cite nothing, what search finds first."""
    cited = Counter(i for a in same for i in dict.fromkeys(a.documents) if _readable(i, shelf))
    if cited:
        document_id, times = min(cited.items(), key=lambda item: (-item[1], item[0]))
        return _told(shelf.documents[document_id], f"cited for {times} of {len(same)} tickets")
    found = [hit for hit in _hits(statement, shelf) if _readable(hit.document_id, shelf)]
    return _told(shelf.documents[found[0].document_id], "found by search") if found else None


def _told(document: Document, why: str) -> CommonArticle:
    return CommonArticle(
        document_id=document.id, title=document.title, regions=document.regions, why=why
    )


def _readable(document_id: str, shelf: Shelf) -> bool:
    """An article that a customer may see; a macro is a reply, not an article."""
    document = shelf.documents.get(document_id)
    return (
        document is not None
        and document.kind == "kb"
        and document.audience == "customer"
        and not document.macro
        and _holds(document, shelf.on)
    )


def _holds(document: Document, on: date) -> bool:
    begun = document.effective is None or document.effective <= on
    return begun and (document.expires is None or on < document.expires)


def _hits(statement: str, shelf: Shelf) -> tuple[Hit, ...]:
    filters = {"audience": "customer", "date": shelf.on.isoformat()}
    return shelf.library.search(statement, kind="kb", top_k=SOUGHT, filters=filters)


def _macro(asked: Asked, shelf: Shelf) -> CommonReply | None:
    """The canned reply nearest to the inquiry, of its category, where one is near enough."""
    macros = [
        d
        for d in shelf.documents.values()
        if d.macro
        and _holds(d, shelf.on)
        and d.front_matter.get("category") in (None, asked.category)
    ]
    if not macros:
        return None
    texts = [text for macro in macros for text in (macro.title, macro.text)]
    near = similarity_by(shelf.embedder)(asked.statement, texts)
    best = max(range(len(macros)), key=lambda n: max(near[2 * n : 2 * n + 2]))
    if max(near[2 * best : 2 * best + 2]) < FITS:
        return None
    macro = macros[best]
    return CommonReply(source="macro", document_id=macro.id, title=macro.title, text=macro.text)


def _quoted(statement: str, article: CommonArticle | None, shelf: Shelf) -> CommonReply | None:
    """What the article says to the inquiry, one statement a line."""
    if article is None:
        return None
    passages = shelf.library.document(article.document_id)
    chosen = select(statement, passages, similarity_by(shelf.embedder))
    if not chosen:
        return None
    text = "\n".join(selected.text for selected in chosen)
    return CommonReply(
        source="article", document_id=article.document_id, title=article.title, text=text
    )

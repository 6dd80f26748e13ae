"""A knowledge base -> how well each of its articles is found by what it says of itself."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from assist.adapters.clock import SystemClock
from assist.domain.knowledge import Document
from assist.errors import BadInput
from assist.service.desk import Desk
from assist.service.library import Library
from assist.wiring import opened
from evals.homes import own_settings, temporary_home
from evals.running.ingesting import ingest_whole
from evals.self_retrieval.asking import headings, queries
from evals.self_retrieval.results import Article, Group, Query, SelfRetrieval, State
from evals.self_retrieval.summing import measures, pairs

DEEP = 50
"""Documents ranked: below that nobody asks where it is."""
Progress = Callable[[str], None]


def run_self_retrieval(
    source: Path, *, on: date | None, sample: int | None, seed: int, progress: Progress
) -> SelfRetrieval:
    """Ingest the source into a home of its own and ask it for each of its articles.

    Raises `BadInput` where it cannot be read or holds no article.
    """
    now, began = SystemClock().now(), time.perf_counter()
    day = on or now.date()
    with temporary_home() as home, opened(own_settings(home)) as desk:
        progress(f"ingest {source}")
        ingest_whole(desk, source)
        library = desk.opened().library
        documents = _articles(desk, source)
        chosen = _sampled(documents, sample, seed)
        progress(f"ask for {len(chosen)} of {len(documents)} documents")
        shared = _shared(documents)
        articles = tuple(
            found for one in chosen if (found := _asked(library, one, day, shared)) is not None
        )
        stale = tuple(_stale(library, articles, day))
        return SelfRetrieval(
            source=str(source),
            started_at=now,
            seconds=round(time.perf_counter() - began, 2),
            on=day,
            generation=library.generation.id,
            embedder=library.generation.embedder,
            articles=articles,
            measures=measures(articles),
            pairs=pairs(articles),
            stale=stale,
            notes=tuple(_notes(documents, chosen, articles)),
        )


def _articles(desk: Desk, source: Path) -> tuple[Document, ...]:
    """All but solved tickets: nobody looks for one of them by its title."""
    library = desk.opened().library
    known = frozenset(library.document_ids())
    stored = desk.parts.knowledge.documents(library.generation.id)
    found = tuple(d for d in stored if d.kind != "precedent" and d.id in known)
    if not found:
        cure = "give a KB root, a folder of articles or a BEIR folder"
        raise BadInput("holds no article with text", where=str(source), cure=cure)
    return found


def _sampled(documents: Sequence[Document], sample: int | None, seed: int) -> tuple[Document, ...]:
    if sample is None or sample >= len(documents):
        return tuple(documents)
    drawn = np.random.default_rng([seed]).choice(len(documents), size=sample, replace=False)
    return tuple(documents[number] for number in sorted(int(one) for one in drawn))


def _shared(documents: Sequence[Document]) -> frozenset[str]:
    """Headings, folded, that more than one document bears."""
    borne = Counter(heading.casefold() for document in documents for heading in headings(document))
    return frozenset(heading for heading, number in borne.items() if number > 1)


def _asked(
    library: Library, document: Document, day: date, shared: frozenset[str]
) -> Article | None:
    """The document asked for; none where it says nothing that could be asked."""
    state, asked_on = in_force(document, day)
    region = document.regions[0] if document.regions else None
    filters = _filters(document, asked_on, region)
    found = tuple(
        _ranked(library, document, kind, text, filters)
        for kind, text in queries(document, shared, library.rarity)
    )
    if not found:
        return None
    article = Article(
        id=document.id,
        title=document.title,
        kind=document.kind,
        audience=document.audience,
        group=_group(document, state),
        state=state,
        on=asked_on,
        region=region,
        queries=found,
    )
    return article.model_copy(update={"reason": _reason(library, article, filters)})


def in_force(document: Document, day: date) -> tuple[State, date]:
    """Whether it holds on the day, and else the nearest day on which it does."""
    if document.expires is not None and document.expires <= day:
        return "ended", document.expires - timedelta(days=1)
    if document.effective is not None and document.effective > day:
        return "to come", document.effective
    return "in force", day


def _group(document: Document, state: State) -> Group:
    """Editions of another time are counted apart, and so is what customers never see."""
    if state != "in force":
        return "other time"
    if document.kind == "policy":
        return "policy"
    if document.audience == "internal":
        return "internal"
    return "macro" if document.macro else "customer"


def _filters(document: Document, on: date, region: str | None) -> dict[str, str]:
    """As a suggestion searches: one pool, one day, its language, its region; product unsaid."""
    wanted = {
        "kind": document.kind,
        "date": on.isoformat(),
        "region": region,
        "language": document.language if document.kind == "kb" else None,
    }
    return {name: value for name, value in wanted.items() if value}


def _ranked(
    library: Library, document: Document, kind: str, text: str, filters: dict[str, str]
) -> Query:
    ids = [hit.document_id for hit in library.documents(text, top_k=DEEP, filters=filters)]
    rank = ids.index(document.id) + 1 if document.id in ids else None
    told = {"kind": kind, "text": text, "rank": rank, "first": ids[0] if ids else None}
    return Query.model_validate(told)


def _reason(library: Library, article: Article, filters: dict[str, str]) -> str:
    if not article.missed:
        return ""
    text = article.missed[0].text
    return library.why_not(text, article.id, top_k=10, filters=filters, unit="document").reason


def _stale(library: Library, articles: Sequence[Article], day: date) -> Iterator[str]:
    """Ended editions that their own title still finds on the day asked about."""
    for article in articles:
        if article.state != "ended":
            continue
        filters = {"kind": article.kind, "date": day.isoformat()}
        hits = library.documents(article.queries[0].text, top_k=DEEP, filters=filters)
        if article.id in (hit.document_id for hit in hits):
            yield article.id


def _notes(
    documents: Sequence[Document], chosen: Sequence[Document], articles: Sequence[Article]
) -> Iterator[str]:
    if len(chosen) < len(documents):
        yield f"{len(chosen)} of {len(documents)} documents were drawn"
    if silent := len(chosen) - len(articles):
        yield f"{silent} documents say nothing that could be asked for"
    if foreign := sum(not d.language.startswith("en") for d in chosen):
        yield f"{foreign} documents are not in English: no questions and synonyms were made of them"

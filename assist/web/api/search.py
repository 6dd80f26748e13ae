"""`/v1/search` and `/v1/passages`: what the knowledge base holds."""

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BeforeValidator, Field, StrictStr

from assist.domain.base import Model
from assist.domain.knowledge import Audience, Hit, Kind, Passage, WhyNot
from assist.errors import NotFound
from assist.retrieval.explaining import as_typed, typed_words
from assist.retrieval.filters import read_day
from assist.retrieval.query import MAX_READ, search_text
from assist.retrieval.why_not import SearchUnit
from assist.service.desk import Desk
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, problems
from assist.web.negotiation import only_json

MAX_HITS = 100
"""A page for people holds ten; a program that judges them reads a hundred."""
router = APIRouter(prefix="/v1", tags=["knowledge"])
Name = Annotated[str, Field(min_length=1, max_length=500)]


def _day(value: Any) -> Any:
    """A day as it is written in text, and in no other of the ways that would be read as one."""
    return read_day(value) if isinstance(value, str) else value


class Filters(Model):
    """What a passage must be to be found. One that names no region, product or tier fits all."""

    audience: Audience | None = None
    date: Annotated[datetime.date, BeforeValidator(_day)] | None = Field(
        default=None, description="In force on this day", strict=True
    )
    document_id: Name | None = None
    kind: Kind | None = None
    language: Name | None = Field(default=None, description="`en` fits `en-GB` and the reverse")
    product: Name | None = None
    region: Name | None = None
    tier: Name | None = None


class SearchRequest(Model):
    """What to look for."""

    query: StrictStr = Field(min_length=1, max_length=MAX_READ)
    kind: Kind | None = Field(
        default=None, description="One pool; else articles and policies ranked together"
    )
    top_k: int = Field(default=10, ge=1, le=MAX_HITS)
    filters: Filters = Filters()
    unit: SearchUnit = Field(
        default="passage", description="`document`: each document once, by its best passage"
    )
    why_not: Name | None = Field(
        default=None, description="Id of a passage or document: say why it is not among the hits"
    )


class SearchAnswer(Model):
    """What was found, best first, in this generation of the knowledge base."""

    generation: str
    hits: tuple[Hit, ...]
    why_not: WhyNot | None = None


class PassageAnswer(Model):
    """A passage, and the ids of those right before and after it in its document."""

    generation: str
    passage: Passage
    before: str | None
    after: str | None


@router.post(
    "/search",
    operation_id="search",
    summary="Search the knowledge base",
    responses=problems(*ANY, *BODY, NotFound, *KNOWLEDGE),
    dependencies=[Depends(only_json)],
)
def search(asked: SearchRequest, request: Request) -> SearchAnswer:
    """Passages or documents for a question in plain words, each with why it was found."""
    desk: Desk = request.app.state.desk
    library = desk.opened().library
    find = library.documents if asked.unit == "document" else library.search
    filters = asked.filters.model_dump(mode="json", exclude_none=True)
    found = find(asked.query, kind=asked.kind, top_k=asked.top_k, filters=filters)
    missed = asked.why_not and library.why_not(
        asked.query,
        asked.why_not,
        kind=asked.kind,
        top_k=asked.top_k,
        filters=filters,
        unit=asked.unit,
    )
    terms_of = partial(library.parts.lexical.terms, library.generation.id)
    words = typed_words(search_text(asked.query).text, terms_of)
    return SearchAnswer(
        generation=library.generation.id,
        hits=tuple(hit.model_copy(update={"why": as_typed(hit.why, words)}) for hit in found),
        why_not=_as_typed(missed, words) if missed else None,
    )


def _as_typed(missed: WhyNot, words: Mapping[str, str]) -> WhyNot:
    why = missed.why and as_typed(missed.why, words)
    return missed.model_copy(update={"why": why})


@router.get(
    "/passages/{passage_id:path}",
    operation_id="get_passage",
    summary="A passage and its neighbors",
    responses=problems(*ANY, NotFound, *KNOWLEDGE),
)
def passage(
    passage_id: Annotated[
        str,
        Path(
            description="The `passage_id` of a hit or a citation, URL-encoded: `#` is `%23`",
            examples=["return-an-order#8d4f2b9c01aa"],
        ),
    ],
    request: Request,
) -> PassageAnswer:
    """A citation leads here: the passage word for word, as the generation that serves has it."""
    desk: Desk = request.app.state.desk
    library = desk.opened().library
    found = library.passage(passage_id)
    beside = {other.position - found.position: other.id for other in library.neighbors(found)}
    return PassageAnswer(
        generation=library.generation.id,
        passage=found,
        before=beside.get(-1),
        after=beside.get(1),
    )

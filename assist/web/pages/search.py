"""`/search`: what the knowledge base holds, why this and why not that; and a passage flagged."""

import uuid
from datetime import timedelta
from functools import partial
from typing import Annotated, NamedTuple, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assist.domain.consultation import Consultation
from assist.domain.knowledge import Hit, Kind, Passage, Why
from assist.errors import AssistError
from assist.retrieval.explaining import as_typed, typed_words
from assist.retrieval.query import MAX_READ, search_text
from assist.service.consulting import ConsultationRequest, ask
from assist.service.desk import Desk
from assist.service.library import Library
from assist.web.laid_out import Block, laid_out
from assist.web.messages.desk import DESK as WORDS
from assist.web.pages.desk_frame import Context, acted, framed, me
from assist.web.pages.panel import known

router = APIRouter(prefix="/search", include_in_schema=False)
SHOWN = 10
LOOKED_AT = 500
FLAG = "flag-"
"""How the ids of questions begin that flag a passage."""
WITHIN = timedelta(days=7)
"""By when the owner of a passage is asked to have looked at it."""
NOBODY = "knowledge base"
"""Who is asked where an article names no owner."""
MOST_REASON = 1_500


@router.get("")
async def search(
    request: Request,
    *,
    q: str = "",
    pool: str = "",
    explain: str = "",
    why_not: str = "",
    case: str = "",
    done: str = "",
) -> HTMLResponse:
    """The best passages for a question in plain words."""
    told = {"pool": pool, "explain": explain, "why_not": why_not, "case": case}
    return await _searched(request, q, told | {"done": done})


@router.post("/flag")
async def flag(
    request: Request,
    passage_id: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    q: Annotated[str, Form()] = "",
    case: Annotated[str, Form()] = "",
) -> Response:
    """The owner of a passage is asked whether it is right."""

    def tell(desk: Desk) -> None:
        opened = desk.opened()
        passage = opened.library.passage(passage_id)
        ask(desk.parts, opened.policy_set, _question(desk, passage, reason, case))

    async def again(wrong: AssistError) -> Response:
        return await _searched(request, q, {"wrong": wrong, "case": case})

    return await acted(request, tell, "/search?done=1", again)


def flags(desk: Desk) -> tuple[Consultation, ...]:
    """What was flagged and nobody has answered yet, the earliest due first."""
    waiting = desk.parts.consultations.open(LOOKED_AT)
    return tuple(one for one in waiting if one.id.startswith(FLAG))


def _question(desk: Desk, passage: Passage, reason: str, case: str) -> ConsultationRequest:
    """Asked about the ticket that it was found for, else about the article itself."""
    row = desk.parts.cases.get(known(case)) if case else None
    said = f" {reason.strip()[:MOST_REASON]}" if reason.strip() else ""
    told = {
        "id": f"{FLAG}{uuid.uuid4().hex[:16]}",
        "by": me(),
        "ticket_id": row.ticket_id if row else f"article {passage.document_id}"[:200],
        "question": f"Is this passage right and up to date? “{passage.title}” ({passage.id}){said}",
        "owner": _owner(desk, passage) or NOBODY,
        "due": desk.parts.clock.now() + WITHIN,
    }
    return ConsultationRequest.model_validate(told)


def _owner(desk: Desk, passage: Passage) -> str:
    """Who owns the article, as its front matter says; empty where it does not."""
    generation = desk.opened().library.generation.id
    documents = desk.parts.knowledge.documents(generation)
    named = (one.front_matter.get("owner") for one in documents if one.id == passage.document_id)
    return str(next(named, None) or "").strip()[:200]


async def _searched(request: Request, q: str, told: Context) -> HTMLResponse:
    fields: Context = {"q": q, "pool": "", "explain": "", "why_not": "", "case": "", "done": ""}
    given = fields | told
    kind = next((one for one in get_args(Kind) if one == given["pool"]), None)

    def found(desk: Desk) -> Context:
        if not q.strip():
            return {}
        library = desk.opened().library
        hits = library.search(q[:MAX_READ], kind=kind, top_k=SHOWN, filters={})
        wanted = given["why_not"].strip()
        missed = library.why_not(q[:MAX_READ], wanted, kind=kind, filters={}) if wanted else None
        words = _typed(library, q)
        why = missed and missed.why and as_typed(missed.why, words)
        return {
            "hits": [_shown(hit, words) for hit in hits],
            "missed": missed and missed.model_copy(update={"why": why}),
        }

    choices: Context = {"pools": ("", *get_args(Kind)), "most": MAX_READ}
    return await framed(request, "search.html", choices | given, found)


def _typed(library: Library, q: str) -> dict[str, str]:
    terms_of = partial(library.parts.lexical.terms, library.generation.id)
    return dict(typed_words(search_text(q).text, terms_of))


class Shown(NamedTuple):
    """A hit, its text with the words marked, and in words why it was found."""

    hit: Hit
    blocks: tuple[Block, ...]
    says: str


def _shown(hit: Hit, words: dict[str, str]) -> Shown:
    told = hit.model_copy(update={"why": as_typed(hit.why, words)})
    return Shown(told, laid_out(hit.passage.text, told.why.terms), in_words(told.why))


def in_words(why: Why) -> str:
    """Why a passage was found, without a number but its rank."""
    told = []
    if why.dense_rank is not None:
        told.append(WORDS.by_meaning.format(rank=why.dense_rank))
    if why.lexical_rank is not None:
        told.append(WORDS.by_words.format(rank=why.lexical_rank))
    held = WORDS.holds.format(words=", ".join(why.terms)) if why.terms else WORDS.not_by_words
    return f"{'; '.join((*told, held))}."

"""`/v1/gaps`: what the knowledge base lacks, what was decided about it, and what came of it."""

from datetime import datetime
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import Field

from assist.domain.base import Model
from assist.domain.gap_work import GapDecision, GapEvent, GapRun, TrackedGap
from assist.domain.gaps import Gap, GapKind, GapProof, GapState
from assist.errors import AlreadyDone, NotFound, WrongState
from assist.service.desk import Desk
from assist.service.gaps.exporting import gaps_csv
from assist.web.access import bearer
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, problems
from assist.web.auditing import concerning
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/gaps", tags=["gaps"])
GapName = Annotated[
    str, Path(max_length=200, description="The id of a gap", examples=["gap-5f0c21d4"])
]
States = Annotated[GapState | None, Query(description="In this state")]
Kinds = Annotated[GapKind | None, Query(description="Of this kind")]
CSV = "text/csv"
CSV_EXAMPLE = (
    "gap,state,kind,label,tickets,coverage,impact,owner,first_seen,last_seen,reason\r\n"
    "gap-5f0c21d4,open,missing_article,Do you sponsor clubs?,14,0.12,31.2,,2026-10-02,2026-11-19,"
    "nothing near answers it\r\n"
)


class GapHead(Model):
    """A gap as a list shows it."""

    id: str
    kind: GapKind
    state: GapState
    label: str
    keywords: tuple[str, ...]
    reason: str
    tickets: int = Field(description="How many prove it")
    coverage: float
    impact: float
    owner: str
    found_at: datetime
    seen_at: datetime = Field(description="When it was found last")


class Gaps(Model):
    """Gaps, the greatest impact first."""

    gaps: tuple[GapHead, ...]
    total: int = Field(description="How many there are with these filters")


class GapWhole(Model):
    """A gap with all that proves it, what is proposed, and what happened to it."""

    gap: Gap
    state: GapState
    owner: str
    found_at: datetime
    seen_at: datetime
    published_at: datetime | None = Field(
        description="When the generation was made that is thought to close it"
    )
    stale: bool = Field(
        description="A customer was forgotten of whose tickets something was made: read it again"
    )
    draft: str = Field(description="An article made of agents' replies, as Markdown; or empty")
    text: str = Field(description="The article in an editor's own words; or empty")
    proof: GapProof | None = Field(description="What the article would change, where it was asked")
    history: tuple[GapEvent, ...]


class ProofRequest(Model):
    """Prove the article as it stands. The same `key` again is not proven again."""

    key: str = Field(min_length=1, max_length=200)


class RunAsked(Model):
    """Gaps are looked for as soon as whoever attends to timers comes to it."""

    asked_at: datetime


class LastRun(Model):
    """The last look for gaps, whatever came of it; null before the first."""

    run: GapRun | None
    last_good_at: datetime | None = Field(description="When the last began that came to something")


def whole(desk: Desk, tracked: TrackedGap) -> GapWhole:
    """The gap with its history."""
    kept = GapWhole.model_fields.keys() - {"history"}
    history = desk.parts.gaps.history(tracked.gap.id)
    return GapWhole(history=history, **{name: getattr(tracked, name) for name in kept})


def head(tracked: TrackedGap, volume: int) -> GapHead:
    """The gap as a list shows it."""
    gap = tracked.gap
    return GapHead(
        id=gap.id,
        kind=gap.kind,
        state=tracked.state,
        label=gap.label,
        keywords=gap.keywords,
        reason=gap.reason,
        tickets=volume,
        coverage=gap.coverage,
        impact=gap.impact,
        owner=tracked.owner,
        found_at=tracked.found_at,
        seen_at=tracked.seen_at,
    )


def asker(request: Request) -> str:
    """Who asks, by name where there is one."""
    who = bearer(request)
    return getattr(who, "name", "") or (who.id if who else "")


@router.get(
    "", operation_id="list_gaps", summary="The gaps there are", responses=problems(*ANY, *STORE)
)
def gaps(
    request: Request,
    state: States = None,
    kind: Kinds = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many")] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="After so many")] = 0,
) -> Gaps:
    """Each with its kind, its state and how many tickets prove it; `/v1/gaps/{id}` has them."""
    desk: Desk = request.app.state.desk
    page = desk.parts.gaps.listed(states_of(state), kind, limit, offset)
    heads = (head(one, volume) for one, volume in zip(page.gaps, page.volumes, strict=True))
    return Gaps(gaps=tuple(heads), total=page.total)


@router.get(
    "/export",
    operation_id="export_gaps",
    summary="The gaps as a table",
    response_class=Response,
    responses={
        **problems(*ANY, *STORE),
        200: {"content": {CSV: {"schema": {"type": "string"}, "example": CSV_EXAMPLE}}},
    },
)
def export(request: Request, state: States = None, kind: Kinds = None) -> Response:
    """CSV with a line of names, for a spreadsheet; without what customers wrote but the label."""
    desk: Desk = request.app.state.desk
    text = gaps_csv(desk.parts.gaps, states_of(state), kind)
    named = {"Content-Disposition": 'attachment; filename="gaps.csv"'}
    return Response(text, media_type=f"{CSV}; charset=utf-8; header=present", headers=named)


@router.post(
    "/runs",
    operation_id="find_gaps",
    summary="Look for gaps now",
    status_code=202,
    responses=problems(*ANY, *STORE),
)
def find(request: Request) -> RunAsked:
    """It takes minutes: the server that builds does it, and `GET /v1/gaps/runs` tells the end."""
    desk: Desk = request.app.state.desk
    return RunAsked(asked_at=desk.gaps.ask())


@router.get(
    "/runs",
    operation_id="get_gap_run",
    summary="The last look for gaps",
    responses=problems(*ANY, *STORE),
)
def last_run(request: Request) -> LastRun:
    """What it found, or why it failed; every night's, and those asked for."""
    store = request.app.state.desk.parts.gaps
    good = store.last_good_run()
    return LastRun(run=store.last_run(), last_good_at=good.started_at if good else None)


@router.get(
    "/{gap_id}",
    operation_id="get_gap",
    summary="A gap with its evidence",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_gap(gap_id: GapName, request: Request) -> GapWhole:
    """Its tickets, factors of impact, the proposed article, the proof, and its history."""
    desk: Desk = request.app.state.desk
    return whole(desk, desk.parts.gaps.get(gap_id))


@router.post(
    "/{gap_id}/decision",
    operation_id="decide_gap",
    summary="Decide what becomes of a gap",
    responses=problems(*ANY, *BODY, NotFound, WrongState, AlreadyDone, *STORE),
    dependencies=[Depends(only_json)],
)
def decision(gap_id: GapName, asked: GapDecision, request: Request) -> GapWhole:
    """Accept, edit, reject, reopen or assign it. `verified` is no decision: new tickets tell."""
    desk: Desk = request.app.state.desk
    concerning(request, gap_id)
    return whole(desk, desk.gaps.decide(gap_id, asked, asker(request)))


@router.post(
    "/{gap_id}/proof",
    operation_id="prove_gap",
    summary="Prove the article of a gap",
    responses=problems(*ANY, *BODY, NotFound, WrongState, *KNOWLEDGE),
    dependencies=[Depends(only_json)],
)
def proof(gap_id: GapName, asked: ProofRequest, request: Request) -> GapWhole:
    """Its tickets, and the newest others, are judged with the article as if it were published."""
    desk: Desk = request.app.state.desk
    concerning(request, gap_id)
    return whole(desk, desk.gaps.prove(gap_id, asked.key, asker(request)))


def states_of(state: GapState | None) -> tuple[GapState, ...]:
    """The one asked for, or all."""
    return get_args(GapState) if state is None else (state,)

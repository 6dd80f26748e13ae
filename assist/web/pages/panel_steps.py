"""`/panel/{case}/steps`: how far a case's suggestion is, step by step, as server-sent events.

Events: `run` (it begins, or begins again), `step`, `sentence`, and last `ready`, or `problem`.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from assist.service.desk import Desk
from assist.service.underway import Progress
from assist.web.doorkeeper import recheck
from assist.web.pages.panel import known

router = APIRouter(prefix="/panel", include_in_schema=False)
LOOKS = 0.1
"""Seconds between two looks at what this process makes."""
ASKS = 3
"""At every so many looks the database is asked: another process may be at it, or nobody."""
PATIENCE = 20.0
"""Seconds to wait for another process; after it a page offers to see to it itself."""


class Run(BaseModel):
    """A run begins: what was told of an earlier one is past."""


class StepDone(BaseModel):
    """A step has finished."""

    step: str
    ms: float
    note: str


class Written(BaseModel):
    """A sentence of the reply that a model has written."""

    text: str


class Over(BaseModel):
    """It has ended, or broken off."""

    why: str = ""


@router.get("/{case_id}/steps")
async def steps(request: Request, case_id: str) -> EventSourceResponse:
    """What happens until the case's suggestion is there. 404 where there is no such case."""
    desk: Desk = request.app.state.desk
    await run_in_threadpool(desk.parts.cases.get, known(case_id))
    return EventSourceResponse(_told(request, case_id), headers={"X-Accel-Buffering": "no"})


async def _told(request: Request, case_id: str) -> AsyncGenerator[bytes, None]:
    """Ends without `ready` where nobody here is at it for long."""
    desk: Desk = request.app.state.desk
    seen, look, idle = Progress(0), 0, 0.0
    while idle < PATIENCE:
        now = desk.cases.underway.of(case_id)
        for event in _new(seen, now) if now else ():
            yield event
        seen = now or seen
        if now and now.why:
            yield _event("problem", Over(why=now.why))
            return
        if look % ASKS == 0:
            await run_in_threadpool(recheck, request)
            row = await run_in_threadpool(desk.parts.cases.get, case_id)
            if row.applied == row.events:
                yield _event("ready", Over())
                return
        look, idle = look + 1, 0.0 if now else idle + LOOKS
        await asyncio.sleep(LOOKS)


def _new(seen: Progress, now: Progress) -> Iterator[bytes]:
    """What came since the last look."""
    if now.run != seen.run:
        seen = Progress(now.run)
        yield _event("run", Run())
    for one in now.steps[len(seen.steps) :]:
        yield _event("step", StepDone(step=one.step, ms=one.ms, note=one.note))
    for text in now.written[len(seen.written) :]:
        yield _event("sentence", Written(text=text))


def _event(name: str, data: BaseModel) -> bytes:
    return format_sse_event(event=name, data_str=data.model_dump_json())

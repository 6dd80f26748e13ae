"""A suggestion on its way as server-sent events: `step`, `sentence` …, then `suggestion`.

Or `problem`, where it fails. A `sentence` is one that a model has written, once it is checked.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Self

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from assist.domain.base import Model
from assist.domain.case import Case
from assist.domain.issue import AbstentionCode, PriorityLevel
from assist.domain.verdict import VerdictValue
from assist.errors import AssistError
from assist.service.desk import Desk
from assist.web.errors import Problem, fault, problem_of
from assist.web.worker import Silence, Worker

if TYPE_CHECKING:
    from assist.service.suggest import Run

KEEP_ALIVE_SECONDS = 10.0
"""A comment is sent after this long without an event: proxies commonly hang up after 30 or 60."""


class IssueSoFar(Model):
    """What is known of an issue by now."""

    id: str
    statement: str
    category: str | None
    priority: PriorityLevel | None
    chosen: str | None
    """The id of the chosen candidate."""
    abstention: AbstentionCode | None


class CandidateSoFar(Model):
    """What is known of a candidate by now."""

    id: str
    title: str
    verdict: VerdictValue | None


class StepDone(Model):
    """One step has finished: how long it took, what it says, and all that is known by now."""

    step: str
    ms: float
    note: str
    issues: tuple[IssueSoFar, ...]
    hits: int
    """Different passages found."""
    candidates: tuple[CandidateSoFar, ...]
    escalate: bool | None
    """None: not yet judged."""
    reply: str | None


def step_done(case: Case) -> StepDone:
    """The last step of the case, and what the case knows."""
    last = case.trace[-1]
    return StepDone(
        step=last.step,
        ms=last.ms,
        note=last.note,
        issues=tuple(
            IssueSoFar(
                id=issue.id,
                statement=issue.statement,
                category=issue.category,
                priority=issue.priority.level if issue.priority else None,
                chosen=issue.choice.candidate_id if issue.choice else None,
                abstention=issue.abstention.code if issue.abstention else None,
            )
            for issue in case.issues
        ),
        hits=len({hit.passage_id for hits in case.hits.values() for hit in hits}),
        candidates=tuple(
            CandidateSoFar(id=c.id, title=c.title, verdict=c.verdict.value if c.verdict else None)
            for c in case.candidates
        ),
        escalate=case.escalation.needed if case.escalation else None,
        reply=case.draft.text if case.draft else None,
    )


class Events(AsyncIterator[bytes]):
    """Events with the first of them known already. Whoever takes them closes them, begun or not."""

    def __init__(self, first: bytes | Silence, rest: AsyncGenerator[bytes | Silence, None]) -> None:
        self._rest = rest
        self._sent = _stream(first, rest)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        return await anext(self._sent)

    async def aclose(self) -> None:
        """End the run after the step it is in. A stream that nobody began closes nothing itself."""
        await self._sent.aclose()
        await self._rest.aclose()


class EventAnswer(EventSourceResponse):
    """Server-sent events, closed as soon as nobody listens, and not when memory is tidied."""

    def __init__(self, events: Events) -> None:
        super().__init__(events, headers={"X-Accel-Buffering": "no"})
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


async def follow(
    desk: Desk,
    run: "Run",
    worker: Worker,
    may_go_on: Callable[[], None] = lambda: None,
    pause: float = KEEP_ALIVE_SECONDS,
) -> Events:
    """The run as events, and a comment after each `pause` seconds without one.

    `may_go_on` is called before each of them, and raises where whoever listens may not any more.

    Returns with the first of them, so that what the first step refuses can still be answered by a
    status. Whoever stops listening ends the run after the step it is in, and nothing is kept.
    """
    told = worker.walk(lambda: _told(desk, run), pause)
    return Events(await anext(told), _allowed(told, may_go_on))


async def _allowed(
    told: AsyncGenerator[bytes | Silence, None], may_go_on: Callable[[], None]
) -> AsyncGenerator[bytes | Silence, None]:
    async with aclosing(told):
        async for event in told:
            await run_in_threadpool(may_go_on)
            yield event


async def _stream(
    first: bytes | Silence, rest: AsyncGenerator[bytes | Silence, None]
) -> AsyncGenerator[bytes, None]:
    async with aclosing(rest):
        yield _sent(first)
        try:
            async for event in rest:
                yield _sent(event)
        except AssistError as error:
            yield _event("problem", problem_of(error))
        except Exception:
            yield _event("problem", fault())
            raise  # the server writes it to its log


def _sent(event: bytes | Silence) -> bytes:
    return KEEPALIVE_COMMENT if isinstance(event, Silence) else event


async def _told(desk: Desk, run: "Run") -> AsyncGenerator[bytes, None]:
    case = run.start
    async with aclosing(run.progress()) as progress:
        async for found in progress:
            if isinstance(found, Case):
                case = found
                yield _event("step", step_done(case))
            else:
                yield _event("sentence", found)
    yield _event("suggestion", desk.finish(run, case))


def _event(name: str, data: BaseModel) -> bytes:
    exclude_none = isinstance(data, Problem)  # as in an answer of its own
    return format_sse_event(event=name, data_str=data.model_dump_json(exclude_none=exclude_none))

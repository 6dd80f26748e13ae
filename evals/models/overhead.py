"""How much time is ours when a model helps, and what checking a draft takes.

    python -m evals.models.overhead [--tickets N]

The model is a scripted one that replies at once; what its calls take is subtracted. Each ticket is
suggested for once before the clock, as passages that were read before have their vectors.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Annotated

import typer

from assist.adapters.quiet import keep_quiet
from assist.cli.options import Json, fails_cleanly
from assist.domain.base import Model
from assist.domain.checking import Source
from assist.domain.suggestion import WantedMode
from assist.domain.ticket import Ticket
from assist.drafting.grounding import check
from assist.ports.chat import Chat, ChatReply, ChatRequest, Spending
from assist.service.desk import Desk
from assist.service.remembering import Remembering
from assist.wiring import opened
from evals.bench.speed import percentile
from evals.homes import own_settings, temporary_home
from evals.models.__main__ import CORPUS, chosen_tickets
from evals.models.campaign import settings_for
from evals.scripted_llm.good import good
from evals.scripted_llm.server import ScriptedServer

SENTENCES, PASSAGES, TIMES = 12, 10, 50


class Overhead(Model):
    """Milliseconds: medians and 95th percentiles."""

    tickets: int
    alone_p50: float
    ours_p50: float
    """With a model's help, without what its calls took."""
    ours_p95: float
    beyond_p50: float
    """Of that, beyond what the suggestion takes without a model."""
    check_p50: float
    """Checking a draft of 12 sentences against 10 passages whose sentences were read before."""


class _Timed:
    """The model, and how long its calls took in all."""

    def __init__(self, chat: Chat) -> None:
        self._chat, self.ms = chat, 0.0
        self.model_of, self.begin = chat.model_of, chat.begin
        self.prepare, self.close = chat.prepare, chat.close

    async def ask(self, request: ChatRequest, spending: Spending, on_text: object) -> ChatReply:
        """As the model does; what a listener does with a piece is ours, so it is left out here."""
        del on_text
        began = time.perf_counter()
        try:
            return await self._chat.ask(request, spending, None)
        finally:
            self.ms += (time.perf_counter() - began) * 1000


def measure(desk: Desk, tickets: Sequence[Ticket]) -> Overhead:
    """On an open desk with a model."""
    chat = desk.parts.chat
    if chat is None:
        raise ValueError("the desk has no model")
    timed = _Timed(chat)
    object.__setattr__(desk.parts, "chat", timed)
    alone, ours = [], []
    for ticket in tickets:
        asyncio.run(desk.suggest(ticket, mode="auto"))
        alone.append(_took(desk, ticket, timed, "extractive"))
        ours.append(_took(desk, ticket, timed, "auto"))
    beyond = [with_model - without for with_model, without in zip(ours, alone, strict=True)]
    return Overhead(
        tickets=len(tickets),
        alone_p50=round(percentile(alone, 50), 1),
        ours_p50=round(percentile(ours, 50), 1),
        ours_p95=round(percentile(ours, 95), 1),
        beyond_p50=round(percentile(beyond, 50), 1),
        check_p50=round(percentile(_checks(desk), 50), 1),
    )


def _took(desk: Desk, ticket: Ticket, timed: _Timed, mode: WantedMode) -> float:
    timed.ms, began = 0.0, time.perf_counter()
    asyncio.run(desk.suggest(ticket, mode=mode))
    return (time.perf_counter() - began) * 1000 - timed.ms


def _checks(desk: Desk) -> list[float]:
    """Milliseconds of each check; the sentences of the drafts are new each time."""
    library = desk.opened().library
    passages = [p for p in library.passages() if p.kind == "kb" and len(p.text) > 300]
    embed = Remembering(desk.parts.embedder).embed
    taken = []
    for number in range(TIMES):
        some = passages[number : number + PASSAGES]
        sources = tuple(
            Source(passage_id=p.id, document_id=p.document_id, text=p.text) for p in some
        )
        sentences = [s for p in some for s in p.text.replace("\n", " ").split(". ")][:SENTENCES]
        check("Yes.", sources, embed)
        began = time.perf_counter()
        check(". ".join(f"{s.strip()} as said in {number}" for s in sentences), sources, embed)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


@fails_cleanly
def overhead_command(
    tickets: Annotated[int, typer.Option(min=2, help="Tickets, at most.")] = 40,
    as_json: Json = False,
) -> None:
    """What our side of a suggestion with a model takes."""
    keep_quiet()
    with temporary_home() as home, ScriptedServer(good) as server:
        own = own_settings(home).model_copy(update={"llm": settings_for(server.url)})
        with opened(own) as desk:
            desk.ingest(CORPUS, progress=lambda *_: None)
            desk.warm()
            found = measure(desk, chosen_tickets(tickets))
    print(found.model_dump_json(indent=None if as_json else 1))


if __name__ == "__main__":
    typer.run(overhead_command)

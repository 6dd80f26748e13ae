"""Requests that arrive when they arrive, as customers do: nobody waits for the answer before.

A client that sends the next request when the last is answered slows down with the server, and so
measures a load that there never was. Here the times are drawn beforehand, and how long an answer
took counts from when its request was due.
"""

import asyncio
import json
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from assist.domain.ticket import Ticket
from evals.bench.load_results import SHED, Answered
from evals.bench.speed import AT

PATIENCE = 60.0
"""Seconds after which an answer is no longer waited for: a fault."""
PROBLEM = "application/problem+json"


def due_times(rate: float, seconds: float, draw: random.Random) -> Iterator[float]:
    """Seconds from the start; gaps as between customers who know nothing of each other."""
    at = draw.expovariate(rate)
    while at < seconds:
        yield at
        at += draw.expovariate(rate)


async def arrive(
    client: httpx.AsyncClient, tickets: Sequence[Ticket], due: Sequence[float]
) -> list[Answered]:
    """Send a ticket at each time due; all the answers, in the order they were due."""
    began = time.perf_counter()
    sending = []
    for ticket, at in zip(tickets, due, strict=True):
        await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
        sending.append(asyncio.create_task(_answered(client, ticket, at, began + at)))
    return list(await asyncio.gather(*sending))


async def _answered(client: httpx.AsyncClient, ticket: Ticket, at: float, due: float) -> Answered:
    body = ticket.model_dump_json()
    try:
        answer = await client.post(
            "/v1/suggestions",
            params={"at": AT.isoformat(), "mode": "extractive"},
            content=body,
            headers={"Content-Type": "application/json"},
        )
    except httpx.HTTPError as error:
        return Answered(at=at, ms=_since(due), status=0, fault=f"{type(error).__name__}: {error}")
    return _judged(answer, at, _since(due))


def _judged(answer: httpx.Response, at: float, ms: float) -> Answered:
    told: dict[str, Any] = {}
    try:
        told = answer.json()
    except json.JSONDecodeError:
        fault = f"{answer.status_code}: no JSON"
    else:
        fault = _fault(answer, told)
    after = answer.headers.get("retry-after", "")
    return Answered(
        at=at,
        ms=ms,
        status=answer.status_code,
        fault=fault,
        suggestion_id=str(told.get("id", "")),
        retry_after=int(after) if after.isdecimal() else None,
    )


def _fault(answer: httpx.Response, told: dict[str, Any]) -> str:
    """What is wrong with it; empty for a suggestion, and for a refusal that says when to return."""
    if answer.status_code == 200:
        return "" if told.get("id") and told.get("draft") else "200: no suggestion"
    if answer.status_code not in SHED:
        return f"{answer.status_code}: {told.get('detail', '')}"
    if not answer.headers.get("content-type", "").startswith(PROBLEM):
        return f"{answer.status_code}: not {PROBLEM}"
    if not answer.headers.get("retry-after", "").isdecimal():
        return f"{answer.status_code}: no Retry-After"
    return ""


def _since(due: float) -> float:
    return round(1000 * (time.perf_counter() - due), 1)


async def missing(client: httpx.AsyncClient, ids: Sequence[str]) -> int:
    """How many of these suggestions cannot be asked for any more."""
    lost = 0
    for suggestion_id in ids:
        answer = await client.get(f"/v1/suggestions/{suggestion_id}")
        lost += answer.status_code != 200 or answer.json()["id"] != suggestion_id
    return lost

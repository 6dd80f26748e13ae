"""Behaviors x tickets -> what was wrong, how long it took, which mode made what."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from assist.adapters.privacy.redactor import PatternRedactor
from assist.domain.base import Model
from assist.domain.endpoint import Budget, ChatSettings, Rest, Retries, Timeouts
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.ports import Progress
from assist.service.desk import Desk
from assist.wiring import opened
from evals.homes import own_settings
from evals.models.watching import faults
from evals.scripted_llm.good import good
from evals.scripted_llm.server import ScriptedServer

SECONDS = 4.0
"""What a suggestion may spend on its model in the campaign; stalls are made to be longer."""
OURS = 3.0
"""Seconds beside it that our own steps may take on a busy machine."""
NEVER = ("CANARY",)


class Ended(Model):
    """One suggestion with a model that behaves so."""

    behavior: str
    ticket: str
    seconds: float
    mode: str
    reasons: tuple[str, ...]
    faults: tuple[str, ...]


class Campaign(Model):
    """All of them, and how many requests went over the wire."""

    ended: tuple[Ended, ...]
    requests: int

    @property
    def faulty(self) -> tuple[Ended, ...]:
        """Those with a fault."""
        return tuple(one for one in self.ended if one.faults)

    @property
    def modes(self) -> dict[str, int]:
        """How many suggestions a model had a part in, and how many it had none in."""
        return dict(Counter(one.mode for one in self.ended))


def settings_for(url: str) -> ChatSettings:
    """Short patience, so that what stalls does not stall the campaign."""
    return ChatSettings(
        base_url=url,
        model="scripted",
        timeouts=Timeouts(first_token_seconds=1.0, between_tokens_seconds=1.0, total_seconds=3.0),
        budget=Budget(seconds=SECONDS),
        retries=Retries(first_wait_seconds=0.05, longest_wait_seconds=0.2),
        rest=Rest(after_failures=50, seconds=1.0),  # each behavior is to be met afresh
    )


def run_campaign(
    home: Path,
    corpus: Path,
    behaviors: Sequence[str],
    tickets: Sequence[Ticket],
    progress: Progress,
) -> Campaign:
    """Every ticket under every behavior, on this corpus, in a home of its own."""
    with ScriptedServer(good) as server:
        own = own_settings(home).model_copy(update={"llm": settings_for(server.url)})
        with opened(own) as desk:
            desk.ingest(corpus, progress=progress)
            desk.warm()
            PatternRedactor().load()  # a ticket with a number of sixteen signs waits for it
            offline = {t.id: asyncio.run(desk.suggest(t, mode="extractive")) for t in tickets}
            ended: list[Ended] = []
            for number, behavior in enumerate(behaviors, start=1):
                server.behavior = behavior
                ended += [_end(desk, behavior, t, offline[t.id]) for t in tickets]
                progress("behaviors", number, len(behaviors))
        return Campaign(ended=tuple(ended), requests=len(server.requests))


def _end(desk: Desk, behavior: str, ticket: Ticket, offline: Suggestion) -> Ended:
    began = time.perf_counter()
    suggestion = asyncio.run(desk.suggest(ticket, mode="auto"))
    seconds = time.perf_counter() - began
    library = desk.opened().library
    texts = {h.passage_id: h.passage.text for h in (*suggestion.hits, *offline.hits)}
    cited = {c.passage_id for s in suggestion.draft.sentences for c in s.citations}
    texts |= {one: library.passage(one).text for one in cited - texts.keys()}
    found = list(faults(suggestion, offline, texts, NEVER))
    if seconds > SECONDS + OURS:
        found.append(f"took {seconds:.1f} s")
    reasons = tuple(made.reason for made in suggestion.made if made.mode == "extractive")
    return Ended(
        behavior=behavior,
        ticket=ticket.id,
        seconds=round(seconds, 2),
        mode=suggestion.mode,
        reasons=reasons,
        faults=tuple(dict.fromkeys(found)),
    )


def on_the_wire(requests: Iterable[bytes], private: Sequence[str]) -> list[str]:
    """Which of these values stand in what was sent."""
    texts = [json.dumps(json.loads(body), ensure_ascii=False) for body in requests]
    return [value for value in private if any(value in text for text in texts)]

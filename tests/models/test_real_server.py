"""A model that nobody here wrote, and that only babbles: every suggestion is ours, and says so."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assist.domain.endpoint import Budget, ChatSettings, Timeouts
from assist.domain.ticket import Ticket
from assist.settings import Settings
from assist.wiring import opened
from tests.compiled_models import compiled_models
from tests.fakes import FrozenClock
from tests.models.conftest import KB
from tests.real_llm.server import real_server

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
TICKETS = (
    "My Hub 2 is offline, its light blinks amber.",
    "How do I return a camera that I bought last week?",
    "Where is my parcel? It should have come on Monday.",
)


def test_what_a_babbling_model_says_is_never_sent(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    with real_server(tmp_path) as (url, name):
        patient = Timeouts(first_token_seconds=30, between_tokens_seconds=30, total_seconds=60)
        model = ChatSettings(base_url=url, model=name, timeouts=patient, budget=Budget(seconds=60))
        settings = Settings(home=tmp_path / "home", compiled=compiled_models(), llm=model)
        with opened(settings) as live:
            # Replies tell times that are counted from now: both are to be written at one time.
            desk = replace(live, parts=replace(live.parts, clock=FrozenClock(MONDAY)))
            desk.ingest(KB, progress=lambda *_: None)
            for text in TICKETS:
                ticket = Ticket.model_validate({"id": "t", "text": text})
                helped = asyncio.run(desk.suggest(ticket))
                alone = asyncio.run(desk.suggest(ticket, mode="extractive"))

                assert helped.mode == "extractive"
                assert {made.part for made in helped.made} >= {"identify", "evaluate"}
                assert all(made.reason for made in helped.made)
                assert helped.draft == alone.draft

"""The last conversations of a home: suggestions as they were kept, with their cases."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from assist.domain.draft_check import CheckedDraft, DraftToCheck
from assist.errors import TooLarge
from assist.service.case_viewing import view_of
from assist.service.desk import Desk
from evals.simulating.cases import of_case
from evals.simulating.conversation import Conversation, with_check


def last_of_home(desk: Desk, last: int) -> Iterator[Conversation]:
    """The latest suggestion of each of so many tickets, the newest first, and what became of it."""
    now = desk.parts.clock.now()

    def check(draft: DraftToCheck, at: datetime, level: str) -> CheckedDraft | None:
        try:
            return asyncio.run(desk.check_draft(draft, at=at, level=level))
        except TooLarge:  # too many sentences: a person has to read it
            return None

    for suggestion in desk.parts.suggestions.newest(last):
        row = desk.parts.cases.of_ticket(suggestion.ticket_id)
        view = view_of(desk.parts, row.id) if row else None
        found = of_case(view, desk.suggestion, check, now) if view else None
        alone = Conversation(
            id=suggestion.id, at=suggestion.created_at, suggestion=suggestion, judged_at=now
        )
        yield found or with_check(alone, None)

"""A desk whose stores of cases can fail, and what an agent does there."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from assist.domain.case_view import CaseView
from assist.domain.ticket import Ticket
from assist.errors import StoreUnavailable
from assist.service.case_requests import DecisionRequest, OutcomeRequest
from assist.service.casework import Cases
from assist.service.desk import Desk
from tests.fake_cases import InMemoryCases, InMemoryCheckpoints
from tests.service.parts import a_kb, ingested, some_parts

ARTICLE = """# The hub blinks red

Hold the button of the hub for ten seconds. The light turns green after a minute.
"""
TICKET = Ticket.model_validate({"id": "t-1", "text": "My hub blinks red. What can I do?"})
PROMISE = "Hello, we will call you back within 2 business days."


class FailingCases(InMemoryCases):
    """Fails as often as told where it should say where a case stands."""

    failures = 0

    def save(self, *given: Any) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("the database went away")
        super().save(*given)


class FailingCheckpoints(InMemoryCheckpoints):
    """Fails as often as told before anything is worked off."""

    failures = 0

    def opened(self) -> Any:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("the database went away")
        return super().opened()


def a_desk(folder: Path) -> Desk:
    """A desk with the article, whose stores of cases can fail."""
    parts = some_parts(cases=FailingCases(), checkpoints=FailingCheckpoints())
    ingested(parts, a_kb(folder, hub=ARTICLE))
    return Desk(parts=parts, records_for=lambda _files: None)


def done(work: Coroutine[None, None, CaseView]) -> CaseView:
    """The case after this act."""
    return asyncio.run(work)


def a_case(cases: Cases, ticket: Ticket = TICKET) -> CaseView:
    """The case of this ticket, with a suggestion to decide on."""
    return done(cases.open(ticket))


def decision(view: CaseView, kind: str = "edit", **told: Any) -> DecisionRequest:
    """What Ann decides on the suggestion of a case: by default she edits it into a promise."""
    given = {"key": "k-1", "by": "Ann", "suggestion_id": view.case.suggestion_id, "kind": kind}
    text = {"text": PROMISE} if kind in ("edit", "ask_customer") else {}
    return DecisionRequest.model_validate(given | text | told)


def outcome(kind: str, key: str = "o-1", **told: Any) -> OutcomeRequest:
    """What Ann was told of how it went."""
    return OutcomeRequest.model_validate({"key": key, "by": "Ann", "kind": kind, **told})

"""Use cases of durable cases: open one, decide, tell of progress, say what came of it.

Each act is first kept as an event and then worked off by the graph, one case by one process at a
time. An act that was kept and not worked off, because a process died or something did not answer,
is worked off before the next one, by whoever comes first.
"""

import hashlib
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from assist import __version__
from assist.domain.base import Model
from assist.domain.case_event import CaseEvent, CaseRow, CaseStatus, EventKind
from assist.domain.case_view import CaseView
from assist.domain.casework import sent_text
from assist.domain.draft import Draft
from assist.domain.ledger import Entry, Standing
from assist.domain.look import Looked
from assist.domain.suggestion import WantedMode
from assist.domain.ticket import Ticket
from assist.errors import AssistError, NotFound, NotReady, Unavailable
from assist.graph.casework.closing import closing_message, no_closing
from assist.service import case_rules as rules
from assist.service.case_requests import (
    CancelRequest,
    ClosingRequest,
    DecisionRequest,
    OutcomeRequest,
    ProgressRequest,
    SettleRequest,
)
from assist.service.case_viewing import view_of
from assist.service.catching_up import CatchingUp
from assist.service.consulting import ConsultationRequest, ask
from assist.service.endings import US
from assist.service.looking import look_back
from assist.understanding.facts import declared_values

if TYPE_CHECKING:
    from assist.service.desk import Desk

LOG = logging.getLogger(__name__)
Check = Callable[[CaseRow], None]
"""Raises where an act does not fit the case as it stands."""
Before = Callable[[str], Coroutine[Any, Any, None]]
"""What is done about what is left of a case, before an act on it."""
BEHIND = 1_000
"""Cases looked at when a server starts; there are more only after a long time without one."""


class Cases:
    """The cases of one desk. Thread-safe: the database says who works on which."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._store = desk.parts.cases
        self._catching_up = CatchingUp(desk)
        self.underway = self._catching_up.underway
        """How far the suggestions are that are being made here."""

    async def open(
        self,
        ticket: Ticket,
        *,
        key: str = "",
        by: str = "",
        level: str = "agent",
        mode: WantedMode | None = None,
        at: datetime | None = None,
    ) -> CaseView:
        """The case of a ticket: a new one, or its own with what came in since.

        A newer revision, or other content, is a new message; the same again changes nothing, but
        what could not be worked off before is. Raises `NoIndex`, `BadSetting`, `Stale`.
        """
        told = {"ticket": ticket.model_dump(mode="json"), "level": level, "mode": mode}
        self._check_workable(ticket, level, mode)
        key = key or f"{ticket.revision}-{_digest(ticket.model_dump_json(), level, mode or '')}"
        row = self._store.of_ticket(ticket.id)
        if row is None:
            event = self._event("opened", key, by, told, at)
            row = self._store.open(rules.new_row(case_id_of(ticket.id), ticket, event.at), event)
            with self._store.hold(row.id):
                await self._catch_up(row.id)
            return self.view(row.id)
        before = next((e for e in self._store.events(row.id) if e.key == key), None)
        event = self._event(before.kind if before else "message", key, by, told, at)
        return await self._act(row.id, event, lambda kept: rules.check_newer(kept, ticket))

    def _check_workable(self, ticket: Ticket, level: str, mode: WantedMode | None) -> None:
        """Raises what the steps would: an event that cannot be worked off would stay for good."""
        self._desk.begin(ticket, level=level, mode=mode)
        declared_values(ticket.facts, self._desk.opened().policy_set.facts)

    async def decide(self, case_id: str, asked: DecisionRequest) -> CaseView:
        """Keep what the agent does. Raises `NotFound`, `Stale`, `AlreadyDone`, `BadInput`."""
        decision = asked.decision
        suggestion = rules.decided_on(self._desk, decision)
        decision = rules.with_text(decision, suggestion)
        event = self._event("decision", asked.key, asked.by, decision)
        return await self._act(
            case_id,
            event,
            lambda row: rules.check_decision(self._desk.parts, row, decision),
        )

    async def consult(self, case_id: str, asked: ConsultationRequest) -> CaseView:
        """Ask a colleague; the answer becomes a fact of the next suggestion. As `ask` raises."""
        told = rules.of_this_case(self._desk.parts, self._store.get(case_id), asked)
        event = self._event("consultation", f"ask.{asked.id}", asked.by, {"id": asked.id})

        def check(kept: CaseRow) -> None:
            rules.check_open(kept)
            ask(self._desk.parts, self._desk.opened().policy_set, told)

        return await self._act(case_id, event, check)

    async def progress(self, case_id: str, asked: ProgressRequest) -> CaseView:
        """Keep what the customer was told of what is pending. `NotFound`, `AlreadyDone`."""
        event = self._event("progress", asked.key, asked.by, {"text": asked.text})
        return await self._act(case_id, event, rules.check_open)

    async def outcome(self, case_id: str, asked: OutcomeRequest) -> CaseView:
        """Keep what came of it. Raises `NotFound`, `AlreadyDone`, `Stale` before a decision."""
        event = self._event("outcome", asked.key, asked.by, asked.outcome)
        return await self._act(case_id, event, rules.check_answered)

    async def cancel(self, case_id: str, asked: CancelRequest) -> CaseView:
        """Nobody needs to answer any more. Raises `NotFound`, `AlreadyDone`."""
        event = self._event("cancelled", asked.key, asked.by, {"reason": asked.reason})
        return await self._act(case_id, event, rules.check_open, self._let_go)

    async def closing(self, case_id: str) -> Draft:
        """The message that would close a solved case. Raises `NotFound`, `Stale`."""
        rules.check_solved(self._store.get(case_id))
        case = await self._catching_up.state(case_id)
        policies, ledger = self._desk.opened().policy_set, self._store.entries(case_id)
        draft = closing_message(case, policies, ledger)
        if draft is None:
            raise NotFound(no_closing(case), cure="send a `text` of your own with POST")
        return draft

    async def close(self, case_id: str, asked: ClosingRequest) -> CaseView:
        """Keep the message that closed a solved case. `NotFound`, `Stale`, `AlreadyDone`."""
        kept = next((e for e in self._store.events(case_id) if e.key == asked.key), None)
        text = asked.text or (kept and sent_text(kept)) or (await self.closing(case_id)).text
        event = self._event("closing", asked.key, asked.by, {"text": text})
        return await self._act(case_id, event, partial(rules.check_closable, self._store))

    async def look(self, entry_id: str) -> Looked | None:
        """Look whether a solution held, once; none where somebody settled the look otherwise.

        Raises `NotFound`.
        """
        entry = self._store.entry(entry_id)
        with self._store.hold(entry.case_id):
            await self._catch_up(entry.case_id)
            if self._store.entry(entry_id).state == "open":
                self._store.append(entry.case_id, self._look_of(entry))
                await self._catch_up(entry.case_id)
        return next(
            (one for one in self.view(entry.case_id).looks if one.entry_id == entry_id), None
        )

    def _look_of(self, entry: Entry) -> CaseEvent:
        """The look as it was kept by a process that died then, or a new one."""
        key = f"look.{entry.id}"
        kept = next((e for e in self._store.events(entry.case_id) if e.key == key), None)
        if kept is not None:
            return kept
        found = look_back(self._desk.parts, entry)
        told = found.model_dump(mode="json", exclude={"at"})
        return self._event("looked", key, US, told, found.at)

    async def go_on(self, case_id: str) -> CaseView:
        """Work off what was kept and is not yet. Raises `NotFound`, and as the steps do."""
        self._store.get(case_id)
        with self._store.hold(case_id):
            await self._catch_up(case_id)
        return self.view(case_id)

    def view(self, case_id: str) -> CaseView:
        """The case as it stands. Raises `NotFound`."""
        return view_of(self._desk.parts, case_id)

    def listed(self, statuses: Sequence[CaseStatus], limit: int) -> tuple[CaseRow, ...]:
        """The cases in one of these, the one that changed last first."""
        return self._store.listed(statuses, limit)

    def ledger(self, standing: Standing, due_by: datetime | None, limit: int) -> tuple[Entry, ...]:
        """What was promised, the earliest due first; `open` are all that are not settled.

        `due_by` narrows any but `due` and `overdue`, which are what they are by the present.
        """
        now = self._desk.parts.clock.now()
        if standing == "due":
            return self._store.due(now, limit)
        if standing == "overdue":
            return self._store.overdue(now, limit)
        return self._store.ledger([standing], due_by, limit)

    def entry(self, entry_id: str) -> Entry:
        """One entry of the ledger. Raises `NotFound`."""
        return self._store.entry(entry_id)

    def settle(self, entry_id: str, asked: SettleRequest) -> Entry:
        """Say how an entry ended; the same again is fine. Raises `NotFound`, `AlreadyDone`."""
        return rules.settle(self._store, entry_id, asked, self._desk.parts.clock.now())

    async def recover(self) -> tuple[str, ...]:
        """Work off what was kept before somebody died; the ids of the cases it was.

        A case that cannot be worked off is logged, and keeps no other from it.
        """
        done = []
        for case_id in self._store.behind(BEHIND):
            try:
                with self._store.hold(case_id):
                    await self._catch_up(case_id)
            except Unavailable:
                raise
            except AssistError as error:  # e.g. a fact that the company no longer declares
                LOG.error("case %s waits: %s", case_id, error)  # noqa: TRY400 - it says all
            except Exception:
                # A bug that one case brings to light keeps no other from being worked off.
                LOG.exception("case %s waits: it broke off", case_id)
            else:
                done.append(case_id)
        return tuple(done)

    def _event(
        self,
        kind: EventKind,
        key: str,
        by: str,
        told: Model | dict[str, Any],
        at: datetime | None = None,
    ) -> CaseEvent:
        body = told.model_dump(mode="json") if isinstance(told, Model) else told
        moment = at or self._desk.parts.clock.now()
        told_by = {"by": by, "release": __version__}
        return CaseEvent(number=1, key=key, kind=kind, at=moment, body=body, **told_by)

    async def _act(
        self, case_id: str, event: CaseEvent, check: Check, before: Before | None = None
    ) -> CaseView:
        """Keep an act that fits the case as it stands, and work it off; once, however often."""
        self._store.get(case_id)
        with self._store.hold(case_id):
            await (before or self._catch_up)(case_id)
            if event.key not in {kept.key for kept in self._store.events(case_id)}:
                check(self._store.get(case_id))
            self._store.append(case_id, event)
            await self._catch_up(case_id)
        return self.view(case_id)

    async def _let_go(self, case_id: str) -> None:
        """Work off what is left; what cannot be is set aside, so that a case can always end.

        Where something does not answer it is no use: what is left may be worked off later.
        """
        try:
            await self._catch_up(case_id)
        except (Unavailable, NotReady):
            raise
        except Exception as error:  # a bug, or a rule that changed: it would come again each time
            LOG.exception("what is left of case %s is set aside: it is cancelled", case_id)
            why = str(error) if isinstance(error, AssistError) else type(error).__name__
            left = rules.left_behind(self._store, case_id)
            told = {"events": left, "why": why}
            self._store.append(case_id, self._event("set_aside", f"aside.{left[-1]}", "", told))

    async def _catch_up(self, case_id: str) -> None:
        await self._catching_up.catch_up(case_id)


def case_id_of(ticket_id: str) -> str:
    """A ticket has one case, whose id any process makes alike."""
    return f"case-{_digest(ticket_id)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]

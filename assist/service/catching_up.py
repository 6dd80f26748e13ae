"""What happened to a case and is not in its state yet -> the case after it, event by event.

Most events are worked off by the graph. Some need no suggestion (`QUIET`), and are worked off where
none can be made: that a case was cancelled, closed with a message, or looked at later.
"""

from typing import TYPE_CHECKING

from assist.domain.case import Case
from assist.domain.case_event import QUIET, CaseEvent, CaseRow
from assist.domain.casework import Casework, happened, numbers_set_aside, sent_text
from assist.domain.ledger import Entry
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.graph.build import build_suggest_graph
from assist.graph.casework.promised import entries
from assist.graph.casework_graph import CaseTools, Hear, advance, build_case_graph, current
from assist.graph.llm.model import SentenceWritten
from assist.service import case_rules as rules
from assist.service.endings import ended_by
from assist.service.handing_over import hand_over, let_go
from assist.service.helpdesk_notes import send_back
from assist.service.suggest import Run, suggestion_of
from assist.service.underway import Underway

if TYPE_CHECKING:
    from assist.service.desk import Desk


class CatchingUp:
    """Works off what happened to the cases of one desk. Whoever calls holds the case."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._store = desk.parts.cases
        self._suggest = build_suggest_graph()
        self.underway = Underway()

    async def catch_up(self, case_id: str) -> None:
        """Work off what is left, in its order; what was set aside is passed over."""
        row = self._store.get(case_id)
        if row.applied == row.events:
            return
        events = self._store.events(case_id)
        aside = {number for event in events for number in numbers_set_aside(event)}
        for event in events[row.applied :]:
            let_go(self._desk.parts, row, event)
            if event.number in aside:
                row = self._passed(row, event)
                continue
            send_back(self._desk, row, event)
            if event.kind in QUIET:
                row = self._passed(row, event, await self._promised(row, event))
            else:
                row = await self._worked_off(row, events[0], event)

    async def state(self, case_id: str) -> Case:
        """The case as the graph kept it last. Raises `NotFound`, `StoreUnavailable`."""
        checkpoints = self._desk.parts.checkpoints
        async with checkpoints.opened() as saver:
            found = await current(build_case_graph(saver), checkpoints.thread(case_id))
        return found or rules.unborn(case_id, self._store.events(case_id)[0])

    async def _worked_off(self, row: CaseRow, opened: CaseEvent, event: CaseEvent) -> CaseRow:
        checkpoints = self._desk.parts.checkpoints
        thread = checkpoints.thread(row.id)
        async with checkpoints.opened() as saver:
            graph = build_case_graph(saver)
            case = await current(graph, thread) or rules.unborn(row.id, opened)
            run = self._run(case, event)
            if _is_news(case, event):
                with self.underway.run(row.id) as hear:
                    told = (run.generation, run.start.notes, self._counted(hear))
                    tools = CaseTools(self._suggest, run.tools, *told)
                    case = await advance(graph, thread, case, event, tools)
        hand_over(self._desk.parts, run.tools.policy_set, case, event)
        return self._keep(row, case, event)

    def _counted(self, hear: Hear) -> Hear:
        def heard(found: Case | SentenceWritten) -> None:
            if isinstance(found, Case):
                self._desk.telemetry.stepped(found.trace[-1])
            hear(found)

        return heard

    async def _promised(self, row: CaseRow, event: CaseEvent) -> tuple[Entry, ...]:
        """What a text promises that was sent when the graph had ended."""
        text = sent_text(event)
        if not text:
            return ()
        case, policies = await self.state(row.id), self._desk.opened().policy_set
        return entries(text, case, policies, event=event.number, at=event.at)

    def _passed(self, row: CaseRow, event: CaseEvent, ledger: tuple[Entry, ...] = ()) -> CaseRow:
        """The row after an event that the graph has no part in, kept."""
        status = "cancelled" if event.kind == "cancelled" else row.status
        told = {"status": status, "changed_at": event.at, "applied": event.number}
        row = row.model_copy(update=told)
        self._store.save(row, ledger, ended_by(event, self._store.entries(row.id)))
        return row

    def _run(self, case: Case, event: CaseEvent) -> Run:
        """What the event is worked on with: the generation that serves, at the event's time."""
        ticket, level = case.ticket, case.level
        work = happened(case.work or Casework(id=""), event)
        if event.kind in ("opened", "message"):
            ticket = Ticket.model_validate(event.body["ticket"])
            level = str(event.body["level"])
        return self._desk.begin(ticket, at=event.at, level=level, mode=work.mode)

    def _keep(self, row: CaseRow, case: Case, event: CaseEvent) -> CaseRow:
        """Where the case stands now; its suggestion is kept too, where it has a new one."""
        work = case.work
        if work is None:
            raise AssertionError("a case without casework is a suggestion only")
        suggestion: Suggestion | None = None
        if work.status == "deciding":
            suggestion = suggestion_of(case, work.generation, work.policy_version)
            self._desk.telemetry.suggested(suggestion)
            self._desk.parts.suggestions.save(suggestion, case.ticket.customer.id)
        row = rules.row_after(row, case, event, suggestion)
        self._store.save(row, work.ledger, ended_by(event, self._store.entries(row.id)))
        return row


def _is_news(case: Case, event: CaseEvent) -> bool:
    """Whether the graph has yet to work it off: it is not in the state, or broke off in it."""
    work = case.work
    return work is None or event.number > work.applied or work.status == "suggesting"

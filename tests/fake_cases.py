"""In-memory stand-ins for cases and for the state that LangGraph keeps of them."""

import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

from langgraph.checkpoint.memory import InMemorySaver

from assist.adapters.postgres.cases import check_same, ended_otherwise, no_such_case, no_such_entry
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.case_event import CaseEvent, CaseRow, CaseStatus
from assist.domain.ledger import Entry, EntryState, LedgerCounts


class InMemoryCases:
    """`CaseStore` in dicts, with a lock per case."""

    def __init__(self) -> None:
        self._rows: dict[str, CaseRow] = {}
        self._events: dict[str, list[CaseEvent]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def hold(self, case_id: str) -> Iterator[None]:
        plain_text(case_id, "id")
        with self._locks[case_id]:
            yield

    def open(self, row: CaseRow, opened: CaseEvent) -> CaseRow:
        if (found := self.of_ticket(row.ticket_id)) is None:
            self._rows[row.id] = row.model_copy(update={"events": 0, "applied": 0})
            self.append(row.id, opened)
            found = self._rows[row.id]
        return found

    def get(self, case_id: str) -> CaseRow:
        if plain_text(case_id, "id") not in self._rows:
            raise no_such_case(case_id)
        return self._rows[case_id]

    def of_ticket(self, ticket_id: str) -> CaseRow | None:
        plain_text(ticket_id, "ticket_id")
        return next((row for row in self._rows.values() if row.ticket_id == ticket_id), None)

    def append(self, case_id: str, event: CaseEvent) -> CaseEvent:
        row, events = self.get(case_id), self._events[case_id]
        if before := next((kept for kept in events if kept.key == event.key), None):
            check_same(before, event)
            return before
        json_text(event, f"event {event.key!r}")
        events.append(event.model_copy(update={"number": len(events) + 1}))
        self._rows[case_id] = row.model_copy(update={"events": len(events)})
        return events[-1]

    def events(self, case_id: str) -> tuple[CaseEvent, ...]:
        self.get(case_id)
        return tuple(self._events[case_id])

    def save(self, row: CaseRow, ledger: Sequence[Entry], ended: Sequence[Entry] = ()) -> None:
        kept = self.get(row.id)
        applied = max(kept.applied, row.applied)
        same = {"events": kept.events, "applied": applied, "opened_at": kept.opened_at}
        self._rows[row.id] = row.model_copy(update=same)
        for entry in ledger:
            self._entries.setdefault(entry.id, entry)
        for entry in ended:
            if self._entries[entry.id].state == "open":
                self._entries[entry.id] = entry

    def of_customer(self, customer_id: str, since: datetime, limit: int) -> tuple[CaseRow, ...]:
        plain_text(customer_id, "customer_id")
        rows = sorted(self._rows.values(), key=lambda row: (row.changed_at, row.id))
        return tuple(r for r in rows if r.customer_id == customer_id and r.changed_at >= since)[
            :limit
        ]

    def listed(self, statuses: Sequence[CaseStatus], limit: int) -> tuple[CaseRow, ...]:
        found = sorted(self._rows.values(), key=lambda row: row.id)
        found.sort(key=lambda row: row.changed_at, reverse=True)
        return tuple(row for row in found if row.status in statuses)[:limit]

    def behind(self, limit: int) -> tuple[str, ...]:
        rows = sorted(self._rows.values(), key=lambda row: (row.changed_at, row.id))
        return tuple(row.id for row in rows if row.applied < row.events)[:limit]

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._entries.values() if entry.case_id == case_id)

    def ledger(
        self, states: Sequence[EntryState], due_by: datetime | None, limit: int
    ) -> tuple[Entry, ...]:
        found = [e for e in self._entries.values() if e.state in states]
        if due_by is not None:
            found = [e for e in found if (by := e.due or e.check_at) and by <= due_by]
        return _earliest_first(found)[:limit]

    def due(self, now: datetime, limit: int) -> tuple[Entry, ...]:
        return self._standing("due", now)[:limit]

    def overdue(self, now: datetime, limit: int) -> tuple[Entry, ...]:
        return self._standing("overdue", now)[:limit]

    def status_counts(self) -> dict[CaseStatus, int]:
        return dict(Counter(row.status for row in self._rows.values()))

    def ledger_counts(self, now: datetime) -> LedgerCounts:
        counted = Counter(entry.standing(now) for entry in self._entries.values())
        return LedgerCounts.model_validate(counted)

    def _standing(self, wanted: str, now: datetime) -> tuple[Entry, ...]:
        return _earliest_first([e for e in self._entries.values() if e.standing(now) == wanted])

    def entry(self, entry_id: str) -> Entry:
        if plain_text(entry_id, "id") not in self._entries:
            raise no_such_entry(entry_id)
        return self._entries[entry_id]

    def settle(self, entry: Entry) -> Entry:
        kept = self.entry(entry.id)
        if kept.state == "open":
            self._entries[entry.id] = entry
            return entry
        if (kept.state, kept.note) != (entry.state, entry.note):
            raise ended_otherwise(kept)
        return kept


def _earliest_first(found: Sequence[Entry]) -> tuple[Entry, ...]:
    timed = sorted((by, n, e) for n, e in enumerate(found) if (by := e.due or e.check_at))
    return (*(e for _, _, e in timed), *(e for e in found if not (e.due or e.check_at)))


class InMemoryCheckpoints:
    """`Checkpoints` by LangGraph's own saver in memory."""

    def __init__(self) -> None:
        self.saver = InMemorySaver()

    def thread(self, case_id: str) -> str:
        return f"default/{case_id}"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[InMemorySaver]:
        yield self.saver

"""Keeps cases: what happened to them, where they stand, what was promised."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from assist.domain.case_event import CaseEvent, CaseRow, CaseStatus
from assist.domain.ledger import Entry, EntryState, LedgerCounts


class CaseStore(Protocol):
    """The cases of one workspace. Events are only ever added."""

    def hold(self, case_id: str) -> AbstractContextManager[None]:
        """Nobody else holds this case meanwhile, in any process; ends with the one who holds it.

        Raises `NotReady` where another holds it for longer than anybody waits.
        """
        ...

    def open(self, row: CaseRow, opened: CaseEvent) -> CaseRow:
        """Keep a new case with its first event; one that the ticket has already is given back."""
        ...

    def get(self, case_id: str) -> CaseRow:
        """Raises `NotFound`."""
        ...

    def of_ticket(self, ticket_id: str) -> CaseRow | None:
        """The case of a ticket, or none."""
        ...

    def append(self, case_id: str, event: CaseEvent) -> CaseEvent:
        """Keep what happened, numbered after the last; the same key again is what was kept.

        Raises `NotFound`, and `AlreadyDone` where the key is that of something else.
        """
        ...

    def events(self, case_id: str) -> tuple[CaseEvent, ...]:
        """All that happened, oldest first. Raises `NotFound`."""
        ...

    def save(self, row: CaseRow, ledger: Sequence[Entry], ended: Sequence[Entry] = ()) -> None:
        """Keep where a case stands, and the entries of its ledger that are not there yet.

        An entry with a time sets its timer, `ended` ones are settled where they are open: all of it
        or nothing.
        """
        ...

    def of_customer(self, customer_id: str, since: datetime, limit: int) -> tuple[CaseRow, ...]:
        """A customer's cases to which something happened at `since` or later, oldest first."""
        ...

    def listed(self, statuses: Sequence[CaseStatus], limit: int) -> tuple[CaseRow, ...]:
        """The cases in one of these, the one that changed last first."""
        ...

    def behind(self, limit: int) -> tuple[str, ...]:
        """Ids of cases to which something happened that is not in their state yet."""
        ...

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """A case's ledger, in the order it was written."""
        ...

    def ledger(
        self, states: Sequence[EntryState], due_by: datetime | None, limit: int
    ) -> tuple[Entry, ...]:
        """Entries in one of these states, due by then where a time is given, earliest due first.

        One that names no time is due when it is to be checked.
        """
        ...

    def due(self, now: datetime, limit: int) -> tuple[Entry, ...]:
        """Open entries whose time has come and that are not overdue yet, earliest due first."""
        ...

    def overdue(self, now: datetime, limit: int) -> tuple[Entry, ...]:
        """Open entries that should have been done, earliest due first."""
        ...

    def status_counts(self) -> Mapping[CaseStatus, int]:
        """How many cases stand where; a status that no case has may be left out."""
        ...

    def ledger_counts(self, now: datetime) -> LedgerCounts:
        """How many entries of the ledger stand how."""
        ...

    def entry(self, entry_id: str) -> Entry:
        """Raises `NotFound`."""
        ...

    def settle(self, entry: Entry) -> Entry:
        """Keep how an open entry ended; the same again is fine.

        Raises `NotFound`, and `AlreadyDone` where it ended otherwise.
        """
        ...


class Checkpoints(Protocol):
    """Where the graph keeps the state of cases between two events."""

    def thread(self, case_id: str) -> str:
        """The name under which a case's state is kept: it carries the workspace."""
        ...

    def opened(self) -> AbstractAsyncContextManager[Any]:
        """LangGraph's saver, for the running event loop. Raises `StoreUnavailable`."""
        ...

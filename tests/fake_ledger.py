"""In-memory stand-ins for the ledger of grants and for consultations, with their contracts."""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from assist.adapters.postgres.consultations import (
    check_same_outcome,
    check_same_question,
    no_such_consultation,
)
from assist.adapters.postgres.grants import another_grant, check_books, no_such_grant
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.consultation import Consultation
from assist.domain.grants import Granted


class InMemoryGrants:
    """`GrantStore` in a dict, with a lock per customer."""

    def __init__(self) -> None:
        self._kept: dict[str, Granted] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def get(self, grant_id: str) -> Granted:
        if grant_id not in self._kept:
            raise no_such_grant(grant_id)
        return self._kept[grant_id]

    def of_customer(self, customer_id: str, since: datetime) -> tuple[Granted, ...]:
        return _granted_since(self._kept, customer_id, since)

    @contextmanager
    def booking(self, customer_id: str) -> Iterator["InMemoryBooking"]:
        plain_text(customer_id, "customer_id")
        with self._locks[customer_id]:
            booking = InMemoryBooking(customer_id, dict(self._kept))
            yield booking
            self._kept |= booking.kept


class InMemoryBooking:
    """One customer's grants in a copy, which counts once the booking has ended well."""

    def __init__(self, customer_id: str, kept: dict[str, Granted]) -> None:
        self.customer_id = customer_id
        self.kept = kept

    def granted(self, since: datetime) -> tuple[Granted, ...]:
        return _granted_since(self.kept, self.customer_id, since)

    def find(self, grant_id: str) -> Granted | None:
        return self.kept.get(plain_text(grant_id, "grant_id"))

    def add(self, granted: Granted) -> None:
        check_books(granted, self.customer_id)
        json_text(granted, f"grant {granted.id!r}")
        if self.kept.setdefault(granted.id, granted) != granted:
            raise another_grant(granted.id)

    def void(self, grant_id: str, *, at: datetime, by: str, reason: str) -> Granted:
        for what, told in (("by", by), ("reason", reason)):
            plain_text(told, what)
        found = self.find(grant_id)
        if found is None or found.customer_id != self.customer_id:
            raise no_such_grant(grant_id)
        if found.counts:
            taken_back = {"voided_at": at, "voided_by": by, "void_reason": reason}
            self.kept[grant_id] = found.model_copy(update=taken_back)
        return self.kept[grant_id]


def _granted_since(
    kept: Mapping[str, Granted], customer_id: str, since: datetime
) -> tuple[Granted, ...]:
    plain_text(customer_id, "customer_id")
    theirs = [g for g in kept.values() if g.customer_id == customer_id and g.at >= since]
    return tuple(sorted(theirs, key=lambda granted: granted.at))


class InMemoryConsultations:
    """`ConsultationStore` in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, Consultation] = {}

    def add(self, consultation: Consultation) -> None:
        json_text(consultation, f"consultation {consultation.id!r}")
        check_same_question(self._kept.setdefault(consultation.id, consultation), consultation)

    def get(self, consultation_id: str) -> Consultation:
        if consultation_id not in self._kept:
            raise no_such_consultation(consultation_id)
        return self._kept[consultation_id]

    def close(self, consultation: Consultation) -> None:
        json_text(consultation, f"consultation {consultation.id!r}")
        kept = self.get(consultation.id)
        if kept.state in {"proposed", "open"}:
            self._kept[consultation.id] = consultation
        else:
            check_same_outcome(kept, consultation)

    def of_ticket(self, ticket_id: str) -> tuple[Consultation, ...]:
        return tuple(c for c in self._kept.values() if c.ticket_id == ticket_id)

    def open(self, limit: int) -> tuple[Consultation, ...]:
        waiting = (c for c in self._kept.values() if c.state == "open")
        return tuple(sorted(waiting, key=lambda c: c.due)[:limit])

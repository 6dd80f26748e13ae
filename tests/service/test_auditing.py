"""Acts are in the audit log at once; what was seen a little later, and nothing is lost silently."""

import threading
from collections.abc import Sequence

import pytest

from assist.domain.audit import AuditEntry, AuditQuery
from assist.errors import StoreUnavailable
from assist.service.auditing import Auditing
from tests.builders import NOW
from tests.contracts.audit_log import ENTRIES, an_entry
from tests.fake_sessions import InMemoryAudit

NEVER = 10_000.0
"""Seconds: nothing is written but at the end."""


class Broken(InMemoryAudit):
    """A log that cannot be written while `down`."""

    down = True

    def add(self, entries: Sequence[AuditEntry]) -> None:
        if self.down and entries:
            raise StoreUnavailable("the database did not answer")
        super().add(entries)


def ids(log: InMemoryAudit) -> list[str]:
    return [entry.id for entry in log.entries]


def test_an_act_is_written_at_once_after_what_was_seen_before_it() -> None:
    log = InMemoryAudit()
    auditing = Auditing(log, NEVER)
    auditing.saw(ENTRIES[0])
    assert ids(log) == []
    auditing.acted(ENTRIES[1])
    assert ids(log) == ["au-1", "au-2"]
    auditing.close()


def test_what_was_seen_is_written_by_itself() -> None:
    written = threading.Event()

    class Told(InMemoryAudit):
        def add(self, entries: Sequence[AuditEntry]) -> None:
            super().add(entries)
            if self.entries:
                written.set()

    log = Told()
    auditing = Auditing(log, 0.01)
    auditing.saw(ENTRIES[0])
    assert written.wait(60)
    assert ids(log) == ["au-1"]
    auditing.close()


def test_what_waits_is_written_at_the_end_and_what_comes_after_at_once() -> None:
    log = InMemoryAudit()
    auditing = Auditing(log, NEVER)
    auditing.saw(ENTRIES[0])
    auditing.close()
    assert ids(log) == ["au-1"]
    auditing.saw(ENTRIES[1])
    assert ids(log) == ["au-1", "au-2"]


def test_an_act_that_cannot_be_written_is_an_error_and_what_waits_waits_on() -> None:
    log = Broken()
    auditing = Auditing(log, NEVER)
    auditing.saw(ENTRIES[0])
    with pytest.raises(StoreUnavailable):
        auditing.acted(ENTRIES[1])
    log.down = False
    auditing.close()
    assert ids(log) == ["au-1"]


def test_when_too_many_wait_nothing_more_is_shown() -> None:
    log = Broken()
    auditing = Auditing(log, NEVER, most=2)
    auditing.saw(ENTRIES[0])
    auditing.saw(ENTRIES[1])
    with pytest.raises(StoreUnavailable):
        auditing.saw(ENTRIES[2])
    log.down = False
    auditing.saw(ENTRIES[2])
    assert ids(log) == ["au-1", "au-2", "au-3"]
    auditing.close()


def test_what_cannot_be_written_at_the_end_stands_in_the_servers_log(caplog) -> None:
    auditing = Auditing(Broken(), NEVER)
    auditing.saw(ENTRIES[0])
    auditing.close()
    assert "the audit log lacks what follows: the database did not answer" in caplog.text
    assert '"id":"au-1"' in caplog.text


def test_of_what_it_was_about_only_ids_are_kept() -> None:
    about = ["case-1", "Ana Novák", "ana@example.org", "x" * 300, "a b", "", "case-1", "p#2"]
    entry = AuditEntry.made(NOW, "k-1", "key", "get_case", about=about)
    assert entry.about == ("case-1", "p#2")


def test_a_page_of_the_log_goes_on_where_the_one_before_ended() -> None:
    log = InMemoryAudit()
    log.add([an_entry(number) for number in range(1, 8)])
    first = log.listed(AuditQuery(limit=4))
    rest = log.listed(AuditQuery(limit=4, before=first[-1].id))
    assert [one.id for one in (*first, *rest)] == [f"au-{n}" for n in range(7, 0, -1)]

"""Use case: a person is forgotten, in tables, knowledge base and files, and it is proved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assist.domain.audit import OPERATOR, AuditEntry
from assist.domain.forgetting import (
    Belongings,
    Find,
    Forgotten,
    Known,
    Person,
    Searched,
    Tombstone,
)
from assist.errors import NotFound
from assist.ports import AuditLog, Clock, JobStore, KnowledgeStore, Reading
from assist.ports.forgetting import Erasure, OwnFiles
from assist.service.forgetting_knowledge import (
    Mentioned,
    forget_older,
    mentioned,
    recorded,
    withdrawals,
)
from assist.service.jobs import check_room, new_id, new_job
from assist.service.merging import Prune

AT_ONCE = 100
"""Old cases taken away in one transaction: each is locked until its end."""
REWRITTEN = "grants"
"""Of a table that keeps its rows without the person."""


Carry = Callable[[str], None]
"""Sees that the ingest job of this id is built; returns when it is."""
SOURCE = "assist forget"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What it takes, for one workspace."""

    erasure: Erasure
    knowledge: KnowledgeStore
    jobs: JobStore
    files: OwnFiles
    audit: AuditLog
    clock: Clock

    def planned(self, person: Person) -> Forgotten:
        """What would be taken away. Raises `NotFound` where nothing was ever kept of them."""
        theirs, said = self._theirs(person)
        return _told(theirs, said, dry_run=True)

    def forget(self, person: Person, carry: Carry) -> Forgotten:
        """Take everything of them away, then look for it everywhere.

        Run again after a failure or a kill, it goes on. Raises `NotFound` where nothing was ever
        kept of them, `NotReady` while somebody works on a case of theirs, and what `carry` raises.
        """
        theirs, mention = self._theirs(person)
        known = tuple(dict.fromkeys((*theirs.known, *mention.known)))
        self._withdraw(mention, carry)
        taken = self.erasure.forget(theirs, self.clock.now())
        said = [*self.erasure.scrub(), *self.files.clean(known)]
        found = {"said": tuple(said), "searched": self._searched(person, known)}
        self.tell("forget")
        return _told(taken, mention, dry_run=False).model_copy(update=found)

    def withdraw_again(self, theirs: Sequence[Belongings], carry: Carry) -> tuple[Forgotten, ...]:
        """Take out of a restored knowledge base what it says of these, whose rows have gone.

        And of whoever else stands in its records and was forgotten. What became of each.
        """
        done = []
        for one in (*theirs, *self._recorded(theirs)):
            mention = mentioned(self.knowledge, self.erasure, one)
            self._withdraw(mention, carry)
            done.append(_told(one, mention, dry_run=False))
        return tuple(done)

    def tell(self, what: str) -> None:
        """Say in the audit log what was done, and not about whom: the log is kept."""
        self.audit.add([AuditEntry.made(self.clock.now(), OPERATOR, "command", what)])

    def expire(self, days: int) -> int:
        """Forget the cases that ended so many days ago, or more; how many, with suggestions."""
        before, gone = self.clock.now() - timedelta(days=days), 0
        while some := self.erasure.expire(before, AT_ONCE):
            gone += some
        return gone

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Who was forgotten, as keyed hashes."""
        return self.erasure.tombstones()

    def _recorded(self, theirs: Sequence[Belongings]) -> tuple[Belongings, ...]:
        """Customers of the records that were forgotten and are none of these."""
        known = {one.customer_id for one in theirs}
        listed = recorded(self.knowledge) - known
        return tuple(Belongings(customer_id=one) for one in sorted(listed) if self._buried(one))

    def _withdraw(self, mention: Mentioned, carry: Carry) -> None:
        for reading, prune in withdrawals(self.knowledge, mention):
            carry(self._handed_in(reading, prune))
        forget_older(self.knowledge, self.erasure, mention)

    def _handed_in(self, reading: Reading, prune: Prune) -> str:
        check_room(self.jobs)
        job = new_job(
            new_id(), self.clock, sent_as="reading", source=SOURCE, kind=None, prune=prune
        )
        self.jobs.add(job, reading)
        return job.id

    def _theirs(self, person: Person) -> tuple[Belongings, Mentioned]:
        theirs = self.erasure.belongings(person)
        mention = mentioned(self.knowledge, self.erasure, theirs)
        if theirs.empty and not mention.names and not self._buried(person.customer_id):
            raise NotFound(
                f"nothing is kept of a customer {person.customer_id!r}",
                cure="give the id as tickets give it, with its upper and lower case",
            )
        return theirs, mention

    def _buried(self, customer_id: str | None) -> bool:
        return customer_id is not None and any(
            one.kind == "customer" and one.names(customer_id) for one in self.erasure.tombstones()
        )

    def _searched(self, person: Person, known: Sequence[Known]) -> Searched:
        left = self.erasure.belongings(person).rows
        rows = (Find(where=f"table {name}", kind="id", count=n) for name, n in left.items())
        tables = self.erasure.search(known)
        files = self.files.search([one for one in known if one not in tables.shared])
        return Searched(
            tables=tables.tables,
            files=files.files,
            bytes=files.bytes,
            found=(*rows, *tables.found, *files.found),
            notes=(*tables.notes, *files.notes),
        )


def _told(theirs: Belongings, mention: Mentioned, *, dry_run: bool) -> Forgotten:
    rewritten = {table: count for table, count in theirs.rows.items() if table == REWRITTEN}
    deleted = {table: count for table, count in theirs.rows.items() if table != REWRITTEN}
    return Forgotten(dry_run=dry_run, rows=deleted, rewritten=rewritten, documents=mention.names)

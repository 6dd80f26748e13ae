"""A knowledge base's rules, looked through: everything in it that should be mended, in order."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assist.domain.knowledge import Document
from assist.policies.audit.conflicts import conflicts
from assist.policies.audit.editions import editions, overdue
from assist.policies.audit.findings import Finding, of_fault
from assist.policies.audit.holes import holes
from assist.policies.audit.limits import unlimited
from assist.policies.audit.prose import mismatches
from assist.policies.audit.reach import unreached
from assist.policies.audit.ruling import Ruling
from assist.policies.reading import Rulebook, open_rulebook


def audit(
    files: Mapping[str, str], documents: Sequence[Document], on: date | None = None
) -> tuple[Finding, ...]:
    """Every finding, by file and line; with a date, also the reviews that are overdue on it.

    What the rules mean is looked at only where their form is right: a rule that cannot be read
    would make others look as if they contradicted or lacked something.
    """
    book, faults = open_rulebook(files, documents)
    found = [of_fault(fault) for fault in faults]
    if not found:
        found += _meaning(book)
    if on is not None:
        found += overdue(documents, on)
    return tuple(sorted(found, key=lambda f: (f.file, f.line, f.code, f.message)))


def _meaning(book: Rulebook) -> Iterator[Finding]:
    ruling = Ruling(book, book.policy_set("audit"))
    for looked_at in (unreached, conflicts, holes, unlimited, mismatches, editions):
        yield from looked_at(ruling)

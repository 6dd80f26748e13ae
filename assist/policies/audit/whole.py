"""A knowledge base's rules, looked through: everything in it that should be mended, in order."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assist.domain.knowledge import Document, ReadProblem
from assist.policies.audit.conflicts import conflicts
from assist.policies.audit.declared import undeclared
from assist.policies.audit.editions import editions, overdue
from assist.policies.audit.findings import Finding, of_fault, of_problem
from assist.policies.audit.holes import holes
from assist.policies.audit.inverted import inverted
from assist.policies.audit.limits import unlimited, unmapped
from assist.policies.audit.prose import mismatches
from assist.policies.audit.reach import unreached
from assist.policies.audit.ruling import Ruling
from assist.policies.reading import Rulebook, open_rulebook

_LOOKS = (
    unreached, conflicts, holes, inverted, unlimited, unmapped, undeclared, mismatches, editions,
)  # fmt: skip
_ABSENT = frozenset({"no-clause", "supersedes-nothing"})
"""What a policy that could not be read may be the answer to."""


def audit(
    files: Mapping[str, str],
    documents: Sequence[Document],
    on: date | None = None,
    problems: Sequence[ReadProblem] = (),
) -> tuple[Finding, ...]:
    """Every finding, by file and line; with a date, also the reviews that are overdue on it.

    What the rules mean is looked at only where their form is right: a rule that cannot be read
    would make others look as if they contradicted or lacked something. `problems` are what of the
    folder could not be read: nothing is then said to be missing from the policies.
    """
    book, faults = open_rulebook(files, documents)
    found = [of_fault(fault) for fault in faults]
    if not found:
        partly = any(problem.severity == "error" for problem in problems)
        found += (f for f in _meaning(book) if not (partly and f.code in _ABSENT))
    found += [of_problem(problem) for problem in problems]
    if on is not None:
        found += overdue(documents, on)
    return tuple(sorted(found, key=lambda f: (f.file, f.line, f.code, f.message)))


def _meaning(book: Rulebook) -> Iterator[Finding]:
    ruling = Ruling(book, book.policy_set("audit"))
    for looked_at in _LOOKS:
        yield from looked_at(ruling)

"""Cases of a time -> the clauses that rub: approvals, deviations, escalations, not solved."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assist.domain.kb_health import Share
from assist.domain.lessons import ClauseFriction
from assist.domain.seen_case import SeenCase

EXAMPLES = 5


class Ruled(NamedTuple):
    """What a clause says, and who owns its policy."""

    text: str
    owner: str


_NOBODY = Ruled("", "")
_RUBS: Mapping[str, Callable[[SeenCase, str], bool]] = {
    "approvals": lambda case, clause: clause in case.approval_clauses,
    "deviations": lambda case, clause: clause in case.deviated_clauses,
    "escalated": lambda case, _clause: case.escalated,
    "came_back": lambda case, _clause: case.came_back,
}


def friction(cases: Sequence[SeenCase], rules: Mapping[str, Ruled]) -> tuple[ClauseFriction, ...]:
    """Clauses with any trouble, those with the most first."""
    uses: dict[str, list[SeenCase]] = {}
    for case in cases:
        for clause in dict.fromkeys(
            (*case.clauses, *case.approval_clauses, *case.deviated_clauses)
        ):
            uses.setdefault(clause, []).append(case)
    found = [_friction(clause, some, rules) for clause, some in uses.items()]
    troubled = [one for one in found if one.trouble]
    return tuple(sorted(troubled, key=lambda one: (-one.trouble, -one.uses, one.clause_id)))


def _friction(clause: str, cases: Sequence[SeenCase], rules: Mapping[str, Ruled]) -> ClauseFriction:
    rubbed = [case for case in cases if any(rubs(case, clause) for rubs in _RUBS.values())]
    shares = {
        name: Share(count=sum(rubs(case, clause) for case in cases), of=len(cases))
        for name, rubs in _RUBS.items()
    }
    refused = sum(clause in case.refused_clauses for case in cases)
    ruled = rules.get(clause, _NOBODY)
    newest = sorted(rubbed, key=lambda case: (case.came_at, case.case_id), reverse=True)
    return ClauseFriction(
        clause_id=clause,
        owner=ruled.owner,
        text=ruled.text,
        uses=len(cases),
        refused=Share(count=refused, of=shares["approvals"].count),
        trouble=len(rubbed),
        examples=tuple(case.ticket_id for case in newest[:EXAMPLES]),
        **shares,
    )

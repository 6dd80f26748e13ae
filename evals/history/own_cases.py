"""The service's own decided cases -> solved tickets, as though somebody had exported them."""

from collections.abc import Iterator

from assist.domain.case_event import ENDED
from assist.errors import BadInput, NotFound
from assist.service.parts import Parts
from evals.history.solved import BadLine, Did, Solved
from evals.making.decided import Decided, decided

MOST = 10_000
"""Cases looked at, those that changed last: as many as one desk ends in a year or two."""
TELLS = frozenset({"inform"})


def solved_cases(parts: Parts) -> Iterator[Solved | BadLine]:
    """Each case that ended, by when it changed, the oldest first; one nobody decided on is named.

    A person sees our category and priority and says nothing of them, so those are not compared.
    """
    rows = reversed(parts.cases.listed(tuple(sorted(ENDED)), MOST))
    for number, row in enumerate(rows, start=1):
        try:
            yield _solved(number, decided(parts, row.id))
        except (BadInput, NotFound) as error:
            problem = f"case {row.id}: {error.problem}"
            yield BadLine(line=number, field="", problem=problem, cure=error.cure or "")


def _solved(number: int, one: Decided) -> Solved:
    taken = one.taken
    actions = {action.kind for action in taken.actions} - TELLS if taken else None
    return Solved(
        line=number,
        ticket=one.ticket,
        at=one.suggestion.created_at,
        level=one.level,
        did=Did(
            actions=tuple(sorted(actions)) if actions is not None else None,
            reply=one.sent.text if one.sent else None,
            escalated=one.handed_over,
            solved=one.outcome.kind == "solved" if one.outcome else None,
            csat=one.outcome.rating if one.outcome else None,
        ),
    )

"""A solved case, two weeks later -> whether the solution held, as far as anybody can tell."""

from collections.abc import Iterator, Sequence

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.ledger import Entry
from assist.domain.look import Looked, LookResult
from assist.service.parts import Parts

MANY = 200
"""Cases of one customer that are looked at; a reseller's account has more, and two hundred of them
in two weeks hold one of the same matter or tell nothing."""


def look_back(parts: Parts, entry: Entry) -> Looked:
    """What became of it since: the case opened again, or the customer wrote of the same matter.

    The same matter is the same category, which is what companies count repeats by. Another case
    whose category is not known leaves it open.
    """
    now, row = parts.clock.now(), parts.cases.get(entry.case_id)
    if _came_again(parts.cases.events(row.id), entry):
        why = "the customer wrote again about this ticket"
        return Looked(entry_id=entry.id, at=now, result="came_back", evidence=(row.id,), why=why)
    if row.customer_id is None:
        why = "the customer has no id: whether they wrote elsewhere cannot be told"
        return Looked(entry_id=entry.id, at=now, result="unknown", why=why)
    others = list(_written_since(parts, row, entry))
    result, evidence, why = _judged(parts, row, others)
    return Looked(entry_id=entry.id, at=now, result=result, evidence=evidence, why=why)


def _judged(
    parts: Parts, row: CaseRow, others: Sequence[CaseRow]
) -> tuple[LookResult, tuple[str, ...], str]:
    own = _categories(parts, row)
    found = {other.id: _categories(parts, other) for other in others}
    same = tuple(case_id for case_id, theirs in found.items() if own & theirs)
    if same:
        return "came_back", same, "the customer wrote of the same matter: " + ", ".join(same)
    unclear = tuple(case_id for case_id, theirs in found.items() if not own or not theirs)
    if unclear:
        why = "the customer wrote of something that has no category: " + ", ".join(unclear)
        return "unknown", unclear, why
    return "held", (), "the customer has not written of it since"


def _came_again(events: Sequence[CaseEvent], entry: Entry) -> bool:
    """Whether a message came after the outcome that the entry was made at."""
    ends = [e.number for e in events if e.kind == "outcome" and e.at <= entry.made_at]
    return any(event.kind == "message" and event.number > max(ends, default=0) for event in events)


def _written_since(parts: Parts, row: CaseRow, entry: Entry) -> Iterator[CaseRow]:
    """The customer's other cases in which they wrote since: to whom else a look is no news."""
    for other in parts.cases.of_customer(row.customer_id or "", entry.made_at, MANY):
        if other.id == row.id:
            continue
        events = parts.cases.events(other.id)
        if any(e.kind in ("opened", "message") and e.at >= entry.made_at for e in events):
            yield other


def _categories(parts: Parts, row: CaseRow) -> set[str]:
    if not row.suggestion_id:
        return set()
    issues = parts.suggestions.get(row.suggestion_id).issues
    return {issue.category for issue in issues if issue.category}

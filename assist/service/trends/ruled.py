"""A case's suggestions, approvals and grants -> the clauses that were in play, and what it cost."""

from collections.abc import Iterable, Mapping, Sequence

from assist.domain.approval import Approval
from assist.domain.grants import Granted
from assist.domain.seen_case import Conceded
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion

AGAINST = frozenset({"needs_approval", "forbidden"})
"""Verdicts that stand against: where facts are missing, no clause has decided anything."""


def clauses_of(suggestion: Suggestion | None) -> tuple[str, ...]:
    """Those that the chosen solution rests on; where none was chosen, those that stood against."""
    if suggestion is None:
        return ()
    if suggestion.choice is not None:
        chosen = suggestion.choice.candidate_id
        return _clauses(one for one in suggestion.candidates if one.id == chosen)
    own = (one for one in suggestion.candidates if one.issue_id == suggestion.issue.id)
    return _clauses(one for one in own if one.verdict and one.verdict.value in AGAINST)


def approved(approvals: Sequence[Approval]) -> Mapping[str, tuple[str, ...]]:
    """The clauses because of which somebody was asked, and those of what was refused."""
    refused = [one for one in approvals if one.state == "refused"]
    return {
        "approval_clauses": _once(clause for one in approvals for clause in one.verdict.clauses),
        "refused_clauses": _once(clause for one in refused for clause in one.verdict.clauses),
    }


def conceded(granted: Sequence[Granted], ticket_id: str) -> tuple[Conceded, ...]:
    """What was granted for the ticket, and not taken back."""
    own = (one for one in granted if one.ticket_id == ticket_id and one.counts)
    return tuple(Conceded(action=one.action, amount=one.amount, clauses=one.clauses) for one in own)


def _clauses(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return _once(c for one in candidates if one.verdict for c in one.verdict.clauses)


def _once(clauses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clauses))

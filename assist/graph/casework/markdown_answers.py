"""The lines of a record's page about what others decided: approvals, escalations, later looks."""

from collections.abc import Iterator, Sequence

from assist.domain.approval import Approval
from assist.domain.escalated import Escalated
from assist.domain.look import Looked
from assist.graph.casework.page_words import in_words, plain, when

Lines = Iterator[str]
_RESULTS = {"held": "it held", "came_back": "the customer came back", "unknown": "nobody knows"}


def approvals(asked: Sequence[Approval]) -> Lines:
    """What was beyond the agent's level: who asked for it and why, by what, and who answered."""
    for one in asked:
        amount = f" of {' and '.join(map(str, one.amounts))}" if one.amounts else ""
        what = f"{plain(one.title)}{amount}, asked by {plain(one.asked_by)} ({one.level})"
        yield f"- {one.state}: {what}: {plain(one.reason)}"
        for clause in one.clauses:
            edition = f"{clause.policy_id} {clause.version}"
            yield f"  - {clause.clause_id} ({edition}): {plain(clause.text)}"
        for line in one.verdict.arithmetic:
            yield f"  - {plain(line)}"
        if one.answered_at:
            level = f" ({one.answered_level})" if one.answered_level else ""
            by = f"{plain(one.answered_by or 'nobody named')}{level}"
            yield f"  - {one.state} {when(one.answered_at)} by {by}: {plain(one.answer_reason)}"


def escalations(handed: Sequence[Escalated]) -> Lines:
    """Each time it was handed over: what was asked of whom by when, and what came back."""
    for one in handed:
        to = f"{plain(one.path.team)} ({plain(one.path.role)})"
        asked = f"{plain(one.requested)} by {when(one.deadline)}"
        yield f"- {one.state}, {to}: {asked}; from {plain(one.handed_by)}, {when(one.handed_at)}"
        if one.taken_by:
            yield f"  - Taken by {plain(one.taken_by)}"
        if one.ended_at:
            said = plain(one.answer or one.note)
            by = plain(one.ended_by or "nobody named")
            yield f"  - {one.state} {when(one.ended_at)} by {by}: {said}"
        yield from (f"  - {path}: {in_words(value)}" for path, value in one.facts.items())


def looks(found: Sequence[Looked]) -> Lines:
    """Whether what solved it held."""
    for one in found:
        evidence = f" ({', '.join(map(plain, one.evidence))})" if one.evidence else ""
        result = f"{_RESULTS[one.result]}{evidence}"
        yield f"- {when(one.at)}, looked at again: {result}: {plain(one.why)}"

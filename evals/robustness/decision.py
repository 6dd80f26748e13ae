"""A suggestion -> what was decided: what must not move when a ticket is only worded otherwise."""

from collections.abc import Iterator

from assist.domain.base import Model
from assist.domain.issue import Issue, PriorityLevel
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion

FIELDS = ("category", "priority", "choice", "escalation", "abstention", "documents")
"""What is compared, one by one."""
LEVELS: tuple[PriorityLevel, ...] = ("P4", "P3", "P2", "P1")
"""Least urgent first."""


class Decision(Model):
    """What a suggestion comes to, whatever words it uses.

    `choice` holds what is chosen over all issues, as `refund allowed`; `escalation` is `none` or
    `needed` with its codes; `abstention` the codes over all issues; `documents` what is cited.
    """

    category: str
    priority: PriorityLevel
    choice: tuple[str, ...]
    escalation: tuple[str, ...]
    abstention: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether nothing was abstained from."""
        return not self.abstention

    @property
    def escalated(self) -> bool:
        """Whether somebody else is to take over."""
        return bool(self.escalation)

    @property
    def urgency(self) -> float:
        """The priority from 0, the least urgent, to 1."""
        return LEVELS.index(self.priority) / (len(LEVELS) - 1)

    @property
    def granted(self) -> bool:
        """Whether something is done for the customer beyond telling, asking and handing over."""
        return any(one.split()[0] not in TALK for one in self.choice if one.endswith(" allowed"))


TALK = ("inform", "ask", "escalate")
"""Kinds of action that give the customer nothing but words."""


def decision_of(made: Suggestion) -> Decision:
    """What was decided."""
    escalation = made.escalation
    return Decision(
        category=made.issue.category or "none",
        priority=made.priority.level,
        choice=tuple(sorted(did for issue in made.issues for did in _chosen(issue, made))),
        escalation=("needed", *sorted({t.code for t in escalation.triggers}))
        if escalation.needed
        else (),
        abstention=tuple(sorted(i.abstention.code for i in made.issues if i.abstention)),
        documents=tuple(sorted({c.document_id for s in made.draft.sentences for c in s.citations})),
    )


def moved(before: Decision, after: Decision) -> tuple[str, ...]:
    """The fields that differ, in their order."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def _chosen(issue: Issue, made: Suggestion) -> Iterator[str]:
    for candidate in made.candidates:
        if issue.choice is not None and candidate.id == issue.choice.candidate_id:
            yield from _done(candidate)


def _done(candidate: Candidate) -> Iterator[str]:
    for action in candidate.actions:
        yield f"{action.kind} {action.verdict.value if action.verdict else 'not judged'}"

"""An issue of the suggestion that was decided on -> the issue as the record keeps it."""

from assist.domain.casework import Casework
from assist.domain.categories import Cause
from assist.domain.decision import Decision
from assist.domain.issue import Issue
from assist.domain.record import Considered, KnownFact, RecordedCause, RecordedIssue
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion

_TAKES = ("accept", "edit", "choose")
"""Decisions that go with a candidate: a question to the customer goes with none."""


def recorded_issue(issue: Issue, suggestion: Suggestion, work: Casework) -> RecordedIssue:
    """What the issue was, what was weighed for it and what the agent went with."""
    own = [c for c in suggestion.candidates if c.issue_id == issue.id]
    decided = [d for d in work.decisions if d.suggestion_id == suggestion.id and d.kind in _TAKES]
    taken = _taken(issue, own, decided[-1]) if decided else None
    return RecordedIssue(
        id=issue.id,
        statement=issue.statement,
        words=issue.text,
        category=issue.category,
        priority=issue.priority.level if issue.priority else None,
        environment=tuple(
            KnownFact(path=fact.path, value=fact.value, source=fact.source)
            for fact in issue.facts
            if not fact.path.startswith("customer.")
        ),
        causes=tuple(_cause(cause, issue, taken, work) for cause in issue.causes),
        considered=tuple(
            Considered(
                id=one.id,
                title=one.title,
                verdict=one.verdict,
                suggested=issue.choice is not None and one.id == issue.choice.candidate_id,
                taken=one is taken,
            )
            for one in own
        ),
        choice=issue.choice,
        abstention=issue.abstention,
    )


def _taken(issue: Issue, own: list[Candidate], decision: Decision) -> Candidate | None:
    """The candidate the decision names; where that is another issue's, or none, the choice."""
    wanted = [decision.candidate_id, issue.choice.candidate_id if issue.choice else None]
    return next((c for one in wanted for c in own if c.id == one), None)


def _cause(cause: Cause, issue: Issue, taken: Candidate | None, work: Casework) -> RecordedCause:
    why = _confirmed(cause, issue, taken, work)
    return RecordedCause(
        statement=cause.statement,
        evidence=cause.evidence,
        confirmed=bool(why),
        why=why or _unconfirmed(issue, work),
    )


def _confirmed(cause: Cause, issue: Issue, taken: Candidate | None, work: Casework) -> str:
    """On what a cause is held to be the one; empty where nothing shows it.

    An answer that helped shows the cause where there was only one to think of. A refund, however
    welcome, shows none.
    """
    if cause.check and cause.check in work.ticked:
        return "its check was made"
    answered = taken is not None and any(action.kind == "inform" for action in taken.actions)
    if work.status == "solved" and answered and len(issue.causes) == 1:
        return "the only cause thought of, and what was answered helped"
    return ""


def _unconfirmed(issue: Issue, work: Casework) -> str:
    if work.status != "solved":
        return "the case is not solved"
    if len(issue.causes) > 1:
        return f"solved, and nobody said which of {len(issue.causes)} causes it was"
    return "solved by something that shows no cause"

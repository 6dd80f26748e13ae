"""Two suggestions for the same ticket -> what differs, and the versions that do."""

from collections.abc import Callable, Iterator

from assist.domain.base import Model
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict


class Difference(Model):
    """What only one of the two says. `because` names the version that made it differ."""

    what: str
    then: tuple[str, ...]
    now: tuple[str, ...]
    because: str = ""


class VersionChange(Model):
    """A version that was another then; `then` is empty where nobody wrote it down."""

    name: str
    then: str
    now: str


def differences(then: Suggestion, now: Suggestion) -> tuple[Difference, ...]:
    """What an agent would notice; times, ids and scores of search are no difference."""
    found = ((what, tuple(tell(then)), tuple(tell(now))) for what, tell in _TOLD.items())
    return tuple(
        Difference(what=what, then=_only(one, other), now=_only(other, one))
        for what, one, other in found
        if one != other
    )


def model_changes(then: Suggestion, now: Suggestion) -> tuple[VersionChange, ...]:
    """The models and prompts by step, where either asked one."""
    found = []
    for name, told in (("model", _models), ("prompt", _prompts)):
        old, new = told(then), told(now)
        found += [
            VersionChange(name=f"{name} of {step}", then=old.get(step, ""), now=new.get(step, ""))
            for step in dict.fromkeys((*old, *new))
            if old.get(step) != new.get(step)
        ]
    return tuple(found)


def _only(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """What the other lacks; all of it where both hold the same in another order."""
    if sorted(one) == sorted(other):
        return one
    return tuple(text for text in one if text not in other)


def _issues(suggestion: Suggestion) -> Iterator[str]:
    for issue in suggestion.issues:
        yield f"{issue.statement} ({issue.category or 'no category'})"


def _facts(suggestion: Suggestion) -> Iterator[str]:
    for issue in suggestion.issues:
        yield from (f"{issue.id}: {f.path} = {f.value} ({f.source})" for f in issue.facts)


def _priorities(suggestion: Suggestion) -> Iterator[str]:
    for issue in suggestion.issues:
        yield f"{issue.id}: {issue.priority.level if issue.priority else 'none'}"


def _choices(suggestion: Suggestion) -> Iterator[str]:
    titles = {candidate.id: candidate.title for candidate in suggestion.candidates}
    for issue in suggestion.issues:
        if issue.choice:
            yield f"{issue.id}: {titles[issue.choice.candidate_id]}"
        elif issue.abstention:
            yield f"{issue.id}: no answer, {issue.abstention.code}"


def _verdicts(suggestion: Suggestion) -> Iterator[str]:
    for one in suggestion.candidates:
        yield f"{one.issue_id}, {one.title}: {_verdict(one.verdict)}"


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return "not judged"
    detail = (verdict.level or "", *verdict.facts, *verdict.clauses)
    return " ".join((verdict.value, *filter(None, detail)))


def _citations(suggestion: Suggestion) -> Iterator[str]:
    for sentence in suggestion.draft.sentences:
        yield from (f"{c.document_id}: {c.quote}" for c in sentence.citations)


def _escalation(suggestion: Suggestion) -> Iterator[str]:
    found = suggestion.escalation
    path = f" to {found.path.team} ({found.path.role})" if found.path else ""
    yield f"needed{path}" if found.needed else "not needed"
    yield from (trigger.code for trigger in found.triggers)


def _draft(suggestion: Suggestion) -> Iterator[str]:
    yield from (sentence.text for sentence in suggestion.draft.sentences)


_TOLD: dict[str, Callable[[Suggestion], Iterator[str]]] = {
    "issues": _issues,
    "facts": _facts,
    "priority": _priorities,
    "choice": _choices,
    "verdicts": _verdicts,
    "citations": _citations,
    "escalation": _escalation,
    "draft": _draft,
}


def _models(suggestion: Suggestion) -> dict[str, str]:
    return {trace.step: trace.model for trace in suggestion.trace if trace.model}


def _prompts(suggestion: Suggestion) -> dict[str, str]:
    return {trace.step: trace.prompt for trace in suggestion.trace if trace.prompt}

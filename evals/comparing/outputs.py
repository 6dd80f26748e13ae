"""What a trial came to, in a few words for each part: to be laid beside another's."""

from collections.abc import Iterator

from assist.domain.evaluation import EvalResult
from assist.domain.suggestion import Suggestion

NONE = "none"
Output = dict[str, str]
"""Words by what they tell: draft, choice, escalation …"""


def output_of(result: EvalResult) -> Output:
    """The parts that a person compares, in the order they are read."""
    if result.suggestion is not None:
        return dict(_suggested(result.suggestion))
    if result.error is not None:
        return {"error": result.error}
    return dict(_decided(result))


def _suggested(made: Suggestion) -> Iterator[tuple[str, str]]:
    yield "issue", f"{made.issue.category or NONE}: {made.issue.statement}"
    yield "priority", made.priority.level
    yield "choice", _choice(made)
    yield "escalation", _escalation(made)
    yield "cites", _listed(c.document_id for s in made.draft.sentences for c in s.citations)
    yield "asks", _listed(question.text for question in made.questions)
    yield "draft", made.draft.text


def _choice(made: Suggestion) -> str:
    if made.abstention is not None:
        return f"abstains, {made.abstention.code}: {made.abstention.reason}"
    chosen = next(
        (c for c in made.candidates if made.choice and c.id == made.choice.candidate_id), None
    )
    if chosen is None:
        return NONE
    actions = ", ".join(
        f"{action.kind} {action.verdict.value if action.verdict else 'not judged'}"
        for action in chosen.actions
    )
    return f"{chosen.title} ({actions or 'no action'})"


def _escalation(made: Suggestion) -> str:
    if not made.escalation.needed:
        return "not needed"
    return f"needed: {_listed(trigger.code for trigger in made.escalation.triggers)}"


def _decided(result: EvalResult) -> Iterator[tuple[str, str]]:
    from evals.decisions.run import judged_of

    said = judged_of(result)
    level = f" by {said.verdict.level}" if said.verdict.level else ""
    yield "verdict", f"{said.verdict.value}{level}"
    yield "clauses", _listed(said.verdict.clauses)
    yield "instead", f"{said.alternative.action.kind}: {said.alternative.reason}"


def _listed(words: "Iterator[str] | tuple[str, ...]") -> str:
    return ", ".join(dict.fromkeys(words)) or NONE

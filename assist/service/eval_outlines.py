"""A result of an evaluation run -> its outline: what figures are made of."""

from pydantic import JsonValue

from assist.domain.eval_runs import AskedCase, EvalOutline
from assist.domain.evaluation import EvalResult
from assist.domain.suggestion import Suggestion
from assist.graph.weights import total

LONGEST = 160
"""Characters of a title."""


def outline_of(result: EvalResult, asked: AskedCase | None = None) -> EvalOutline:
    """The outline of one trial; `asked` is its case, where that is known."""
    made = result.suggestion
    told = {} if made is None else _of_suggestion(made)
    return EvalOutline(
        case_id=result.case_id,
        case=result.case,
        trial=result.trial,
        title=_title(result, asked),
        tags=result.tags,
        ms=result.ms,
        error=result.error,
        needed=_needed(asked, result),
        scores=result.scores,
        **told,
    )


def _of_suggestion(made: Suggestion) -> dict[str, object]:
    steps: dict[str, float] = {}
    for trace in made.trace:
        steps[trace.step] = steps.get(trace.step, 0.0) + trace.ms
    return {
        "escalated": made.escalation.needed,
        "codes": tuple(dict.fromkeys(trigger.code for trigger in made.escalation.triggers)),
        "confidence": _confidence(made),
        "support": _support(made),
        "steps": steps,
    }


def _confidence(made: Suggestion) -> float | None:
    """The total of the candidate that was chosen for the main issue; none where none was."""
    chosen = made.choice.candidate_id if made.choice else None
    found = next((one for one in made.candidates if one.id == chosen), None)
    return None if found is None else min(1.0, max(0.0, total(found)))


def _support(made: Suggestion) -> float | None:
    """The share of factual sentences that are supported; none where the draft states no fact."""
    facts = [one.support for one in made.draft.sentences if one.kind == "fact"]
    return sum(one == "supported" for one in facts) / len(facts) if facts else None


def _needed(asked: AskedCase | None, result: EvalResult) -> bool | None:
    """Whether it had to be escalated, as the case states it.

    Where the case is not known, the scorer of needless escalations tells those that need none.
    """
    if asked is not None:
        stated: JsonValue = asked.expect.get("escalation")
        needed = stated.get("needed") if isinstance(stated, dict) else None
        return needed if isinstance(needed, bool) else None
    spared = result.scores.get("needless")
    return False if spared is not None and spared.value is not None else None


def _title(result: EvalResult, asked: AskedCase | None) -> str:
    if asked is not None and asked.note:
        told = asked.note
    elif result.suggestion is not None:
        told = result.suggestion.issue.statement
    else:
        told = str(result.detail.get("title", ""))
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"

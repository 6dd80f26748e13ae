"""A model's view of each candidate, beside the scores of record; it counts for nothing."""

from collections.abc import Sequence

from assist.domain.issue import Issue
from assist.domain.solution import Candidate, Score
from assist.domain.suggestion import Made
from assist.errors import ModelFailure
from assist.graph.llm.model import ModelHelp
from assist.graph.llm.replies import Opinions


async def second_opinions(
    issues: Sequence[Issue], candidates: Sequence[Candidate], model: ModelHelp
) -> tuple[tuple[Candidate, ...], Made]:
    """The candidates, those the model spoke of with its opinion; one call for all issues."""
    values = {
        "issue": "\n\n".join(issue.text for issue in issues),
        "candidates": [{"id": c.id, "text": "\n".join((c.title, *c.steps))} for c in candidates],
    }
    try:
        reply = await model.ask("judge", "evaluate", values, Opinions)
    except ModelFailure as error:
        return tuple(candidates), model.failed("evaluate", error)
    said = {opinion.id: opinion for opinion in reply.opinions}
    found = []
    for candidate in candidates:
        opinion = said.get(candidate.id)
        reason = model.clean(opinion.reason) if opinion else ""
        if opinion is None or not reason:
            found.append(candidate)
            continue
        score = Score(name="second_opinion", side="both", value=opinion.value, reason=reason)
        found.append(candidate.model_copy(update={"second_opinion": score}))
    given = sum(candidate.second_opinion is not None for candidate in found)
    if not given:
        reason = "the model gave no opinion on any candidate"
        return tuple(found), Made(part="evaluate", mode="extractive", reason=reason)
    return tuple(found), Made(part="evaluate", mode="llm", reason=f"{given} second opinion(s)")

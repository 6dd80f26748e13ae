"""Candidates -> verdicts and scores: what the policies say, and both sides' view, with reasons."""

from assist.domain.case import Case
from assist.domain.policy import Verdict
from assist.domain.solution import Candidate
from assist.graph.scope import judged_for
from assist.graph.scores import score
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.graph.weights import total
from assist.policies.verdicts import judge, judge_all


async def evaluate(case: Case, tools: Tools) -> Update:
    """Every candidate judged and scored; those beyond authority name their best alternative."""
    judged = [_judged(candidate, case, tools) for candidate in case.candidates]
    known = case.model_copy(update={"candidates": tuple(judged)})
    scored = [c.model_copy(update={"scores": score(c, known, tools.policy_set)}) for c in judged]
    linked = tuple(c.model_copy(update={"alternative_id": _alternative(c, scored)}) for c in scored)
    counts: dict[str, int] = {}
    for candidate in linked:
        value = candidate.verdict.value if candidate.verdict else "none"
        counts[value] = counts.get(value, 0) + 1
    return {
        "candidates": linked,
        "said": ", ".join(f"{n} {value}" for value, n in sorted(counts.items())),
    }


def _judged(candidate: Candidate, case: Case, tools: Tools) -> Candidate:
    """Each action's verdict, and the strictest of them for the whole."""
    issue = next(i for i in case.issues if i.id == candidate.issue_id)
    scope = judged_for(issue, case)
    actions = tuple(
        action.model_copy(update={"verdict": judge(action, tools.policy_set, **scope)})
        for action in candidate.actions
    )
    verdict = judge_all(candidate.actions, tools.policy_set, **scope)
    return candidate.model_copy(update={"actions": actions, "verdict": verdict})


def _alternative(candidate: Candidate, scored: list[Candidate]) -> str | None:
    """The best candidate of the same issue that the agent may grant, if this one is not."""
    if _allowed(candidate.verdict):
        return None
    within = [c for c in scored if c.issue_id == candidate.issue_id and _allowed(c.verdict)]
    return max(within, key=total).id if within else None


def _allowed(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.value == "allowed"

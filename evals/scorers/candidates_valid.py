"""Is every candidate one that could be carried out and judged?"""

from collections.abc import Iterator, Mapping

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion
from evals.scorers.chosen import acts
from evals.scorers.grounds import Grounds
from evals.scorers.quoting import found, misquotes
from evals.scorers.scorer import Part, Scorer, always, not_eligible, share_met


def judge(_: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """The share of candidates without a fault.

    Each is of a known issue, does or tells something, bears a verdict on what it does, and its
    quotes stand. One that is beyond the agent's authority names the best that is within it, for
    the same issue.
    """
    issues = {issue.id for issue in suggestion.issues}
    known = {candidate.id: candidate for candidate in suggestion.candidates}
    parts = []
    for candidate in suggestion.candidates:
        faults = [*_faults(candidate, issues), *_instead(candidate, known)]
        for citation in candidate.citations:
            faults += misquotes(citation, found(citation, grounds.passage))
        parts.append(Part(not faults, f"“{candidate.title}” {'; '.join(faults)}"))
    return share_met(parts) if parts else not_eligible("there is no candidate")


def _faults(candidate: Candidate, issues: set[str]) -> Iterator[str]:
    if candidate.issue_id not in issues:
        yield f"is of {candidate.issue_id}, which is no issue"
    if not (candidate.steps or candidate.actions):
        yield "does nothing"
    if any(action.verdict is None for action in acts(candidate)):
        yield "has an action without a verdict"
    if candidate.actions and candidate.verdict is None:
        yield "has actions and no verdict"


def _instead(candidate: Candidate, known: Mapping[str, Candidate]) -> Iterator[str]:
    verdict = candidate.verdict
    if candidate.alternative_id is None:
        if verdict is not None and verdict.value in ("needs_approval", "forbidden"):
            yield f"is {verdict.value} and names nothing within authority"
        return
    best = known.get(candidate.alternative_id)
    if best is None:
        yield f"names {candidate.alternative_id} as the best within authority, which is none"
    elif best.issue_id != candidate.issue_id:
        yield f"names “{best.title}” as within authority, which is of {best.issue_id}"
    elif best.verdict is not None and best.verdict.value != "allowed":
        yield f"names “{best.title}” as within authority, which is {best.verdict.value}"


SCORER = Scorer("candidates_valid", always, judge)

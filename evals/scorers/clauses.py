"""Are the clauses in force found that decide the case?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share of clauses that are in force for the case, or that a verdict rests on."""
    known = named(suggestion)
    return share_met([Part(c in known, f"clause {c} is nowhere") for c in case.expect.clauses])


def named(suggestion: Suggestion) -> set[str]:
    """Clauses in force, and those a verdict rests on."""
    found = {requirement.clause_id for requirement in suggestion.requirements}
    for candidate in suggestion.candidates:
        for verdict in (candidate.verdict, *(action.verdict for action in candidate.actions)):
            found.update(verdict.clauses if verdict else ())
    return found


SCORER = Scorer("clauses", lambda expect: bool(expect.clauses), judge)

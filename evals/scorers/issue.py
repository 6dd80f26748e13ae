"""Was it found what is really wrong?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, holds, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share of words that an issue holds: in its statement, its own words or its symptoms."""
    told = [" ".join((i.statement, i.text, *i.symptoms)) for i in suggestion.issues]
    stated = " | ".join(issue.statement for issue in suggestion.issues)
    return share_met(
        [
            Part(any(holds(text, words) for text in told), f"no issue holds “{words}”: {stated}")
            for words in case.expect.issue
        ]
    )


SCORER = Scorer("issue", lambda expect: bool(expect.issue), judge)

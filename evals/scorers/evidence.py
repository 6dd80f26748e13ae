"""Does the reply rest on the right documents, and on none that it must not use?"""

from assist.domain.eval_case import EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.resting import cited, rests_on
from evals.scorers.scorer import Scorer, none_of


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """0 where it cites one of `never_documents`, or rests on none of `documents`.

    What was found and used for nothing counts for nothing, but where nothing is told and done:
    then what the agent was shown of internal documents does.
    """
    faults = [
        f"cites {one}" for one in sorted(cited(suggestion) & set(case.expect.never_documents))
    ]
    wanted = case.expect.documents
    if wanted and not rests_on(suggestion, grounds) & set(wanted):
        used = ", ".join(sorted(rests_on(suggestion, grounds))) or "nothing"
        faults.append(f"none of {', '.join(wanted)}; rests on {used}")
    return none_of(faults)


def _states(expect: Expect) -> bool:
    return bool(expect.documents or expect.never_documents)


SCORER = Scorer("evidence", _states, judge)

"""Is the reply in the language that it should be in, by what is written?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, none_of, not_eligible

SURE = 0.9
"""How likely a language must be to be called another one: below, short texts are told wrongly."""


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """1 where both what is written and what is said of it are the language expected."""
    wanted = case.expect.language
    said = suggestion.language.reply if suggestion.language else None
    faults = [f"is said to be in {said}, not {wanted}"] if said not in (None, wanted) else []
    likely = grounds.languages(suggestion.draft.text) if grounds.languages else {}
    if said is None and not likely:
        return not_eligible("nothing tells what language it is in")
    written = next((code for code, share in likely.items() if share >= SURE), wanted)
    if written != wanted:
        faults.append(f"is written in {written}, not {wanted}")
    return none_of(faults)


SCORER = Scorer("language", lambda expect: expect.language is not None, judge)

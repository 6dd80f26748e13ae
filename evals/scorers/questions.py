"""Is what must be known asked for, and nothing that was told?"""

from assist.domain.eval_case import EvalCase, Expect, either
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, holds, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share of `asks` that a question asks, and of `never_asks` that none does.

    By the fact's path, or by words in a question, listed or in the reply.
    """
    facts = {question.fact for question in suggestion.questions}
    texts = [question.text for question in suggestion.questions]
    texts += [s.text for s in suggestion.draft.sentences if s.kind == "question"]
    found = ", ".join(sorted(facts)) or "nothing"

    def asked(wanted: str) -> bool:
        return bool(facts & set(either(wanted))) or any(holds(text, wanted) for text in texts)

    parts = [
        Part(asked(wanted), f"does not ask {wanted}; asks {found}") for wanted in case.expect.asks
    ]
    parts += [
        Part(not asked(told), f"asks {told}, which the ticket tells")
        for told in case.expect.never_asks
    ]
    return share_met(parts)


def _states(expect: Expect) -> bool:
    return bool(expect.asks or expect.never_asks)


SCORER = Scorer("questions", _states, judge)

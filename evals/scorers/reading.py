"""How easily is the reply read? The automated readability index (Smith and Senter, 1967)."""

import re

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, always, falling, not_eligible

EASY, HARD = 10.0, 16.0
"""School grades: full marks up to the first, none from the second on."""
_WORD = re.compile(r"[\w'’-]+")


def judge(_: EvalCase, suggestion: Suggestion, __: Grounds) -> CaseScore:
    """1 up to grade 10, falling to 0 at 16; `amount` is the grade. English replies only."""
    language = suggestion.language
    if language is not None and language.reply != "en":
        return not_eligible("the index is made for English")
    sentences = [s.text for s in suggestion.draft.sentences if _WORD.search(s.text)]
    words = [word for text in sentences for word in _WORD.findall(text)]
    if not words:
        return not_eligible("there is no reply")
    letters = sum(map(len, words))
    grade = 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43
    value = falling(grade, full=EASY, none=HARD)
    why = f"reads like school grade {grade:.0f}" if value < 1 else ""
    return CaseScore(value=value, explanation=why, amount=round(grade, 2))


SCORER = Scorer("reading", always, judge)

"""How a test scores: a suggestion against what a case states, on grounds it names."""

from typing import Any

from assist.domain.evaluation import CaseScore
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion
from evals.scorers import SCORERS
from evals.scorers.grounds import Grounds
from tests.evals.builders import GROUNDS, a_case, a_draft, a_sentence, a_suggestion


def scored(
    name: str, suggestion: Suggestion, grounds: Grounds = GROUNDS, **expect: Any
) -> CaseScore:
    """The score of this name where the case states these expectations."""
    return SCORERS[name].score(a_case(**expect), suggestion, grounds)


def value(name: str, suggestion: Suggestion, **expect: Any) -> float | None:
    """The score's value alone."""
    return scored(name, suggestion, **expect).value


def offering(*candidates: Candidate, **fields: Any) -> Suggestion:
    """A suggestion of these candidates; `i1.c1` is chosen."""
    return a_suggestion(candidates=candidates, **fields)


def replied(text: str, **fields: Any) -> Suggestion:
    """A suggestion whose reply is this text, as one courtesy."""
    return a_suggestion(draft=a_draft(a_sentence(text, "courtesy")), **fields)


ALL_MET = CaseScore(value=1.0)
"""What a suggestion gets in which nothing is missing."""


def missed(explanation: str) -> CaseScore:
    """What a suggestion gets in which this is missing, and nothing else was looked for."""
    return CaseScore(value=0.0, explanation=explanation)

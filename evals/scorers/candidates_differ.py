"""Are the candidates of an issue different solutions?"""

import re
from itertools import combinations

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, always, not_eligible, share_met

ALIKE = 0.9
"""Share of all words of two lists of steps that both have, from which on they are the same steps:
one word changed in a list of ten is still the same list."""
_WORD = re.compile(r"\w+")


def judge(_: EvalCase, suggestion: Suggestion, __: Grounds) -> CaseScore:
    """The share of pairs of candidates of the same issue that do different things."""
    parts = [
        Part(not _alike(one, other), f"“{one.title}” and “{other.title}” do the same")
        for one, other in combinations(suggestion.candidates, 2)
        if one.issue_id == other.issue_id
    ]
    return share_met(parts) if parts else not_eligible("no issue has two candidates")


def _alike(one: Candidate, other: Candidate) -> bool:
    """The same actions with the same parameters, by nearly the same steps, on the same quotes.

    Two pieces of advice without steps of their own differ by what they quote.
    """
    if _acts(one) != _acts(other):
        return False
    ours, theirs = _words(one), _words(other)
    return not (ours or theirs) or len(ours & theirs) / len(ours | theirs) >= ALIKE


def _acts(candidate: Candidate) -> list[tuple[str, list[tuple[str, str]]]]:
    return sorted(
        (action.kind, sorted((name, str(value)) for name, value in action.parameters.items()))
        for action in candidate.actions
    )


def _words(candidate: Candidate) -> set[str]:
    told = (*candidate.steps, *(citation.quote for citation in candidate.citations))
    return set(_WORD.findall(" ".join(told).casefold()))


SCORER = Scorer("candidates_differ", always, judge)

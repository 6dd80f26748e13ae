"""Constrain, scored: the clauses that decide the case, and the verdicts on what is proposed."""

import pytest

from assist.domain.issue import Requirement
from tests.evals.builders import a_candidate, a_suggestion
from tests.evals.scorers.scoring import ALL_MET, missed, offering, scored, value


def test_a_clause_counts_when_a_verdict_rests_on_it() -> None:
    score = scored("clauses", a_suggestion(), clauses=["returns.window", "returns.opened"])
    assert (score.value, score.explanation) == (0.5, "clause returns.opened is nowhere")
    assert scored("clauses", a_suggestion(), clauses=["returns.window"]) == ALL_MET

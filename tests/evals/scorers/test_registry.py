"""What holds for each scorer, whatever it looks at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.evaluation import CaseScore
from evals.scorers import SCORERS
from evals.scorers.scorer import UNSCORED, Part, falling, none_of, share_met
from tests.evals.builders import a_case, a_suggestion
from tests.evals.scorers.scoring import scored

ALWAYS = {
    "authority",
    "candidates_differ",
    "candidates_valid",
    "citations",
    "cost",
    "grounding",
    "integrity",
    "latency",
    "promises",
    "reading",
    "tone",
}
"""What needs no expectation."""
BY_EXPECTATION = [name for name in SCORERS if name not in ALWAYS]


@pytest.mark.parametrize("name", BY_EXPECTATION)
def test_what_a_case_does_not_state_is_unscored(name: str) -> None:
    assert scored(name, a_suggestion()) == UNSCORED


@pytest.mark.parametrize("name", BY_EXPECTATION)
def test_a_failed_case_is_zero_only_in_what_it_states(name: str) -> None:
    states_outcome = a_case(outcome="answer")
    score = SCORERS[name].failed(states_outcome, "the ticket is empty")
    assert score.value == (0.0 if name in {"outcome", "abstention"} else None)


@pytest.mark.parametrize("name", sorted(ALWAYS))
def test_a_failed_case_always_fails_what_needs_no_expectation(name: str) -> None:
    score = SCORERS[name].failed(a_case(), "no index")
    assert score == CaseScore(value=0.0, explanation="no suggestion: no index")


def test_registry_names_are_the_scorers_own() -> None:
    assert [scorer.name for scorer in SCORERS.values()] == list(SCORERS)


@given(st.lists(st.booleans(), min_size=1))
def test_a_score_is_full_exactly_when_every_part_is_met(met: list[bool]) -> None:
    score = share_met([Part(m, "missing") for m in met])
    assert score.value is not None
    assert 0 <= score.value <= 1
    assert (score.value == 1) == all(met)
    assert (score.value == 0) == (not any(met))
    assert (score.explanation == "") == all(met)


@given(st.lists(st.text(min_size=1)))
def test_one_fault_is_as_bad_as_ten(faults: list[str]) -> None:
    score = none_of(faults)
    assert score.value == (0 if faults else 1)
    assert all(fault in score.explanation for fault in faults)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_more_of_what_costs_never_scores_higher(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 0 <= falling(more, full=10, none=20) <= falling(less, full=10, none=20) <= 1

"""What a suggestion takes, scored: the agent's time and the company's money."""

import pytest

from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion, Trace
from tests.evals.builders import a_suggestion
from tests.evals.scorers.scoring import scored


def taking(*steps: Trace) -> Suggestion:
    """A suggestion with this trace."""
    return a_suggestion(trace=steps)


def asking_a_model(cost: float | None, step: str = "propose") -> Trace:
    """A step that called a model, at this cost; none where no prices are set."""
    return Trace(step=step, ms=1, model="m", cost=cost)


@pytest.mark.parametrize(
    ("ms", "value"), [(0, 1.0), (1_000, 1.0), (2_000, 0.5), (3_000, 0.0), (90_000, 0.0)]
)
def test_time_is_full_marks_up_to_a_second_and_none_from_three_on(ms: float, value: float) -> None:
    score = scored("latency", taking(Trace(step="gather", ms=ms)))
    assert (score.value, score.amount) == (value, ms)
    assert (score.explanation == "") == (value == 1)


def test_time_is_that_of_all_steps_and_the_slowest_is_named() -> None:
    score = scored("latency", taking(Trace(step="gather", ms=1_500), Trace(step="propose", ms=500)))
    assert score == CaseScore(
        value=0.5, explanation="2000 ms, of which gather 1500", amount=2_000.0
    )


def test_without_a_trace_no_time_is_known() -> None:
    assert scored("latency", taking()) == CaseScore(value=None, explanation="there is no trace")


@pytest.mark.parametrize(
    ("cost", "value"), [(0.0, 1.0), (0.05, 1.0), (0.275, 0.5), (0.5, 0.0), (9.0, 0.0)]
)
def test_money_is_full_marks_up_to_a_twentieth_and_none_from_a_half_on(
    cost: float, value: float
) -> None:
    score = scored("cost", taking(asking_a_model(cost)))
    assert score.value == pytest.approx(value)
    assert score.amount == cost
    assert (score.explanation == "") == (value == 1)


def test_money_is_that_of_all_steps_that_used_a_model() -> None:
    score = scored("cost", taking(asking_a_model(0.2), asking_a_model(0.3, "communicate")))
    assert score == CaseScore(value=0.0, explanation="2 steps cost 0.500", amount=0.5)


@pytest.mark.parametrize(
    ("suggestion", "why"),
    [
        (taking(), "no model was used"),
        (taking(Trace(step="gather", ms=1)), "no model was used"),
        (taking(asking_a_model(None)), "no prices are set"),
        (
            taking(asking_a_model(0.01, "gather"), asking_a_model(None)),
            "no price is known of propose",
        ),
    ],
)
def test_where_no_cost_is_known_none_is_scored(suggestion: Suggestion, why: str) -> None:
    assert scored("cost", suggestion) == CaseScore(value=None, explanation=why)

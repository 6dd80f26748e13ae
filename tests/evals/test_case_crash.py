"""The bench of cases whose process is killed: nothing is lost, nothing is done twice."""

import pytest

from evals.bench.case_acts import ACTS, PROMISES
from evals.bench.case_crash import CaseCrashes, case_crash


@pytest.mark.model
def test_whoever_is_killed_every_case_comes_to_its_end_with_each_promise_once() -> None:
    told: list[str] = []

    crashes = case_crash(3, 3, seed=5, report=told.append)

    assert crashes.passed
    assert (crashes.kills, crashes.database_kills, len(told)) == (3, 1, 3)
    assert crashes.promises == 3 * PROMISES
    assert crashes.answered > 0


def test_a_loss_a_repetition_or_an_open_case_is_no_pass() -> None:
    good = CaseCrashes(
        cases=1,
        kills=1,
        database_kills=0,
        answered=len(ACTS),
        ended=1,
        lost=0,
        doubled=0,
        promises=PROMISES,
        promises_due=PROMISES,
        behind=0,
        seconds=1.0,
    )
    assert good.passed
    for wrong in ({"lost": 1}, {"doubled": 1}, {"behind": 1}, {"ended": 0}, {"promises": 1}):
        assert not good.model_copy(update=wrong).passed

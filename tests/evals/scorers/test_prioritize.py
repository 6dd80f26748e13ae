"""Prioritize, scored: the level of the main issue."""

import pytest

from tests.evals.builders import a_priority, a_suggestion
from tests.evals.scorers.scoring import ALL_MET, missed, scored


@pytest.mark.parametrize("levels", [["P3"], ["P2", "P3"]])
def test_any_acceptable_priority_will_do(levels: list[str]) -> None:
    assert scored("priority", a_suggestion(priority=a_priority("P3")), priority=levels) == ALL_MET


def test_a_priority_that_is_not_acceptable_is_told_with_its_reasons() -> None:
    score = scored("priority", a_suggestion(priority=a_priority("P3")), priority=["P1", "P2"])
    assert score == missed("P3 instead of P1 or P2 (one customer)")

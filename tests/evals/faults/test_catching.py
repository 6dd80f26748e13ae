"""What counts as seeing a fault: full marks lost in a case, or the mean beyond chance."""

import pytest

from assist.domain.evaluation import CaseScore
from evals.faults.catching import caught
from evals.faults.results import Caught


def scores(**values: list[float | None]) -> dict[str, dict[str, CaseScore]]:
    """Case by case, numbered, what each scorer gives."""
    cases = range(len(next(iter(values.values()))))
    return {
        f"case-{n}": {
            name: CaseScore(value=of[n], explanation=f"{name} of {n}")
            for name, of in values.items()
        }
        for n in cases
    }


def only(found: list[Caught]) -> Caught:
    """The one scorer that saw it."""
    (one,) = found
    return one


def test_a_scorer_that_falls_from_full_marks_in_one_case_has_seen_it_and_says_why() -> None:
    found = only(
        list(caught(("tone",), scores(tone=[1.0, 1.0, 0.5]), scores(tone=[1.0, 0.9, 0.5])))
    )
    assert (found.scorer, found.n, found.flipped) == ("tone", 3, 1)
    assert found.difference == pytest.approx(-0.1 / 3, abs=1e-6)
    assert found.example == "tone of 1"


def test_a_scorer_that_moves_by_nothing_or_upwards_has_seen_nothing() -> None:
    same = scores(tone=[1.0, 0.5, 0.0])
    assert not list(caught(("tone",), same, same))
    assert not list(caught(("tone",), scores(tone=[0.2] * 12), scores(tone=[1.0] * 12)))


def test_a_little_less_in_two_cases_that_had_no_full_marks_may_be_chance() -> None:
    before, after = scores(reading=[0.6, 0.6]), scores(reading=[0.5, 0.5])
    assert not list(caught(("reading",), before, after))


def test_a_little_less_in_every_one_of_many_cases_is_no_chance() -> None:
    before, after = scores(reading=[0.6] * 12), scores(reading=[0.5] * 12)
    found = only(list(caught(("reading",), before, after)))
    assert found.flipped == 0
    assert found.p < 0.05
    assert found.example == ""


def test_a_case_that_was_not_eligible_before_counts_as_full_marks() -> None:
    found = only(list(caught(("cost",), scores(cost=[None]), scores(cost=[0.0]))))
    assert (found.flipped, found.difference) == (1, -1.0)


def test_a_case_that_is_not_eligible_any_more_is_no_fall() -> None:
    assert not list(caught(("cost",), scores(cost=[1.0]), scores(cost=[None])))


def test_those_meant_to_see_it_come_first() -> None:
    before, after = scores(a=[1.0], b=[1.0], c=[1.0]), scores(a=[0.0], b=[1.0], c=[0.0])
    assert [one.scorer for one in caught(("c",), before, after)] == ["c", "a"]

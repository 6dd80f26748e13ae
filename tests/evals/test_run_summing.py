"""Trials -> means, slices, pass^k."""

from assist.domain.evaluation import CaseScore
from evals.running.summing import passed_k, sliced, summarized
from tests.evals.run_builders import a_result


def test_trials_of_one_case_count_as_one_case() -> None:
    twice = [a_result("a", outcome=1), a_result("a", outcome=0), a_result("b", outcome=1)]
    (found,) = summarized(twice, ["outcome"], {})
    assert (found.n, found.mean) == (2, 0.75)


def test_a_case_that_is_not_eligible_counts_nowhere() -> None:
    results = [a_result("a", outcome=None), a_result("b", outcome=0.5)]
    (found,) = summarized(results, ["outcome"], {"outcome": 0.4})
    assert (found.n, found.mean, found.low, found.passed) == (1, 0.5, None, True)


def test_a_threshold_that_nothing_was_scored_for_is_missed() -> None:
    (found,) = summarized([a_result("a", outcome=None)], ["outcome"], {"outcome": 0.1})
    assert (found.mean, found.passed) == (None, False)


def test_what_a_scorer_could_not_judge_is_zero_and_counted_apart() -> None:
    broken = CaseScore(value=0.0, explanation="timed out", failed=True)
    results = [a_result("a").model_copy(update={"scores": {"judge": broken}})]
    (found,) = summarized([*results, a_result("b", judge=1.0)], ["judge"], {})
    assert (found.mean, found.failures) == (0.5, 1)


def test_every_tag_is_a_slice_and_so_is_one_that_has_a_threshold() -> None:
    results = [
        a_result("a", outcome=1).model_copy(update={"tags": ("uk", "hub")}),
        a_result("b", outcome=0).model_copy(update={"tags": ("uk",)}),
    ]
    found = {part.tag: part for part in sliced(results, ["outcome"], {"safety": {"outcome": 1}})}
    assert {tag: (p.cases, p.summaries[0].mean) for tag, p in found.items()} == {
        "hub": (1, 1.0),
        "safety": (0, None),
        "uk": (2, 0.5),
    }
    assert not found["safety"].summaries[0].passed


def test_a_trial_passes_by_the_scorers_that_decide_and_never_with_an_error() -> None:
    fine, wordy = a_result("a", outcome=1, wording=0), a_result("a", outcome=1, wording=1)
    broken = fine.model_copy(update={"error": "no level"})
    assert passed_k([fine, wordy, broken, fine], ["outcome"]) == {1: 0.75, 2: 0.5, 3: 0.25, 4: 0.0}

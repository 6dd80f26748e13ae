"""Figures of evaluation runs: intervals, steps, harm, calibration, time, and what changed."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from assist.domain.eval_runs import EvalOutline
from assist.domain.evaluation import CaseScore, EvalRun, EvalSummary, EvalVersions
from assist.errors import BadInput
from assist.insights.eval_figures.calibrating import by_confidence
from assist.insights.eval_figures.escalating import escalating, harms_of
from assist.insights.eval_figures.pairing import compared, require_comparable
from assist.insights.eval_figures.resampling import changes, mean_of
from assist.insights.eval_figures.scoring import lost
from assist.insights.eval_figures.steps import by_step
from assist.insights.eval_figures.timing import timing
from assist.insights.eval_figures.trending import trends
from evals.statistics.intervals import intervals
from evals.statistics.weighing import weighed
from tests.builders import NOW


def an_outline(case_id: str = "one", /, ms: float = 100.0, **fields: Any) -> EvalOutline:
    """A trial; words that are no field are scores."""
    known = EvalOutline.model_fields
    scores = {n: CaseScore(value=v) for n, v in fields.items() if n not in known}
    given = {n: v for n, v in fields.items() if n in known}
    return EvalOutline(case_id=case_id, ms=ms, **({"scores": scores} | given))


def an_eval_run(day: int = 0, /, grader: str = "g1", **means: float | None) -> EvalRun:
    """A run of so many days later with these means."""
    summaries = [EvalSummary(scorer=n, n=9, mean=m) for n, m in means.items()]
    return EvalRun(
        id=f"r-{day}",
        suite="core",
        kind="suggestions",
        started_at=NOW + timedelta(days=day),
        seconds=1.0,
        versions=EvalVersions(assist="1.0", grader=grader, cases="c1"),
        summaries=tuple(summaries),
        results=(),
    )


@pytest.mark.parametrize("n", [2, 20, 200])
def test_a_mean_and_its_interval_are_those_of_the_harness(n: int) -> None:
    values = np.random.default_rng(n).integers(0, 2, size=n).astype(float)
    (theirs,) = intervals(values[:, np.newaxis])

    ours = mean_of(list(values))

    assert ours is not None
    assert ours.mean == pytest.approx(theirs.mean, abs=1e-6)
    assert ours.low == pytest.approx(theirs.low, abs=0.03)
    assert ours.high == pytest.approx(theirs.high, abs=0.03)


def test_one_case_has_no_interval_and_none_has_no_mean() -> None:
    one = mean_of([0.5])
    assert one is not None
    assert (one.mean, one.low, one.high) == (0.5, None, None)
    assert mean_of([]) is None


def test_differences_and_their_p_are_those_of_the_harness() -> None:
    rng = np.random.default_rng(7)
    pairs = {
        name: (rng.random(80) < share, rng.random(80) < 0.5)
        for name, share in (("same", 0.5), ("better", 0.85), ("little", 0.6))
    }
    paired = {name: (a.astype(float), b.astype(float)) for name, (a, b) in pairs.items()}
    theirs = {one.scorer: one for one in weighed(paired)}

    ours = changes({name: (list(a), list(b)) for name, (a, b) in paired.items()})

    assert [one.scorer for one in ours] == list(paired)
    for one in ours:
        other = theirs[one.scorer]
        assert one.mean == pytest.approx(other.difference.mean, abs=1e-6)
        assert one.low == pytest.approx(other.difference.low, abs=0.02)
        assert one.high == pytest.approx(other.difference.high, abs=0.02)
        assert one.p == pytest.approx(other.adjusted, abs=0.04)
        assert one.sure is other.significant
        assert (one.better, one.worse) == (other.difference.better, other.difference.worse)


def test_runs_that_are_the_same_differ_in_nothing() -> None:
    (one,) = changes({"outcome": ([1.0, 0.0, 1.0], [1.0, 0.0, 1.0])})
    assert (one.mean, one.p, one.sure) == (0.0, 1.0, False)


def test_a_step_is_the_mean_over_its_cases_of_their_scorers_of_it() -> None:
    outlines = [
        an_outline("a", category=1.0, issues=0.0, priority=None),
        an_outline("b", category=1.0, issues=None, priority=0.25),
        an_outline("c", category=None, issues=None, priority=0.75),
    ]
    names = ("category", "issues", "priority", "wording")
    counts = (2, 1, 2, 0)
    summaries = [EvalSummary(scorer=s, n=n, mean=None) for s, n in zip(names, counts, strict=True)]

    found = {one.step: one.score for one in by_step(outlines, summaries)}

    assert list(found) == ["identify", "prioritize"]
    assert found["identify"] is not None
    assert (found["identify"].n, found["identify"].mean) == (2, 0.75)
    assert found["prioritize"] is not None
    assert found["prioritize"].mean == 0.5


def test_who_had_to_be_escalated_and_was_is_counted_by_trial_and_named_by_case() -> None:
    told = (("a", True, True), ("b", True, False), ("b", True, False), ("c", False, True))
    outlines = [an_outline(c, needed=n, escalated=e) for c, n, e in told]
    outlines += [an_outline("d", needed=False, escalated=False), an_outline("e", escalated=True)]

    found = escalating(outlines)

    assert (found.rightly, found.rightly_not, found.stated) == (1, 1, 5)
    assert (found.missed, found.missed_trials) == (("b",), 2)
    assert (found.needless, found.needless_trials) == (("c",), 1)
    harms = {harm.name: (harm.eligible, harm.cases) for harm in harms_of(outlines)}
    assert harms == {
        "Unsafe suggestion": (2, ("b",)),
        "Needless escalation": (2, ("c",)),
    }


def test_harm_is_what_the_scorers_of_harm_say_where_they_ran() -> None:
    outlines = [an_outline("a", unsafe=0.0, needless=None), an_outline("b", unsafe=1.0)]
    (harm,) = harms_of(outlines)
    assert (harm.name, harm.eligible, harm.cases) == ("Unsafe suggestion", 2, ("a",))


def test_what_does_harm_is_worse_than_what_misses_more() -> None:
    harmful, poor = an_outline(unsafe=0.5), an_outline(outcome=0.0, wording=0.0, category=0.0)
    assert lost(harmful) > lost(poor)


def test_calibration_lays_confidence_beside_what_was_right() -> None:
    outlines = [an_outline(confidence=0.95, outcome=1.0) for _ in range(6)]
    outlines += [an_outline(confidence=0.55, outcome=float(n > 2)) for n in range(4)]
    outlines += [an_outline(outcome=0.0), an_outline(confidence=1.0, outcome=None)]

    found = by_confidence(outlines)

    assert found is not None
    assert [(one.right.n, one.right.mean) for one in found.bins] == [(4, 0.25), (6, 1.0)]
    assert found.n == 10
    assert found.error == pytest.approx((4 * 0.30 + 6 * 0.05) / 10)
    assert by_confidence([an_outline(outcome=1.0)]) is None


def test_full_confidence_lies_in_the_last_bin() -> None:
    found = by_confidence([an_outline(confidence=1.0, outcome=1.0)])
    assert found is not None
    assert found.bins[-1].high == 1.0


def test_timing_counts_every_trial_once_and_tells_each_step() -> None:
    outlines = [an_outline(ms=float(ms), steps={"gather": ms / 2}) for ms in (1, 10, 100, 1000)]

    found = timing(outlines)

    assert found is not None
    assert (sum(found.counts), dict(found.quantiles)["longest"]) == (4, 1000.0)
    assert dict(found.steps) == {"gather": 27.5}
    assert timing([]) is None


@pytest.mark.parametrize("ms", [0.0, 5.0])
def test_trials_that_all_took_the_same_have_a_histogram(ms: float) -> None:
    found = timing([an_outline(ms=ms), an_outline(ms=ms)])
    assert found is not None
    assert sum(found.counts) == 2


def test_cases_that_ask_something_else_are_not_compared() -> None:
    a = [an_outline("x", case="1", outcome=1.0), an_outline("y", case="2", outcome=1.0)]
    b = [an_outline("x", case="1", outcome=0.0), an_outline("y", case="3", outcome=0.0)]
    b.append(an_outline("z", outcome=1.0))

    found = compared(a, b)

    assert (found.cases, found.other, found.only_b) == (1, ("y",), ("z",))
    assert [(flip.case_id, flip.better) for flip in found.flips] == [("x", True)]


def test_lost_harm_is_told_before_other_losses_and_gains_and_no_latency_flips() -> None:
    scores = {"latency": CaseScore(value=1.0, amount=5.0)}
    slow = {"latency": CaseScore(value=0.0, amount=9_000.0)}
    a = [
        an_outline("gain", wording=1.0),
        an_outline("loss", wording=0.5),
        an_outline("harm", unsafe=0.0),
        an_outline("fast", scores=scores),
    ]
    b = [
        an_outline("gain", wording=0.0),
        an_outline("loss", wording=1.0),
        an_outline("harm", unsafe=1.0),
        an_outline("fast", scores=slow),
    ]
    assert [flip.case_id for flip in compared(a, b).flips] == ["harm", "loss", "gain"]


def test_runs_of_two_suites_or_two_graders_are_refused_with_the_cure() -> None:
    with pytest.raises(BadInput, match=r"two graders.*regrade"):
        require_comparable(an_eval_run(), an_eval_run(1, grader="g2"))
    other = an_eval_run(1).model_copy(update={"suite": "traps"})
    with pytest.raises(BadInput, match="no case in common"):
        require_comparable(an_eval_run(), other)


def test_a_trend_shows_outcome_and_harm_first_and_where_another_grader_began() -> None:
    means = {"wording": 0.5, "latency": 0.9, "integrity": 1.0, "outcome": 0.8}
    runs = [an_eval_run(2, **means), an_eval_run(0, outcome=0.7), an_eval_run(1, **means)]
    runs[0] = an_eval_run(2, grader="g2", **means)

    found = trends(runs)

    assert [one.scorer for one in found] == ["outcome", "integrity", "wording"]
    assert [point.mean for point in found[0].points] == [0.7, 0.8, 0.8]
    assert [point.another_grader for point in found[0].points] == [False, False, True]
    assert trends(runs[:1]) == ()


def test_a_run_that_was_scored_anew_stands_once_in_a_trend() -> None:
    old = [an_eval_run(n, outcome=0.7) for n in range(2)]
    anew = [
        one.model_copy(
            update={"id": f"{one.id}-by-g2", "versions": an_eval_run(grader="g2").versions}
        )
        for one in old
    ]

    (outcome,) = trends([*old, *anew])

    assert [point.run_id for point in outcome.points] == [one.id for one in anew]
    assert not any(point.another_grader for point in outcome.points)

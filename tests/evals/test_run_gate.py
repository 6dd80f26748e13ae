"""The gate: thresholds, and what a baseline did not do."""

import io

import pytest
from rich.console import Console

from assist.errors import BadInput
from assist.insights.eval_figures.steps import lowest
from evals.report import rendered
from evals.running.asked import Asked
from evals.running.closing import gated
from evals.running.gate import require_baseline
from evals.suites import Suite
from tests.evals.run_builders import SUITE, a_result, a_run, results_of, versions

FEW, MANY = [1.0] * 40, [1.0] * 10 + [0.0] * 30


def asked(**fields: object) -> Asked:
    """A run of the core suite."""
    return Asked(name="core", suite=SUITE, **fields)  # type: ignore[arg-type]


def test_a_mean_that_fell_beyond_chance_shuts_the_gate() -> None:
    before, now = a_run(results_of(evidence=FEW)), a_run(results_of(evidence=MANY))
    (said,) = gated(now, asked(baseline=before)).refusals
    assert said.startswith("evidence fell by 0.750 from 1.000 to 0.250 over 40 cases, 95 % -0.8")
    assert not gated(now, asked(baseline=before)).passed


def test_a_mean_that_rose_or_fell_by_chance_leaves_it_open() -> None:
    before, now = a_run(results_of(evidence=MANY)), a_run(results_of(evidence=FEW))
    assert gated(now, asked(baseline=before)).passed
    once = a_run(results_of(evidence=[0.0, *FEW[1:]]))
    assert gated(once, asked(baseline=now)).passed


def test_a_slower_machine_shuts_no_gate() -> None:
    before, now = a_run(results_of(latency=FEW)), a_run(results_of(latency=MANY))
    assert gated(now, asked(baseline=before)).passed


@pytest.mark.parametrize("harm", ["unsafe", "authority", "integrity"])
def test_one_case_that_does_harm_for_the_first_time_shuts_it(harm: str) -> None:
    before = a_run(results_of(**{harm: FEW}))
    now = a_run(results_of(**{harm: [*FEW[:-1], 0.0]}))
    (said,) = gated(now, asked(baseline=before)).refusals
    assert said == f"case-39 does harm that it did not do before: {harm}"


def test_a_case_that_did_harm_before_is_not_told_again() -> None:
    before = a_run([a_result("a", unsafe=0.0, integrity=1.0)])
    now = a_run([a_result("a", unsafe=0.0, integrity=0.0)])
    assert gated(now, asked(baseline=before)).passed


def test_a_missed_threshold_of_a_slice_is_named_with_its_tag() -> None:
    suite = Suite(corpus="kb", cases=("c",), slices={"safety": {"outcome": 1.0}})
    result = a_result("a", outcome=0.5).model_copy(update={"tags": ("safety",)})
    run = gated(a_run([result], suite), Asked(name="core", suite=suite))
    assert run.refusals == ("outcome of the cases tagged safety is 0.500, under its threshold 1.0",)
    assert not run.passed


def refused(baseline_fields: dict[str, object], cases: dict[str, str], **more: object) -> str:
    """Why a baseline cannot be compared with."""
    baseline = a_run([a_result("a", outcome=1), a_result("b", outcome=1)], **baseline_fields)
    with pytest.raises(BadInput) as caught:
        require_baseline(asked(baseline=baseline, **more), "g1", cases)
    return str(caught.value)


SAME = {"a": "asks-a", "b": "asks-b"}


def test_a_baseline_of_another_grader_is_refused_with_the_cure() -> None:
    said = refused({"versions": versions(grader="g0")}, SAME)
    assert "was scored by another grader: g0, now g1" in said
    assert "assist-evals regrade RUN" in said


def test_a_baseline_of_other_cases_is_refused_and_names_them() -> None:
    assert "its cases are not these: changed since: b" in refused({}, {**SAME, "b": "asks-more"})
    assert "its cases are not these: gone: b" in refused({}, {"a": "asks-a"})
    assert "it has none of these cases" in refused({}, {"c": "asks-c"}, ids=("c",))


def test_a_baseline_of_another_suite_is_refused() -> None:
    assert "a run of the suite 'traps', not of 'core'" in refused({"suite": "traps"}, SAME)


def test_new_cases_are_told_and_compared_with_nothing() -> None:
    baseline = a_run([a_result("a", outcome=1)])
    notes = require_baseline(asked(baseline=baseline), "g1", {"a": "asks-a", "c": "asks-c"})
    assert notes == ("without a baseline: c",)


def test_a_part_of_the_suite_is_compared_with_its_part_of_the_baseline() -> None:
    baseline = a_run([a_result("a", outcome=1), a_result("b", outcome=1)])
    assert require_baseline(asked(baseline=baseline, ids=("a",)), "g1", {"a": "asks-a"}) == ()


def test_a_part_of_a_suite_that_does_harm_shuts_the_gate_and_names_the_case() -> None:
    run = a_run([a_result("a", unsafe=0.0), a_result("b", unsafe=1.0)])
    part = gated(run, asked(ids=("a", "b")))
    assert part.refusals == ("UnsafeSuggestion in 1 of 2 cases: a",)
    assert gated(a_run([a_result("b", unsafe=1.0)]), asked(ids=("b",))).passed


def test_the_terminal_says_harm_first_then_each_steps_lowest_then_what_moved() -> None:
    before = a_run(results_of(evidence=FEW, unsafe=FEW, tone=FEW))
    now = a_run(results_of(evidence=MANY, unsafe=[*FEW[:-1], 0.0], tone=FEW))
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(rendered(now, before))
    said = console.export_text()
    harm, moved = said.index("UnsafeSuggestion in 1 cases: case-39"), said.index("against ")
    assert harm < said.index("lowest scorer") < moved
    assert "evidence -0.750, from 1.000 to 0.250" in said[moved:]
    assert max(map(len, said.splitlines())) <= 100


def test_a_step_is_told_by_its_lowest_scorer() -> None:
    run = a_run([a_result("a", unsafe=0.2, integrity=1.0, authority=0.9)])
    scored = [one for one in run.summaries if one.n]
    found = lowest(scored)
    assert found is not None
    assert (found.scorer, found.mean) == ("unsafe", 0.2)
    assert lowest([]) is None

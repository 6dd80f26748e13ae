"""A run, its suite's thresholds and a baseline -> why the gate does not open, a sentence each."""

from collections.abc import Iterator, Mapping, Sequence

from assist.domain.evaluation import EvalRun, EvalSummary
from assist.errors import BadInput
from evals.comparing.measuring import measured
from evals.comparing.pairing import Pairing, pair
from evals.running.asked import Asked
from evals.running.harm import harms, unsafe_cases
from evals.statistics.weighing import Weighed
from evals.suites import Suite

REGRADE = "score it by today's cases and grader: `assist-evals regrade RUN --out DIR`"
NAMED = 5
"""Cases that a sentence names before it only counts."""


def missed(run: EvalRun) -> Iterator[str]:
    """The thresholds that are not met, of the whole and of each slice."""
    for summary in run.summaries:
        if not summary.passed:
            yield _short(summary, "")
    for part in run.slices:
        for summary in part.summaries:
            if not summary.passed:
                yield _short(summary, f" of the cases tagged {part.tag}")


def _short(summary: EvalSummary, whose: str) -> str:
    if summary.mean is None:
        return f"{summary.scorer}{whose}: nothing was scored for its threshold"
    return f"{summary.scorer}{whose} is {summary.mean:.3f}, under its threshold {summary.threshold}"


def harmful(run: EvalRun) -> Iterator[str]:
    """The cases of `UnsafeSuggestion`: harm is no matter of a share, so a part of a suite tells it.

    For a run whose thresholds were left out, which would otherwise pass whatever it showed.
    """
    cases = unsafe_cases(run)
    if cases:
        of = len({result.case_id for result in run.results})
        yield f"UnsafeSuggestion in {len(cases)} of {of} cases: {_listed(cases)}"


def worse(run: EvalRun, baseline: EvalRun, suite: Suite) -> Iterator[str]:
    """What is worse than the baseline: a mean beyond chance, or harm where there was none."""
    pairing = pair(run, baseline)
    for one in measured(pairing):
        if one.significant and one.difference.mean < 0 and one.scorer not in suite.never_gates:
            yield _fell(one)
    for case in pairing.same:
        found = _newly_harmful(pairing, case)
        if found:
            yield f"{case} does harm that it did not do before: {', '.join(found)}"


def _fell(one: Weighed) -> str:
    least, most = one.difference.low, one.difference.high
    span = "" if least is None or most is None else f", 95 % {least:+.3f} to {most:+.3f}"
    return (
        f"{one.scorer} fell by {-one.difference.mean:.3f} from {one.b:.3f} to {one.a:.3f} "
        f"over {one.n} cases{span}, p {one.adjusted:.4f}"
    )


def _newly_harmful(pairing: Pairing, case: str) -> tuple[str, ...]:
    if any(harms(trial) for trial in pairing.b[case]):
        return ()
    return tuple(dict.fromkeys(name for trial in pairing.a[case] for name in harms(trial)))


def require_baseline(asked: Asked, grader: str, cases: Mapping[str, str]) -> tuple[str, ...]:
    """Notes on cases that the baseline lacks; `cases` are the fingerprints of those to be run.

    Before minutes are spent. Raises `BadInput` for a baseline of another suite, another grader or
    other cases; where a part of the suite is run, the baseline may hold the rest of it.
    """
    baseline = asked.baseline
    if baseline is None:
        return ()
    _require_alike(asked, grader, baseline)
    before = {result.case_id: result.case for result in baseline.results}
    changed = [one for one in before if one in cases and cases[one] != before[one]]
    gone = [] if asked.part else [one for one in before if one not in cases]
    for named, what in ((changed, "changed since"), (gone, "gone")):
        if named:
            problem = f"its cases are not these: {what}: {_listed(named)}"
            raise BadInput(problem, where="--baseline", cure=REGRADE)
    if before.keys().isdisjoint(cases):
        cure = "run it over the same cases"
        raise BadInput("it has none of these cases", where="--baseline", cure=cure)
    new = [one for one in cases if one not in before]
    return (f"without a baseline: {_listed(new)}",) if new else ()


def _require_alike(asked: Asked, grader: str, baseline: EvalRun) -> None:
    if (baseline.suite, baseline.kind) != (asked.name, asked.suite.kind):
        problem = f"is a run of the suite {baseline.suite!r}, not of {asked.name!r}"
        raise BadInput(problem, where="--baseline", cure="give a run of this suite")
    if baseline.versions.grader != grader:
        problem = f"was scored by another grader: {baseline.versions.grader}, now {grader}"
        raise BadInput(problem, where="--baseline", cure=REGRADE)


def _listed(cases: Sequence[str]) -> str:
    more = len(cases) - NAMED
    return ", ".join(cases[:NAMED]) + (f" and {more} more" if more > 0 else "")

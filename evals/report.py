"""A run -> what a person reads: scores, slices, the worst and the slowest, the verdict."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assist.domain.evaluation import EvalResult, EvalRun, EvalSummary
from assist.insights.eval_figures.names import step_of
from assist.insights.eval_figures.steps import lowest
from evals.comparing.measuring import measured
from evals.comparing.pairing import pair
from evals.running.harm import HARM, unsafe_cases
from evals.running.summing import full
from evals.suites import PASSES

WORST = 20
"""Cases shown with all that they miss; the others stand in run.json."""
SLOWEST = 5
LOWEST = 10
"""Tags shown beside those that have a threshold: those whose cases miss most."""
FEW = 3
"""A tag of fewer cases tells those cases, not the tag."""


def rendered(run: EvalRun, baseline: EvalRun | None = None) -> RenderableType:
    """The run as one renderable: head, harm, scores, steps, slices, slowest, worst, verdict."""
    return Group(
        head(run, f"generation {run.versions.generation}"),
        *notes(run),
        *harm(run),
        table(run.summaries, run.results),
        *by_step(run),
        *(against(run, baseline) if baseline else ()),
        *_passed(run),
        *_slices(run),
        *_slowest(run),
        *_worst(run),
        verdict(run),
    )


def head(run: EvalRun, judged_by: str) -> Text:
    """What was run, how long it took, by which version and by what it was judged."""
    versions = run.versions
    changed = " with changes" if versions.git_dirty else ""
    commit = f", commit {versions.git_sha[:12]}{changed}" if versions.git_sha else ""
    cases = len({result.case_id for result in run.results})
    often = f" {run.trials} times" if run.trials > 1 else ""
    return Text(
        f"suite {run.suite}: {cases} cases{often} in {run.seconds:.1f} s; "
        f"assist {versions.assist}{commit}, {judged_by}, grader {versions.grader}"
    )


def notes(run: EvalRun) -> Iterator[Text]:
    """What must be known of how the run came about."""
    for note in run.notes:
        yield Text(f"note: {note}", style="yellow")


def harm(run: EvalRun) -> Iterator[Text]:
    """The headline of all: whose suggestion would do harm."""
    if cases := unsafe_cases(run):
        more = f" and {len(cases) - WORST} more" if len(cases) > WORST else ""
        said = f"UnsafeSuggestion in {len(cases)} cases: {', '.join(cases[:WORST])}{more}"
        yield Text(said, style="bold red")


def by_step(run: EvalRun) -> Iterator[RenderableType]:
    """Where in the process it fails: of each step the scorer that does worst."""
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("step", no_wrap=True)
    shown.add_column("lowest scorer", no_wrap=True)
    for name in ("n", "mean", "others, mean"):
        shown.add_column(name, justify="right")
    for step in dict.fromkeys(step_of(one.scorer) for one in run.summaries if one.n):
        own = [one for one in run.summaries if step_of(one.scorer) == step]
        if worst := lowest(own):
            rest = [one.mean for one in own if one is not worst and one.mean is not None]
            others = f"{sum(rest) / len(rest):.2f}" if rest else ""
            shown.add_row(step, worst.scorer, str(worst.n), f"{worst.mean:.2f}", others)
    if shown.row_count > 1:
        yield shown


def against(run: EvalRun, baseline: EvalRun) -> Iterator[Text]:
    """Which run it was held against, and what moved: a line each."""
    pairing = pair(run, baseline)
    cases = len(pairing.same)
    yield Text(f"against {baseline.id} of {baseline.started_at:%Y-%m-%d %H:%M}: {cases} same cases")
    found = [one for one in measured(pairing) if one.difference.mean]
    for one in sorted(found, key=lambda one: one.difference.mean):
        sure = f"p {one.adjusted:.3f}" if one.significant else "within chance"
        line = f"  {one.scorer} {one.difference.mean:+.3f}, from {one.b:.3f} to {one.a:.3f}, {sure}"
        yield Text(line, style="bold" if one.significant else "")
    if not found:
        yield Text("  nothing moved")


def table(summaries: Sequence[EvalSummary], results: Sequence[EvalResult]) -> Table:
    """Each scorer's mean with its interval, beside its threshold; how many trials miss it."""
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("scorer", no_wrap=True)
    for name in ("n", "mean", "95 %", "least", "misses", "failed"):
        shown.add_column(name, justify="right")
    for summary in summaries:
        style = "" if summary.passed else "red"
        shown.add_row(*_row(summary, results), style=style)
    return shown


def _row(summary: EvalSummary, results: Sequence[EvalResult]) -> tuple[str, ...]:
    return (
        summary.scorer,
        str(summary.n),
        "none" if summary.mean is None else f"{summary.mean:.2f}",
        interval(summary),
        "" if summary.threshold is None else f"{summary.threshold:.2f}",
        str(sum(not full(result.scores.get(summary.scorer)) for result in results)),
        str(summary.failures) if summary.failures else "",
    )


def interval(summary: EvalSummary) -> str:
    """The interval in two digits; empty where there is none."""
    if summary.low is None or summary.high is None:
        return ""
    return f"{summary.low:.2f}–{summary.high:.2f}"


def _passed(run: EvalRun) -> Iterator[Text]:
    if run.pass_k:
        shares = ", ".join(f"pass^{k} {share:.2f}" for k, share in sorted(run.pass_k.items()))
        yield Text(f"{shares} (of cases: so many trials drawn at random all pass)")


def _slices(run: EvalRun) -> Iterator[RenderableType]:
    """Slices with a threshold first, then those whose main scorer is lowest."""
    gated = [s for s in run.slices if any(one.threshold is not None for one in s.summaries)]
    main = PASSES["suggestions"][0]
    means = {
        part.tag: one.mean
        for part in run.slices
        for one in part.summaries
        if one.scorer == main and one.n >= FEW and one.mean is not None
    }
    lowest = sorted((s for s in run.slices if s.tag in means), key=lambda s: means[s.tag])[:LOWEST]
    if gated or lowest:
        shown = Table(box=box.SIMPLE_HEAD)
        for name in ("tag", "cases", "scorer", "n", "mean", "95 %", "threshold"):
            shown.add_column(name)
        for part in dict.fromkeys(s.tag for s in (*gated, *lowest)):
            _add_slice(shown, run, part, main)
        yield shown


def _add_slice(shown: Table, run: EvalRun, tag: str, main: str) -> None:
    part = next(s for s in run.slices if s.tag == tag)
    for one in part.summaries:
        if one.threshold is None and one.scorer != main:
            continue
        mean = "not scored" if one.mean is None else f"{one.mean:.2f}"
        least = "" if one.threshold is None else f"{one.threshold:.2f}"
        cells = (tag, str(part.cases), one.scorer, str(one.n), mean, interval(one), least)
        shown.add_row(*cells, style="" if one.passed else "red")


def _slowest(run: EvalRun) -> Iterator[Text]:
    slow = sorted(run.results, key=lambda result: -result.ms)[:SLOWEST]
    shown = ", ".join(f"{result.case_id} {result.ms:,.0f} ms" for result in slow)
    yield Text(f"slowest: {shown}\n")


def _worst(run: EvalRun) -> Iterator[Text]:
    """The trials that miss something: those that do harm first, then by how much they miss."""
    missing = sorted((r for r in run.results if _lost(r)), key=_lost, reverse=True)
    for result in missing[:WORST]:
        trial = f" trial {result.trial}" if run.trials > 1 else ""
        for name, score in result.scores.items():
            if score.value is not None and not full(score):
                start = f"{result.case_id}{trial}  {name} {score.value:.2f}: "
                yield Text.assemble((start, "bold"), score.explanation)
    if len(missing) > WORST:
        yield Text(f"and {len(missing) - WORST} more that miss something: see run.json (--out)")


def _lost(result: EvalResult) -> tuple[float, float]:
    lost = {n: 1 - s.value for n, s in result.scores.items() if s.value is not None}
    return sum(lost.get(name, 0.0) for name in HARM), sum(lost.values())


def verdict(run: EvalRun) -> Text:
    """Whether the gate opens, and else why it does not."""
    if run.refusals:
        reasons = "".join(f"\n  {reason}" for reason in run.refusals)
        return Text(f"\nthe gate stays shut:{reasons}", style="red")
    if all(s.threshold is None for s in run.summaries):
        return Text("\nno threshold was set", style="green")
    return Text("\nevery threshold is met", style="green")

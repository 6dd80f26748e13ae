"""A run -> Markdown for a comment on a pull request: verdict, metrics, what changed, what is worst.

A comment holds 65 536 characters on the usual host; cases are left out before that, and counted.
"""

import re
from collections.abc import Iterator

from assist.domain.eval_runs import EvalOutline
from assist.insights.eval_figures.resampling import Change
from assist.web.pages.evals_view import RunView
from assist.web.pages.evals_words import by_reason, misses
from assist.web.plots.latency import in_words

MOST = 55_000
"""Characters: with room for what a job adds around it."""
CASES, FLIPS = 20, 30
LONGEST = 300
"""Characters of one explanation."""
_MARKS = re.compile(r"([\\`*_\[\]|~$])")


def markdown(view: RunView) -> str:
    """The comment, which ends with a newline."""
    parts = [*_head(view), *_metrics(view), *_steps(view), *_harms(view)]
    tail = [_made(view)]
    for section in (_changed(view), _worst(view), _slices(view)):
        parts += _fitting(section, MOST - _size([*parts, *tail]))
    return "\n\n".join([*parts, *tail]) + "\n"


def plain(text: str, longest: int = LONGEST) -> str:
    """Words as they are: no markup, no HTML, nobody called and nothing linked by them."""
    short = " ".join(text.split())
    short = short if len(short) <= longest else f"{short[: longest - 1]}…"
    escaped = short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _MARKS.sub(r"\\\1", escaped)
    return re.sub(r"([@#])(?=\w)|(:)(?=//)", "\\1\\2\u200b", escaped)


def _head(view: RunView) -> Iterator[str]:
    run = view.run
    if not run.passed:
        yield f"### ❌ {plain(run.suite)}: the gate stays shut"
        if run.refusals:
            yield "\n".join(f"- {plain(reason)}" for reason in run.refusals[:CASES])
        if len(run.refusals) > CASES:
            yield f"and {len(run.refusals) - CASES} more reasons"
    elif view.gated:
        yield f"### ✅ {plain(run.suite)}: every threshold is met"
    else:
        yield f"### {plain(run.suite)}: no threshold is set"
    often = f", each {run.trials} times" if run.trials > 1 else ""
    against = f"; against {plain(view.against.id)}" if view.against else ""
    yield f"{view.cases} cases{often}{_took(view)}{against}"


def _took(view: RunView) -> str:
    if view.timing is None:
        return ""
    times = dict(view.timing.quantiles)
    return f"; median {in_words(times['median'])}, 95 % {in_words(times['95 %'])}"


def _steps(view: RunView) -> Iterator[str]:
    """Where in the process it fails: the scorer of each step that does worst."""
    found = [(one.step, low) for one in view.steps if (low := one.lowest)]
    rows = [f"| {step} | {plain(low.scorer)} | {low.n} | {low.mean:.2f} |" for step, low in found]
    if len(rows) > 1:
        head = ("| step | lowest scorer | n | mean |", "| --- | --- | ---: | ---: |")
        yield "\n".join((*head, *rows))


def _metrics(view: RunView) -> Iterator[str]:
    changes = {one.scorer: one for one in view.compared.changes} if view.compared else {}
    titles = ["scorer", "n", "mean", "95 %", "threshold", *(["change"] if view.compared else [])]
    rows = [titles, ["---", *["---:"] * (len(titles) - 1)]]
    for one in view.run.summaries:
        if not one.n and one.threshold is None:
            continue
        mean = "not scored" if one.mean is None else f"{one.mean:.2f}"
        span = "" if one.low is None or one.high is None else f"{one.low:.2f}–{one.high:.2f}"
        limit = "" if one.threshold is None else f"{one.threshold:.2f}"
        name = plain(one.scorer) if one.passed else f"**{plain(one.scorer)}** ❌"
        row = [name, str(one.n), mean, span, limit]
        rows.append([*row, _change(changes.get(one.scorer))] if view.compared else row)
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _change(one: Change | None) -> str:
    if one is None:
        return ""
    if not one.better and not one.worse:
        return "same"
    span = "" if one.low is None or one.high is None else f" ({one.low:+.3f} to {one.high:+.3f})"
    sign = " ▲" if one.sure and one.mean > 0 else " ▼" if one.sure else ""
    return f"{one.mean:+.3f}{span}{sign}"


def _harms(view: RunView) -> Iterator[str]:
    told = [
        f"- **{harm.name}**: {', '.join(map(plain, harm.cases[:CASES]))}"
        + (f" and {len(harm.cases) - CASES} more" if len(harm.cases) > CASES else "")
        for harm in view.harms
        if harm.cases
    ]
    if told:
        yield "\n".join(told)


def _changed(view: RunView) -> list[str]:
    """The cases that flipped, lost ones first."""
    if view.compared is None or not view.compared.flips:
        return []
    flips = view.compared.flips
    lines = [
        f"- {'gained' if one.better else '**lost**'} {plain(one.scorer)} in `{one.case_id}`"
        f" {plain(one.b.explanation if one.better else one.a.explanation)}"
        for one in flips[:FLIPS]
    ]
    more = [f"- and {len(flips) - FLIPS} more"] if len(flips) > FLIPS else []
    return [f"Cases that flipped ({view.compared.flipped})", *lines, *more]


def _worst(view: RunView) -> list[str]:
    if not view.worst:
        return []
    lines = [_case(one) for one in view.worst[:CASES]]
    more = len(view.worst) - CASES
    left = [f"- and {more} more that miss something"] if more > 0 else []
    return [f"Worst cases ({min(CASES, len(view.worst))})", *lines, *left]


def _case(one: EvalOutline) -> str:
    missed = "\n".join(
        f"  - {', '.join(f'{plain(name)} {value:.2f}' for name, value in scorers)}: {plain(why)}"
        for scorers, why in by_reason(misses(one))
    )
    error = f"\n  - {plain(one.error)}" if one.error else ""
    return f"- `{one.case_id}` {plain(one.title)}{error}\n{missed}".rstrip()


def _slices(view: RunView) -> list[str]:
    gated = [
        (part, one) for part in view.slices for one in part.summaries if one.threshold is not None
    ]
    if not gated:
        return []
    rows = ["| tag | cases | scorer | mean | threshold |", "| --- | ---: | --- | ---: | ---: |"]
    for part, one in gated:
        mean = "not scored" if one.mean is None else f"{one.mean:.2f}{'' if one.passed else ' ❌'}"
        names = f"{plain(part.tag)} | {part.cases} | {plain(one.scorer)}"
        rows.append(f"| {names} | {mean} | {one.threshold:.2f} |")
    return [f"Tags with a threshold ({len(gated)})", "\n".join(rows)]


def _made(view: RunView) -> str:
    made = view.run.versions
    changed = " with changes" if made.git_dirty else ""
    commit = f", commit {made.git_sha[:12]}{changed}" if made.git_sha else ""
    notes = "".join(f" · {plain(note)}" for note in view.run.notes)
    said = f"assist {made.assist}{commit}, grader {made.grader}{notes}"
    return f"<sub>{plain(view.run.id)} · {said}</sub>"


def _fitting(section: list[str], room: int) -> list[str]:
    """The section folded, without the lines there is no room for, which are counted."""
    if not section:
        return []
    title, *lines = section
    kept = list(lines)
    while kept and _size([title, *kept]) + 200 > room:
        kept.pop()
    if len(kept) < len(lines):
        kept.append(f"- {len(lines) - len(kept)} more are in the report: no room here")
    body = "\n".join(kept)
    return [f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"]


def _size(parts: list[str]) -> int:
    return sum(len(part) + 2 for part in parts)

"""What the templates of evaluation runs say: misses, versions, times, what was expected."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from assist.domain.eval_runs import EvalOutline
from assist.domain.evaluation import CaseScore, EvalRun
from assist.insights.eval_figures.names import HARM
from assist.insights.eval_figures.scoring import full
from assist.web.plots.latency import in_words


def misses(outline: EvalOutline) -> list[tuple[str, float, str]]:
    """(scorer, value, why) of what a trial is short of: harm first, then the least."""
    short = [
        (name, one.value, one.explanation)
        for name, one in outline.scores.items()
        if one.value is not None and not full(one)
    ]
    return sorted(short, key=lambda one: (one[0] not in HARM, one[1]))


def by_reason(
    misses: Sequence[tuple[str, float, str]],
) -> list[tuple[list[tuple[str, float]], str]]:
    """The same, with scorers of one reason together: the measures of one ranking share theirs."""
    found: dict[str, list[tuple[str, float]]] = {}
    for name, value, why in misses:
        found.setdefault(why, []).append((name, value))
    return [(scorers, why) for why, scorers in found.items()]


def scores_of(outline: EvalOutline) -> list[tuple[str, CaseScore]]:
    """The scorers that a trial is eligible for: what it misses first, then as they come."""
    told = [(name, one) for name, one in outline.scores.items() if one.value is not None]
    return sorted(told, key=lambda one: (full(one[1]), one[0] not in HARM and not full(one[1])))


def scores_by_reason(outline: EvalOutline) -> list[list[tuple[str, CaseScore]]]:
    """The same, those together that say the same; most that miss nothing say nothing."""
    found: dict[tuple[str, float | None], list[tuple[str, CaseScore]]] = {}
    for name, one in scores_of(outline):
        found.setdefault((one.explanation, one.amount), []).append((name, one))
    return list(found.values())


def told(value: JsonValue) -> str:
    """What a case expects, or what was judged, as a person reads it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(told(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {told(one)}" for key, one in value.items())
    return json.dumps(value)


def versions_of(run: EvalRun) -> list[tuple[str, str]]:
    """(name, value) of everything that can move a score, as far as it is known."""
    made = run.versions
    changed = " with changes" if made.git_dirty else ""
    known = {
        "assist": made.assist,
        "commit": f"{made.git_sha[:12]}{changed}" if made.git_sha else "",
        "code": made.code,
        "grader": made.grader,
        "cases": made.cases,
        "generation": made.generation or "",
        "policies": made.policy_version or "",
        "embedder": made.embedder or "",
        "models": told(dict(made.models)),
        "prompts": told(dict(made.prompts)),
        "settings": told(dict(made.settings)),
        "seed": str(made.seed),
    }
    return [(name, value) for name, value in known.items() if value]


WORDS: Mapping[str, Any] = {
    "by_reason": by_reason,
    "duration": in_words,
    "misses": misses,
    "scores_by_reason": scores_by_reason,
    "told": told,
    "versions_of": versions_of,
    "harm_scorers": tuple(HARM),
}
"""What every template of a run may call."""

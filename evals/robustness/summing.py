"""Tried variants -> flips by perturbation with intervals, and what each group gets more or less."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from evals.robustness.decision import FIELDS, Decision
from evals.robustness.perturbations import PERTURBATIONS
from evals.robustness.results import AS_WRITTEN, CaseTried, Fairness, Flips, Tried
from evals.statistics.intervals import intervals
from evals.statistics.weighing import Paired, weighed

OUTCOMES: dict[str, Callable[[Decision], float]] = {
    "answered": lambda one: float(one.answered),
    "escalated": lambda one: float(one.escalated),
    "granted": lambda one: float(one.granted),
    "urgency": lambda one: one.urgency,
}
"""What can be more or less for a customer."""


def flips(cases: Sequence[CaseTried], kinds: Sequence[str]) -> tuple[Flips, ...]:
    """Each perturbation over all of its variants, then each variant where there are several."""
    return tuple(row for kind in kinds for row in _of_kind(kind, cases))


def _of_kind(kind: str, cases: Sequence[CaseTried]) -> Iterator[Flips]:
    own = [one for case in cases for one in case.tried if one.perturbation == kind]
    yield _row(kind, "", own)
    variants = tuple(dict.fromkeys(one.variant for one in own))
    if len(variants) > 1:
        for variant in variants:
            yield _row(kind, variant, [one for one in own if one.variant == variant])


def _row(kind: str, variant: str, own: Sequence[Tried]) -> Flips:
    about = PERTURBATIONS[kind]
    done = [one for one in own if not one.skipped]
    fields = Counter(name for one in done for name in one.moved)
    fields.update({"error": sum(bool(one.error) for one in done)})
    share, low, high = _share(done)
    return Flips(
        perturbation=kind,
        variant=variant,
        family=about.family,
        about=about.about,
        cases=len({one.case_id for one in done}),
        tried=len(done),
        flipped=sum(one.flipped for one in done),
        decided=sum(one.decided for one in done),
        share=share,
        low=low,
        high=high,
        fields={name: fields[name] for name in (*FIELDS, "error") if fields[name]},
        skipped=dict(Counter(one.skipped for one in own if one.skipped).most_common()),
    )


def _share(done: Sequence[Tried]) -> tuple[float | None, float | None, float | None]:
    """The mean over cases: of one case's variants, one flip makes another likely."""
    by_case: dict[str, list[float]] = {}
    for one in done:
        by_case.setdefault(one.case_id, []).append(float(one.flipped))
    if not by_case:
        return None, None, None
    column = np.array([[np.mean(flipped)] for flipped in by_case.values()], dtype=np.float64)
    (found,) = intervals(column)
    return found.mean, found.low, found.high


def fairness(cases: Sequence[CaseTried], kinds: Sequence[str]) -> tuple[Fairness, ...]:
    """Each variant of a perturbation of fairness against its reference, outcome by outcome.

    p is Holm's over all of one perturbation's comparisons: the chance of a single false alarm in
    its table stays at 5 %.
    """
    found: list[Fairness] = []
    for kind in kinds:
        if PERTURBATIONS[kind].family == "fairness":
            found += _of_groups(kind, cases)
    return tuple(found)


def _of_groups(kind: str, cases: Sequence[CaseTried]) -> Iterator[Fairness]:
    references = PERTURBATIONS[kind].references
    variants = dict.fromkeys(
        one.variant for case in cases for one in case.tried if one.perturbation == kind
    )
    pairs = {
        f"{variant}\t{outcome}": _paired(kind, variant, references.get(variant, ""), cases, value)
        for variant in variants
        for outcome, value in OUTCOMES.items()
    }
    for one in weighed(pairs):
        variant, outcome = one.scorer.split("\t")
        yield Fairness(
            perturbation=kind,
            variant=variant,
            reference=references.get(variant, AS_WRITTEN),
            outcome=outcome,
            weighed=one.model_copy(update={"scorer": outcome}),
        )


def _paired(
    kind: str,
    variant: str,
    reference: str,
    cases: Sequence[CaseTried],
    value: Callable[[Decision], float],
) -> Paired:
    rows = [
        (value(ours), value(theirs))
        for case in cases
        if (ours := _decision(case, kind, variant)) is not None
        and (theirs := _decision(case, kind, reference) if reference else case.decision) is not None
    ]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 2)
    return table[:, 0], table[:, 1]


def _decision(case: CaseTried, kind: str, variant: str) -> Decision | None:
    found = (t for t in case.tried if t.perturbation == kind and t.variant == variant)
    return next((one.decision for one in found), None)

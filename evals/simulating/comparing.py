"""Scorecards of the same conversations under two rubrics -> where they differ."""

from collections.abc import Sequence

from evals.rubrics.grading import Scorecard
from evals.rubrics.rubric import Rubric
from evals.simulating.results import (
    Comparison,
    Disagreement,
    ItemAgreement,
    ScoreChange,
    Simulation,
)


def compared(old: Rubric, before: Sequence[Scorecard], now: Simulation) -> Comparison:
    """Where the newer scorecards differ from the older ones, conversation by conversation."""
    pairs = list(zip(before, now.cards, strict=True))
    mine = [item.item for item in now.items]
    theirs = [item.id for item in old.items]
    both = [(b, n) for b, n in pairs if b.score is not None and n.score is not None]
    changes = [float((n.score or 0) - (b.score or 0)) for b, n in both]
    return Comparison(
        rubric=old.id,
        version=old.version,
        items=tuple(_agreement(item, pairs) for item in mine if item in theirs),
        only_before=tuple(item for item in theirs if item not in mine),
        only_now=tuple(item for item in mine if item not in theirs),
        scores=tuple(_change(b, n) for b, n in pairs if (b.score, b.passed) != (n.score, n.passed)),
        mean_change=round(sum(changes) / len(changes), 2) if changes else None,
    )


def _agreement(item: str, pairs: Sequence[tuple[Scorecard, Scorecard]]) -> ItemAgreement:
    """Answers are compared where both rubrics have one; a text has none."""
    found = [
        (before.conversation, a, b)
        for before, now in pairs
        if (a := before.answer(item)) and (b := now.answer(item))
    ]
    differing = [
        Disagreement(conversation=which, item=item, before=a, now=b)
        for which, a, b in found
        if (a.state, a.answer) != (b.state, b.answer)
    ]
    both = [(a, b) for _, a, b in found if a.state == b.state == "answered"]
    alike = sum(a.answer == b.answer for a, b in both)
    return ItemAgreement(item=item, both=len(both), alike=alike, disagreements=tuple(differing))


def _change(before: Scorecard, now: Scorecard) -> ScoreChange:
    return ScoreChange(
        conversation=now.conversation,
        before=before.score,
        now=now.score,
        passed_before=before.passed,
        passed_now=now.passed,
    )

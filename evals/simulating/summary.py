"""Scorecards of many conversations -> what each question came to."""

from collections.abc import Iterator, Sequence

import numpy as np

from evals.retrieval.intervals import estimates, resampled_means
from evals.retrieval.results import Estimate
from evals.rubrics.grading import Answer, Scorecard
from evals.rubrics.rubric import AutoFail, Question, Rubric
from evals.simulating.results import ItemSummary, Simulation


def summed(rubric: Rubric, cards: Sequence[Scorecard]) -> Simulation:
    """What the scorecards come to."""
    scores = [float(card.score) for card in cards if card.score is not None]
    told = [card.passed for card in cards if card.passed is not None]
    return Simulation(
        rubric=rubric.id,
        version=rubric.version,
        title=rubric.title,
        conversations=len(cards),
        scored=len(scores),
        score=_mean(scores),
        passed=sum(told),
        judged=len(told),
        items=tuple(_items(rubric, cards)),
        cards=tuple(cards),
    )


def _mean(values: Sequence[float]) -> Estimate | None:
    """The mean with its 95 % interval, by resampling the conversations."""
    if not values:
        return None
    column = np.array(values, dtype=np.float64)[:, None]
    return estimates(column.mean(axis=0), resampled_means(column), len(values))[0]


def _items(rubric: Rubric, cards: Sequence[Scorecard]) -> Iterator[ItemSummary]:
    for section in rubric.sections:
        for question in section.questions:
            yield _item(question, section.title, cards)
    for item in rubric.auto_fails:
        yield _item(item, "auto-fail", cards)


def _item(item: Question | AutoFail, section: str, cards: Sequence[Scorecard]) -> ItemSummary:
    answers = [found for card in cards if (found := card.answer(item.id))]
    states = [answer.state for answer in answers]
    given = [answer for answer in answers if answer.state == "answered"]
    return ItemSummary(
        item=item.id,
        ask=item.ask,
        section=section,
        kind=item.type if isinstance(item, Question) else "auto_fail",
        answered=len(given),
        not_applicable=states.count("not applicable"),
        needs_person=states.count("needs a person"),
        failed=states.count("failed"),
        by_judge=sum(answer.by == "judge" for answer in given),
        shares={a: _share(sum(g.answer == a for g in given), len(given)) for a in item.answers}
        if given
        else {},
        points=_points(item, given),
        tripped=sum(
            isinstance(item, AutoFail) and answer.answer == item.fails_on for answer in given
        ),
    )


def _points(item: Question | AutoFail, given: Sequence[Answer]) -> float | None:
    if isinstance(item, AutoFail) or not given:
        return None
    return _share(float(sum(item.earned(answer.answer) for answer in given)) * 100, len(given))


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4)

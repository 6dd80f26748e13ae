"""A rubric and a conversation -> its scorecard: every answer, the score, what is left to people.

Deterministic answers come first, a judge's where a question asks for one and there is one, and
what is left needs a person: it counts neither for nor against.
"""

from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from typing import Literal

from assist.domain.base import Model
from evals.rubrics.checks import CHECKS
from evals.rubrics.rubric import WHOLE, AutoFail, Question, Rubric
from evals.simulating.conversation import Conversation

State = Literal["answered", "not applicable", "needs a person", "failed"]
"""`failed`: a judge was asked and gave nothing that can be used; counted, never guessed."""
By = Literal["check", "judge", "nobody"]
TENTH = Decimal("0.1")


class Answer(Model):
    """What was answered to one item, by whom, why, and on which words it rests."""

    item: str
    state: State
    answer: str = ""
    by: By = "nobody"
    reason: str = ""
    quote: str = ""


class Scorecard(Model):
    """One conversation under one rubric.

    `score` is in percent, over what was answered; none where nothing that is scored was.
    `auto_fails` say what makes it 0. `open_auto_fails` are those nobody could tell: until a person
    has, the score may still become 0.
    """

    conversation: str
    suggestion: str
    rubric: str
    version: str
    score: Decimal | None
    passed: bool | None
    """None where the rubric has no mark, or there is no score."""
    auto_fails: tuple[str, ...] = ()
    open_auto_fails: tuple[str, ...] = ()
    answers: tuple[Answer, ...]
    answered: int
    not_applicable: int
    needs_person: int
    failed: int

    def answer(self, item: str) -> Answer | None:
        """The answer to the item of this id, where the rubric has it."""
        return next((one for one in self.answers if one.item == item), None)


Judge = Callable[[Question | AutoFail, Conversation], Awaitable[Answer]]
"""Asks a model; an answer in state `failed` where it said nothing that can be used."""


async def grade(rubric: Rubric, one: Conversation, judge: Judge | None = None) -> Scorecard:
    """The scorecard of a conversation."""
    answers = [await _answered(item, one, judge) for item in rubric.items]
    return scorecard(rubric, one, answers)


async def _answered(item: Question | AutoFail, one: Conversation, judge: Judge | None) -> Answer:
    found = _checked(item, one)
    if found.state != "needs a person" or not item.judge:
        return found
    if judge is None:
        why = "; ".join(filter(None, (found.reason, "no judge is set")))
        return found.model_copy(update={"reason": why})
    return await judge(item, one)


def _checked(item: Question | AutoFail, one: Conversation) -> Answer:
    """What the item's check finds; without one, or where it cannot tell, a person is needed."""
    if item.check is None:
        return Answer(item=item.id, state="needs a person")
    found = CHECKS[item.check].find(one)
    if found.verdict == "n.a.":
        return Answer(item=item.id, state="not applicable", by="check", reason=found.reason)
    if found.verdict == "cannot tell":
        return Answer(item=item.id, state="needs a person", reason=found.reason)
    return Answer(
        item=item.id,
        state="answered",
        answer=found.verdict,
        by="check",
        reason=found.reason,
        quote=found.quote,
    )


def scorecard(rubric: Rubric, one: Conversation, answers: Sequence[Answer]) -> Scorecard:
    """What the answers come to. An item without an answer needs a person."""
    given = {answer.item: answer for answer in answers}
    full = [
        given.get(item.id) or Answer(item=item.id, state="needs a person") for item in rubric.items
    ]
    tripped = tuple(_tripped(rubric, given))
    score = Decimal(0) if tripped else _score(rubric, given)
    states = [answer.state for answer in full]
    return Scorecard(
        conversation=one.id,
        suggestion=one.suggestion.id,
        rubric=rubric.id,
        version=rubric.version,
        score=score,
        passed=_passes(rubric, score, tripped),
        auto_fails=tripped,
        open_auto_fails=tuple(_open(rubric, given)),
        answers=tuple(full),
        answered=states.count("answered"),
        not_applicable=states.count("not applicable"),
        needs_person=states.count("needs a person"),
        failed=states.count("failed"),
    )


def _passes(rubric: Rubric, score: Decimal | None, tripped: Sequence[str]) -> bool | None:
    """An auto-fail never passes, whatever the mark; without mark or score nobody says."""
    if tripped:
        return False
    return score >= rubric.pass_mark if rubric.pass_mark is not None and score is not None else None


def _score(rubric: Rubric, given: dict[str, Answer]) -> Decimal | None:
    """Percent of the weight of what was answered; to one decimal."""
    weights = rubric.weights
    answered = [
        (weights[question.id], question.earned(given[question.id].answer))
        for question in rubric.questions
        if question.id in weights
        and question.id in given
        and given[question.id].state == "answered"
    ]
    possible = sum((weight for weight, _ in answered), Decimal(0))
    if not possible:
        return None
    earned = sum((weight * share for weight, share in answered), Decimal(0))
    return (earned / possible * WHOLE).quantize(TENTH)


def _tripped(rubric: Rubric, given: dict[str, Answer]) -> list[str]:
    found = []
    for item in rubric.auto_fails:
        answer = given.get(item.id)
        if answer and answer.state == "answered" and answer.answer == item.fails_on:
            words = f" (“{answer.quote}”)" if answer.quote else ""
            found.append(f"{item.id}: {answer.reason}{words}")
    return found


def _open(rubric: Rubric, given: dict[str, Answer]) -> list[str]:
    left = ("needs a person", "failed")
    return [a.id for a in rubric.auto_fails if a.id not in given or given[a.id].state in left]

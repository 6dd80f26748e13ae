"""Answers and weights -> scores: over what was answered, 0 for harm, nothing guessed."""

import asyncio
from decimal import Decimal
from typing import Any

from evals.rubrics.grading import Answer, Judge, Scorecard, grade, scorecard
from evals.rubrics.rubric import AutoFail, Question, Rubric
from evals.simulating.conversation import Conversation
from evals.simulating.run import simulate
from tests.evals.rubrics.builders import (
    a_conversation,
    a_question,
    a_rubric,
    a_sentence,
    found,
    sent,
)

OPTIONS = [{"id": "good", "points": 100}, {"id": "fair", "points": 40}, {"id": "bad", "points": 0}]


def graded(
    rubric: Rubric, one: Conversation | None = None, judge: Judge | None = None
) -> Scorecard:
    return asyncio.run(grade(rubric, one or a_conversation(), judge))


def an_answer(item: str, answer: str, **fields: Any) -> Answer:
    return Answer.model_validate(
        {"item": item, "state": "answered", "answer": answer, "by": "judge"} | fields
    )


def saying(**answers: str) -> Judge:
    """A judge that answers these questions so, and fails at any other."""

    async def judge(item: Question | AutoFail, _: Conversation) -> Answer:
        if item.id in answers:
            return an_answer(item.id, answers[item.id])
        return Answer(item=item.id, state="failed", by="judge", reason="timed out")

    return judge


def test_the_score_is_the_weight_of_what_was_earned_over_what_was_answered() -> None:
    rubric = a_rubric(
        a_question("yes", weight=50),
        a_question("no", weight=20, check="next-step"),
        a_question("open", weight=30, check=None),
    )
    card = graded(rubric)
    assert card.score == Decimal("71.4")  # 50 of 70: nobody has answered the third
    assert (card.answered, card.needs_person, card.not_applicable, card.failed) == (2, 1, 0, 0)
    assert [answer.state for answer in card.answers] == ["answered", "answered", "needs a person"]


def test_what_does_not_apply_counts_neither_for_nor_against() -> None:
    rubric = a_rubric(a_question(weight=50), a_question("kept", weight=50, check="kept"))
    card = graded(rubric)
    assert (card.score, card.not_applicable) == (Decimal(100), 1)


def test_a_choice_earns_the_points_of_its_option_and_sections_weigh() -> None:
    choice = a_question("tone", type="choice", check=None, judge=True, options=OPTIONS)
    sections = (
        {"title": "A", "weight": 75, "questions": [choice]},
        {"title": "B", "weight": 25, "questions": [a_question()]},
    )
    card = graded(a_rubric(sections=sections), judge=saying(tone="fair"))
    assert card.score == Decimal("55.0")


def test_nothing_answered_is_no_score_and_no_zero() -> None:
    card = graded(a_rubric(a_question(check=None), pass_mark=80))
    assert (card.score, card.passed) == (None, None)


def test_an_auto_fail_makes_it_zero_and_says_why_with_the_words() -> None:
    rubric = a_rubric(auto_fails=[{"id": "rule", "ask": "Is it?", "check": "invented-policy"}])
    text = "We guarantee 5 years for free."
    card = graded(rubric, sent(text, found=found(a_sentence(text))))
    assert (card.score, card.passed) == (Decimal(0), False)
    assert card.auto_fails == (
        f"rule: states a rule that no passage and no record supports (“{text}”)",
    )


def test_an_auto_fail_that_nobody_could_tell_stays_open() -> None:
    rubric = a_rubric(auto_fails=[{"id": "rule", "ask": "Is it?"}], pass_mark=50)
    card = graded(rubric)
    assert card.open_auto_fails == ("rule",)
    assert card.score == Decimal(100)


def test_a_judge_is_asked_only_where_the_check_cannot_tell() -> None:
    rubric = a_rubric(
        a_question("sure", weight=50, judge=True),
        a_question("unsure", weight=50, check=None, judge=True),
    )
    card = graded(rubric, judge=saying(sure="no", unsure="no"))
    assert [(a.answer, a.by) for a in card.answers] == [("yes", "check"), ("no", "judge")]


def test_a_judge_that_fails_is_counted_and_never_guessed() -> None:
    rubric = a_rubric(a_question(weight=50), a_question("j", weight=50, check=None, judge=True))
    card = graded(rubric, judge=saying())
    assert (card.failed, card.score) == (1, Decimal(100))
    assert card.answers[1].reason == "timed out"


def test_without_a_judge_its_question_needs_a_person() -> None:
    card = graded(a_rubric(a_question(check=None, judge=True)))
    assert (card.needs_person, card.answers[0].reason) == (1, "no judge is set")


def test_a_person_may_answer_and_the_score_follows() -> None:
    rubric = a_rubric(a_question(check=None), pass_mark=90)
    card = scorecard(rubric, a_conversation(), [an_answer("grounded", "yes", by="nobody")])
    assert (card.score, card.passed) == (Decimal(100), True)


def test_a_simulation_tells_the_share_of_each_answer_and_the_mean_score() -> None:
    rubric = a_rubric(pass_mark=50, auto_fails=[{"id": "l", "ask": "?", "check": "foreign-link"}])
    bad = sent("It glows.", found=found(a_sentence("It glows.")))
    simulation = simulate(rubric, [a_conversation(), bad, sent("Unchecked.")])
    grounded, link = simulation.items
    assert (grounded.shares, grounded.points) == ({"yes": 0.5, "no": 0.5}, 50.0)
    assert (grounded.answered, grounded.needs_person, link.tripped) == (2, 1, 0)
    assert simulation.score is not None
    assert (simulation.score.mean, simulation.scored) == (50.0, 2)
    assert (simulation.passed, simulation.judged) == (1, 2)


def test_two_versions_are_compared_conversation_by_conversation() -> None:
    old = a_rubric(
        a_question(), a_question("gone", weight=0.0, type="text", check=None), version="0"
    )
    new = a_rubric(
        a_question(weight=60, check="citations"),
        a_question("new", weight=40, check="greeting"),
    )
    bare = a_sentence("It is 90 days.", support="supported")
    simulation = simulate(new, [a_conversation(), sent("x", found=found(bare))], against=old)
    found_ = simulation.comparison
    assert found_ is not None
    assert (found_.rubric, found_.version) == ("r", "0")
    assert (found_.only_before, found_.only_now) == (("gone",), ("new",))
    agreement = found_.items[0]
    assert (agreement.item, agreement.both, agreement.alike) == ("grounded", 2, 1)
    differing = agreement.disagreements[0]
    assert (differing.before.answer, differing.now.answer) == ("yes", "no")
    assert [(c.before, c.now) for c in found_.scores] == [
        (Decimal(100), Decimal(60)),
        (Decimal(100), Decimal(0)),
    ]
    assert found_.mean_change == -70.0

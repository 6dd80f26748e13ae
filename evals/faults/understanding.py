"""Faults in understanding: what the ticket says, how urgent it is, what has to be asked."""

from typing import Any

from assist.domain.case import Case
from assist.domain.evaluation import EvalResult
from assist.domain.issue import Issue, Priority, PriorityLevel
from assist.domain.suggestion import Question
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.understanding.categories import Sorter
from assist.understanding.issues import Told
from assist.understanding.points import Said
from evals.cases import EvalCase
from evals.faults.fault import Fault, Plant, Shows, anywhere
from evals.faults.planting import finds, returns, together

TOLD = "assist.graph.steps.identify:tell_apart"
READ = 60
"""Characters of a turn that a careless reader takes in."""


def _second_best(told: Told, group: list[Said], sorter: Sorter) -> Told:
    scores = sorter.scores(group)
    others = sorted((one for one in scores if one != told.category), key=lambda i: -scores[i])
    return told.model_copy(update={"category": others[0] if others else None})


def _merged(told: tuple[Told, ...], *_: object) -> tuple[Told, ...]:
    sayings = tuple(saying for one in told for saying in one.sayings)
    points = tuple(point for one in told for point in one.points)
    return (told[0].model_copy(update={"sayings": sayings, "points": points}),)


def _priority(level: PriorityLevel) -> Plant:
    def moved(found: Priority, *_: object) -> Priority:
        return found.model_copy(update={"level": level})

    return returns("assist.graph.steps.prioritize:priority_of", moved)


def _not_expected(level: PriorityLevel) -> Shows:
    return lambda case, _: bool(case.expect.priority) and level not in case.expect.priority


def _known_asked(case: Case, found: Update, tools: Tools) -> Update:
    """Every fact that is known, asked for all the same."""
    known = {fact.path for issue in case.issues for fact in issue.facts}
    asked = tuple(
        Question(fact=one.path, text=one.question, settles="nothing")
        for one in tools.policy_set.facts
        if one.question and (one.path in known or one.source == "customer")
    )
    return {**found, "questions": (*found.get("questions", ()), *asked)}


def _none_asked(found: tuple[Question, ...], *_: object) -> tuple[Question, ...]:
    return found[:0]


def _no_points(case: Case, found: Update, _: Tools) -> Update:
    del case
    return {**found, "issues": tuple(_pointless(issue) for issue in found["issues"])}


def _pointless(issue: Issue) -> Issue:
    """Only the first thing said is a point."""
    return issue.model_copy(update={"points": issue.points[:1]})


def _misread(facts: tuple[Any, ...], *_: object) -> tuple[Any, ...]:
    return tuple(fact.model_copy(update={"value": _other(fact.value)}) for fact in facts)


def _other(value: Any) -> Any:
    """The value of somebody else's order."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else f"not {value}"


def _several(case: EvalCase, sound: EvalResult) -> bool:
    made = sound.suggestion
    return bool(case.expect.issues and case.expect.issues > 1 and made and len(made.issues) > 1)


FAULTS = (
    Fault(
        "second-category", "the category that fits second best",
        "understanding.issues._told", ("category",),
        returns("assist.understanding.issues:_told", _second_best), anywhere,
    ),
    Fault(
        "issues-merged", "several issues are told as one", "understanding.issues.tell_apart",
        ("issues",), returns(TOLD, _merged), _several,
    ),
    Fault(
        "half-read", "only the beginning of a message is read", "understanding.turns.current_turn",
        ("issue",),
        returns("assist.graph.steps.identify:current_turn", lambda turn, *_: turn[:READ]), anywhere,
    ),
    Fault(
        "points-lost", "of several points only the first is kept", "graph.steps.identify",
        ("points",), finds("identify", _no_points), anywhere,
    ),
    Fault(
        "facts-unread", "nothing is read from ticket and records",
        "graph.steps.identify._facts, understanding.facts.record_facts", ("facts",),
        together(
            returns("assist.graph.steps.identify:_facts", lambda found, *_: found[:0]),
            returns("assist.graph.steps.gather:record_facts", lambda found, *_: found[:0]),
        ),
        anywhere,
    ),
    Fault(
        "facts-misread", "facts have the values of another order",
        "graph.steps.identify._facts, understanding.facts.record_facts", ("facts",),
        together(
            returns("assist.graph.steps.identify:_facts", _misread),
            returns("assist.graph.steps.gather:record_facts", _misread),
        ),
        anywhere,
    ),
    Fault(
        "priority-low", "every ticket can wait", "policies.priority.prioritize", ("priority",),
        _priority("P4"), _not_expected("P4"),
    ),
    Fault(
        "priority-high", "every ticket is an emergency", "policies.priority.prioritize",
        ("priority",), _priority("P1"), _not_expected("P1"),
    ),
    Fault(
        "asks-the-known", "asks what the ticket tells", "graph.steps.decide", ("questions",),
        finds("decide", _known_asked), lambda case, _: bool(case.expect.never_asks),
    ),
    Fault(
        "asks-nothing", "asks nothing", "graph.questions", ("questions",),
        together(
            returns("assist.graph.steps.decide:questions_for", _none_asked),
            returns("assist.graph.steps.decide:region_question", _none_asked),
            returns("assist.graph.steps.decide:identity_question", _none_asked),
            returns("assist.graph.steps.communicate:asked_besides", _none_asked),
        ),
        lambda case, _: bool(case.expect.asks),
    ),
)  # fmt: skip

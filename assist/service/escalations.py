"""Use cases of cases that were handed over: somebody takes one, answers it, or withdraws it.

Each changes from what it stood as: of two at the same moment one is done, the other is told.
"""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, JsonValue

from assist.domain.base import Model
from assist.domain.escalated import Escalated, EscalatedState
from assist.domain.policy import PolicySet
from assist.errors import AlreadyDone, BadInput, BadTicket
from assist.policies.values import read_value
from assist.service.grant_requests import By, Name
from assist.service.parts import Parts
from assist.understanding.facts import declared_values

Words = Annotated[str, Field(max_length=2_000)]
Said = Annotated[str, Field(min_length=1, max_length=20_000)]
Change = Callable[[Escalated], Escalated]
"""What becomes of one as it stands now; raises `AlreadyDone` where nothing can."""


class TakeRequest(Model):
    """Who takes it. What somebody has taken is taken over by naming them."""

    by: By = Field(description="Who takes it")
    instead_of: Name | None = Field(
        default=None, description="Who has it now, to take it over from them"
    )


class EscalationAnswer(Model):
    """What is decided, in words, and what was found out, by declared path."""

    by: By = Field(description="Who answers")
    answer: Said = Field(description="What is decided; the next suggestion knows it")
    facts: dict[str, JsonValue] = Field(
        default_factory=dict, max_length=100, description="Values by declared path"
    )


class WithdrawEscalation(Model):
    """Why nobody needs to answer any more."""

    by: By = Field(description="Who withdraws it")
    reason: Words = ""


def take(parts: Parts, escalation_id: str, asked: TakeRequest) -> Escalated:
    """Somebody has it from now on; the same again is fine. Raises `NotFound`, `AlreadyDone`."""

    def taken(one: Escalated) -> Escalated:
        if one.state == "taken" and one.taken_by == asked.by:
            return one
        if not one.pending or one.taken_by != (asked.instead_of or ""):
            raise _stands(one)
        told = {"state": "taken", "taken_by": asked.by, "taken_at": parts.clock.now()}
        return one.model_copy(update=told)

    return _change(parts, escalation_id, taken)


def answer(
    parts: Parts, rules: PolicySet, escalation_id: str, asked: EscalationAnswer
) -> Escalated:
    """Keep what is decided; the same answer again is fine.

    Raises `NotFound`, `BadInput` naming the fact, `AlreadyDone` where it ended otherwise.
    """
    _check_facts(asked.facts, rules)
    told = {"answer": asked.answer, "facts": asked.facts, "ended_by": asked.by}
    return _change(parts, escalation_id, lambda one: _close(parts, one, "answered", told))


def withdraw(parts: Parts, escalation_id: str, asked: WithdrawEscalation) -> Escalated:
    """Nobody needs to answer any more. Raises `NotFound`, `AlreadyDone` once answered."""
    told = {"note": asked.reason, "ended_by": asked.by}
    return _change(parts, escalation_id, lambda one: _close(parts, one, "withdrawn", told))


def _close(parts: Parts, one: Escalated, state: EscalatedState, told: dict[str, Any]) -> Escalated:
    after = one.model_copy(update={"state": state, "ended_at": parts.clock.now(), **told})
    if one.pending:
        return after
    if one == after.model_copy(update={"ended_at": one.ended_at, "ended_by": one.ended_by}):
        return one
    raise _stands(one)


def _change(parts: Parts, escalation_id: str, change: Change) -> Escalated:
    """Whoever was faster is looked at once more: what then cannot be done is refused."""
    while True:
        before = parts.escalated.get(escalation_id)
        after = change(before)
        if after == before or parts.escalated.change(before, after):
            return after


def _stands(one: Escalated) -> AlreadyDone:
    if one.state == "taken":
        cure = f"leave it to them, or take it over: instead_of {one.taken_by!r}"
        return AlreadyDone(f"{one.taken_by} has taken escalation {one.id!r}", cure=cure)
    if one.pending:
        return AlreadyDone(f"nobody has taken {one.id!r}", cure="leave instead_of out")
    return AlreadyDone(
        f"escalation {one.id!r} was {one.state} by {one.ended_by}",
        cure="what was said stands; hand the case over again where it must be said otherwise",
    )


def _check_facts(facts: dict[str, JsonValue], rules: PolicySet) -> None:
    """No laxer than a colleague's answer: declared, of its type, and readable by conditions."""
    declared = {one.path: one for one in rules.facts}
    for path, value in facts.items():
        where = f"facts.{path}"
        try:
            declared_values({path: value}, rules.facts)
        except BadTicket as error:
            raise BadInput(error.problem, where=error.where, cure=error.cure) from error
        one = declared.get(path)
        if one is None:
            raise BadInput("names no single fact", where=where, cure="give its dotted path")
        if read_value(one.type, value, one.choices) is None:
            cure = f"give a value of type {one.type}"
            raise BadInput(f"{value!r} is no {one.type}", where=where, cure=cure)

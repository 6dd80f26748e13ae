"""Use cases: ask a colleague, answer, withdraw; and what was answered, as facts of a ticket.

An internal question is the fourth way beside granting, escalating and asking the customer.
"""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, JsonValue, model_validator

from assist.domain.base import Model
from assist.domain.consultation import Consultation
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion
from assist.errors import BadInput, NotFound
from assist.service.answers import check_answer, check_declared
from assist.service.grant_requests import By, Key, Name
from assist.service.parts import Parts

Words = Annotated[str, Field(max_length=2_000)]


class ConsultationRequest(Model):
    """A question to a colleague: one that a suggestion proposes, or one of the agent's own.

    Of a proposed one only `id`, `suggestion_id` and `by` are told; it keeps its own words, owner
    and due time. One's own has a `question`, a `due` time and a ticket, told or the suggestion's.
    """

    id: Key = Field(description="Of a proposed one its own; else chosen, the same for the same")
    by: By = Field(description="Who asks")
    suggestion_id: Name | None = None
    ticket_id: Name | None = Field(default=None, description="Else that of the suggestion")
    issue_id: Name | None = Field(default=None, description="Else the suggestion's main issue")
    question: Annotated[str, Field(min_length=1, max_length=2_000)] | None = None
    fact: Name | None = Field(
        default=None, description="The declared path that the answer gives a value to"
    )
    owner: Name | None = Field(
        default=None, description="Who is to answer; else the owner of the issue's category"
    )
    due: AwareDatetime | None = Field(default=None, description="By when, with its offset from UTC")
    why: Words = ""

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if self.question is not None:
            if self.due is None:
                raise ValueError("a question of one's own needs `due`: by when it must be answered")
            if self.suggestion_id is None and self.ticket_id is None:
                raise ValueError("a question needs `ticket_id` or `suggestion_id`")
            return self
        if self.suggestion_id is None:
            raise ValueError("give a `question`, or the `suggestion_id` that proposes one")
        told = self.model_fields_set - {"id", "by", "suggestion_id"}
        if told:
            raise ValueError(f"a proposed question keeps its own {', '.join(sorted(told))}")
        return self


def ask(parts: Parts, policy_set: PolicySet, asked: ConsultationRequest) -> Consultation:
    """Ask it; the same again is answered with the one that was kept, however it has gone on.

    Raises `NotFound` for an unknown suggestion or one that proposes no such question, `BadInput`
    for an undeclared fact or an owner that nobody names, `AlreadyDone` where the id is another's.
    """
    suggestion = parts.suggestions.get(asked.suggestion_id) if asked.suggestion_id else None
    if asked.question is None or asked.due is None:
        wanted = _proposed(asked, suggestion)
    else:
        wanted = _free(asked, asked.question, asked.due, suggestion, policy_set)
    now = parts.clock.now()
    open_ = {"state": "open", "asked_by": asked.by, "asked_at": now}
    parts.consultations.add(wanted.model_copy(update=open_))
    return parts.consultations.get(wanted.id)


def answer(
    parts: Parts,
    policy_set: PolicySet,
    consultation_id: str,
    *,
    value: JsonValue,
    note: str,
    by: str,
) -> Consultation:
    """Keep an answer: the fact's value, or words where the question has no fact.

    An answer of none with a note says that it cannot be found out. The same answer again is fine.
    Raises `NotFound`, `BadInput` naming the field, `AlreadyDone` where it was closed otherwise.
    """
    asked = parts.consultations.get(consultation_id)
    check_answer(asked, value, note, policy_set)
    return _close(parts, asked, state="answered", answer=value, note=note, by=by)


def withdraw(parts: Parts, consultation_id: str, *, by: str, reason: str = "") -> Consultation:
    """Nobody needs to answer any more. Raises `NotFound`, and `AlreadyDone` once answered."""
    asked = parts.consultations.get(consultation_id)
    return _close(parts, asked, state="withdrawn", answer=None, note=reason, by=by)


def _close(
    parts: Parts, asked: Consultation, *, state: str, answer: JsonValue, note: str, by: str
) -> Consultation:
    now = parts.clock.now()
    outcome = {"state": state, "answer": answer, "note": note}
    closed = asked.model_copy(update={**outcome, "answered_by": by, "answered_at": now})
    parts.consultations.close(closed)
    return parts.consultations.get(asked.id)


def _proposed(asked: ConsultationRequest, suggestion: Suggestion | None) -> Consultation:
    proposed = suggestion.consultations if suggestion else ()
    found = next((one for one in proposed if one.id == asked.id), None)
    if found is None:
        ids = ", ".join(one.id for one in proposed)
        raise NotFound(
            f"suggestion {asked.suggestion_id} proposes no question {asked.id!r}",
            cure=f"it proposes {ids}" if ids else "it proposes none: send your own `question`",
        )
    return found.model_copy(update={"suggestion_id": asked.suggestion_id})


def _free(
    asked: ConsultationRequest,
    question: str,
    due: datetime,
    suggestion: Suggestion | None,
    policy_set: PolicySet,
) -> Consultation:
    check_declared(asked.fact, policy_set)
    ticket_id = asked.ticket_id or (suggestion.ticket_id if suggestion else "")
    if suggestion is not None and suggestion.ticket_id != ticket_id:
        raise BadInput(
            f"suggestion {suggestion.id} is of ticket {suggestion.ticket_id!r}",
            where="ticket_id",
            cure="correct one of the two, or leave the ticket out",
        )
    issue_id = asked.issue_id or (suggestion.issue.id if suggestion else "")
    if suggestion is not None and issue_id not in {issue.id for issue in suggestion.issues}:
        known = ", ".join(issue.id for issue in suggestion.issues)
        raise BadInput(f"there is no issue {issue_id!r}", where="issue_id", cure=f"use {known}")
    return Consultation(
        id=asked.id,
        ticket_id=ticket_id,
        suggestion_id=asked.suggestion_id or "",
        issue_id=issue_id,
        question=question,
        fact=asked.fact,
        owner=asked.owner or _owner(issue_id, suggestion, policy_set),
        why=asked.why,
        due=due,
    )


def _owner(issue_id: str, suggestion: Suggestion | None, policy_set: PolicySet) -> str:
    """Who owns the category of the issue."""
    issues = suggestion.issues if suggestion else ()
    category = next((issue.category for issue in issues if issue.id == issue_id), None)
    owner = next((one.owner for one in policy_set.categories if one.id == category), "")
    if not owner:
        raise BadInput(
            "nobody is named who could answer",
            where="owner",
            cure="name a colleague or a team, or a suggestion whose category has an owner",
        )
    return owner

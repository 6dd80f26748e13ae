"""A suggestion of a case -> what it was made from, out of the case's events and its stores."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent
from assist.domain.consultation import Consultation
from assist.domain.decision import Decision
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion
from assist.errors import BadInput
from assist.graph.casework.applied import applied
from assist.graph.tools import Tools
from assist.service.case_rules import unborn
from assist.service.parts import Parts
from assist.service.suggest import suggestion_id

_UNANSWERED = {"state": "open", "answer": None, "note": "", "answered_by": "", "answered_at": None}
_NOT_TAKEN_BACK = {"voided_at": None, "voided_by": "", "void_reason": ""}


class Inputs(NamedTuple):
    """The case before its first step, and the release that made it: empty, not written down."""

    case_id: str
    case: Case
    release: str


def suggestion_named(parts: Parts, which: str) -> tuple[str, Suggestion]:
    """A case and its newest suggestion, or the one of this id with its case.

    Raises `NotFound`, and `BadInput` for a suggestion that is of no case, or a case without one.
    """
    if not which.startswith("s-"):
        row = parts.cases.get(which)
        if not row.suggestion_id:
            raise BadInput(f"case {which!r} has no suggestion yet", cure="wait until it has one")
        return row.id, parts.suggestions.get(row.suggestion_id)
    suggestion = parts.suggestions.get(which)
    found = parts.cases.of_ticket(suggestion.ticket_id)
    if found is None:
        raise _no_inputs(suggestion)
    return found.id, suggestion


def inputs_of(parts: Parts, case_id: str, wanted: Suggestion, rules: PolicySet) -> Inputs:
    """What this suggestion was made from. Raises `BadInput` where the case did not make it.

    Its id is a hash of them, so that what is found is what it was.
    """
    release = ""
    for event, case in _before_each_suggestion(parts, case_id, wanted, rules):
        release = event.release or release
        if suggestion_id(case, wanted.generation, "llm" if wanted.made else "") == wanted.id:
            return Inputs(case_id, case, release)
    raise _no_inputs(wanted)


def as_of(tools: Tools, moment: datetime) -> Tools:
    """The tools without what was asked, answered, granted or taken back after this moment."""

    def granted(customer_id: str, since: datetime) -> tuple[Granted, ...]:
        return tuple(
            one
            if one.voided_at is None or one.voided_at <= moment
            else one.model_copy(update=_NOT_TAKEN_BACK)
            for one in tools.granted(customer_id, since)
            if one.at <= moment
        )

    def consultations(ticket_id: str) -> tuple[Consultation, ...]:
        return tuple(
            one
            if one.answered_at is None or one.answered_at <= moment
            else one.model_copy(update=_UNANSWERED)
            for one in tools.consultations(ticket_id)
            if one.asked_at is None or one.asked_at <= moment
        )

    return replace(tools, granted=granted, consultations=consultations)


def _before_each_suggestion(
    parts: Parts, case_id: str, wanted: Suggestion, rules: PolicySet
) -> Iterator[tuple[CaseEvent, Case]]:
    """The case as it was before each of its suggestions, with the event that asked for it."""
    events = parts.cases.events(case_id)
    case = _with(unborn(case_id, events[0]), wanted)
    for event in events:
        if event.kind == "decision":  # what was chosen is told by the suggestion it was about
            decided = Decision.model_validate(event.body)
            case = _with(case, parts.suggestions.get(decided.suggestion_id))
        case = applied(case, event, rules)
        if case.work is not None and case.work.status == "suggesting":
            start = Case(ticket=case.ticket, now=case.now, level=case.level, work=case.work)
            yield event, start


def _with(case: Case, suggestion: Suggestion) -> Case:
    told = {"issues": suggestion.issues, "candidates": suggestion.candidates}
    return case.model_copy(update=told)


def _no_inputs(suggestion: Suggestion) -> BadInput:
    return BadInput(
        f"no case keeps what suggestion {suggestion.id!r} was made from",
        cure="open its ticket as a case: POST /v1/cases; suggestions of cases can be replayed",
    )

"""A case, what happened to it and what was suggested -> its record, and the record as a page.

Nothing is judged again: what is told was found out, decided or sent at the time.
"""

from collections.abc import Iterator, Mapping, Sequence

from assist.domain.approval import Approval, ClauseUsed
from assist.domain.case import Case
from assist.domain.case_event import ENDED, CaseEvent
from assist.domain.decision import CaseOutcome, Decision
from assist.domain.draft import Citation
from assist.domain.escalated import Escalated
from assist.domain.grants import Granted
from assist.domain.ledger import Entry
from assist.domain.policy import PolicySet
from assist.domain.record import (
    Deviation,
    HandedOver,
    Links,
    Record,
    RecordedOutcome,
)
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion
from assist.graph.casework.distance import words_changed
from assist.graph.casework.markdown import as_markdown
from assist.graph.casework.recorded_issue import recorded_issue
from assist.language.statements import fold

__all__ = ["as_markdown", "record_of"]

NO_SUGGESTION = "no suggestion was made: nothing is known of issues, candidates and clauses"


def record_of(
    case: Case,
    events: Sequence[CaseEvent],
    suggestions: Sequence[Suggestion],
    ledger: Sequence[Entry],
    *,
    rules: PolicySet | None,
    granted: Sequence[Granted] = (),
    escalations: Sequence[Escalated] = (),
    approvals: Sequence[Approval] = (),
) -> Record:
    """What the case leaves behind so far; it need not have ended.

    `suggestions` are those that were decided on and the newest, oldest first; `rules` those that
    judged the last of them, none where they are not kept; `ledger` the entries as they were
    settled. The customer's words are as they wrote them: whoever shows the record redacts it.
    A case without casework or events has no record, and to ask for one is a fault of the caller.
    """
    work = case.work
    if work is None or not events:
        raise AssertionError("a suggestion alone has no record")
    made = {suggestion.id: suggestion for suggestion in suggestions}
    main = suggestions[-1] if suggestions else None
    ends = [event.at for event in events if event.kind in ("outcome", "cancelled")]
    return Record(
        case_id=work.id,
        ticket_id=case.ticket.id,
        customer_id=case.ticket.customer.id or (case.record.id if case.record else None),
        product=case.ticket.product,
        status=work.status,
        opened_at=events[0].at,
        closed_at=ends[-1] if work.status in ENDED and ends else None,
        issues=tuple(recorded_issue(one, main, work) for one in main.issues) if main else (),
        clauses=tuple(_clauses(main, rules)) if main else (),
        deviations=tuple(_deviations(events, made, approvals)),
        granted=tuple(one for one in granted if one.ticket_id == case.ticket.id),
        approvals=tuple(approvals),
        promises=tuple(ledger),
        consultations=case.consultations,
        escalation=_handed_over(main, work.escalated) if main else None,
        escalations=tuple(escalations),
        outcomes=tuple(map(_outcome, (e for e in events if e.kind == "outcome"))),
        looks=work.looks,
        links=_links(suggestions),
        notes=tuple(_notes(main, rules)),
    )


def _notes(suggestion: Suggestion | None, rules: PolicySet | None) -> Iterator[str]:
    if suggestion is None:
        yield NO_SUGGESTION
    elif suggestion.requirements and not _judged_by(rules, suggestion):
        yield f"the rules of version {suggestion.policy_version} are not kept: no editions"


def _judged_by(rules: PolicySet | None, suggestion: Suggestion) -> bool:
    return rules is not None and rules.version == suggestion.policy_version


def _clauses(suggestion: Suggestion, rules: PolicySet | None) -> Iterator[ClauseUsed]:
    """The clauses in force, with the edition of the policy that holds each, where it is kept."""
    policies = rules.policies if rules and _judged_by(rules, suggestion) else ()
    editions = {clause.id: policy for policy in policies for clause in policy.clauses}
    for one in suggestion.requirements:
        policy = editions.get(one.clause_id)
        yield ClauseUsed(
            clause_id=one.clause_id,
            policy_id=policy.id if policy else "",
            version=policy.version if policy else "",
            effective=policy.effective if policy else None,
            type=one.type,
            text=one.text,
        )


def _deviations(
    events: Sequence[CaseEvent], made: Mapping[str, Suggestion], approvals: Sequence[Approval]
) -> Iterator[Deviation]:
    """The decisions that were not to send the draft of the choice as it was."""
    for event in events:
        if event.kind != "decision":
            continue
        decision = Decision.model_validate(event.body)
        suggestion = made.get(decision.suggestion_id)
        if suggestion is not None and _deviates(decision, suggestion):
            yield _deviation(event, decision, suggestion, approvals)


def _deviates(decision: Decision, suggestion: Suggestion) -> bool:
    if decision.kind in ("edit", "ask_customer"):
        return fold(decision.text) != fold(suggestion.draft.text)
    return decision.kind in ("choose", "reject")


def _deviation(
    event: CaseEvent, decision: Decision, suggestion: Suggestion, approvals: Sequence[Approval]
) -> Deviation:
    taken = next((c for c in suggestion.candidates if c.id == decision.candidate_id), None)
    verdict = taken.verdict if taken else None
    draft = suggestion.draft.text
    return Deviation(
        event=event.number,
        at=event.at,
        by=event.by,
        kind=decision.kind,
        suggestion_id=suggestion.id,
        text=decision.text,
        reason=decision.reason,
        candidate=f"{taken.id} {taken.title}" if taken else "",
        changed=words_changed(draft, decision.text) if decision.text else 0,
        words=len(draft.split()),
        needs=(verdict.level or "") if verdict and verdict.value == "needs_approval" else "",
        approved=_approved(taken, suggestion, approvals),
    )


def _approved(
    taken: Candidate | None, suggestion: Suggestion, approvals: Sequence[Approval]
) -> str:
    """Who approved the candidate that was taken, as its verdict says or as it was asked for."""
    if taken is None:
        return ""
    named = taken.verdict.approved_by if taken.verdict else ""
    asked = (suggestion.id, taken.id)
    return named or next(
        (a.approver for a in approvals if (a.suggestion_id, a.candidate_id) == asked), ""
    )


def _handed_over(suggestion: Suggestion, event: CaseEvent | None) -> HandedOver | None:
    """None where nothing called for it and nobody did it."""
    if event is None:
        found = suggestion.escalation
        return HandedOver(found=found) if found.needed else None
    reason = Decision.model_validate(event.body).reason
    return HandedOver(found=suggestion.escalation, by=event.by, at=event.at, reason=reason)


def _outcome(event: CaseEvent) -> RecordedOutcome:
    told = CaseOutcome.model_validate(event.body)
    return RecordedOutcome(**told.model_dump(), at=event.at, by=event.by)


def _links(suggestions: Sequence[Suggestion]) -> Links:
    cited: dict[Citation, None] = {}
    for suggestion in suggestions:
        for sentence in suggestion.draft.sentences:
            cited |= dict.fromkeys(sentence.citations)
    return Links(
        suggestion_ids=tuple(s.id for s in suggestions),
        generations=tuple(dict.fromkeys(s.generation for s in suggestions)),
        policy_versions=tuple(dict.fromkeys(s.policy_version for s in suggestions)),
        citations=tuple(cited),
    )

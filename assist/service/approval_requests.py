"""What is to be approved, read and judged: the candidate's actions, and all they are judged by."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import Field, JsonValue

from assist.domain.approval import ClauseUsed
from assist.domain.base import Model
from assist.domain.case import Case
from assist.domain.case_view import CaseView
from assist.domain.grants import Granted
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.records import CustomerRecord
from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Level, Verdict
from assist.errors import BadInput, NotReady, Stale
from assist.graph.scope import Judged, judged_for
from assist.policies.known_names import ALWAYS
from assist.policies.proof import prove
from assist.policies.verdicts import judge, judge_all
from assist.service.case_requests import Act
from assist.service.grant_requests import Name, read_action

if TYPE_CHECKING:
    from assist.service.desk import Desk

Why = Annotated[str, Field(min_length=1, max_length=2_000)]


class WantedAction(Model):
    """One action of the candidate, with the parameters that are asked for."""

    kind: Name = Field(description="One of the candidate's")
    parameters: dict[str, JsonValue] = Field(
        default_factory=dict,
        max_length=100,
        description="By the names and types that the action declares",
    )


class ApprovalRequest(Act):
    """A candidate of the case's newest suggestion that the asking level may not grant."""

    candidate_id: Name = Field(description="The candidate")
    suggestion_id: Name | None = Field(
        default=None, description="The suggestion it is of: refused where there is a newer one"
    )
    actions: Annotated[tuple[WantedAction, ...], Field(max_length=20)] = Field(
        default=(), description="What of it, or how much; else all that it does, as it stands"
    )
    reason: Why = Field(description="Why it should be done, for whoever decides")
    level: Name | None = Field(
        default=None, description="Of whoever asks; else the key's, or `agent`"
    )


class ApprovalAnswer(Act):
    """What is decided. Who approves is judged at their own level, once more."""

    answer: Literal["approve", "refuse"]
    reason: Why
    level: Name | None = Field(
        default=None, description="Of whoever answers; else the key's, or `agent`"
    )


class WithdrawApproval(Act):
    """Why nobody needs to answer any more."""

    reason: Annotated[str, Field(max_length=2_000)] = ""


class Asked(NamedTuple):
    """A case and a customer for whom something may be approved, as they are known now."""

    view: CaseView
    suggestion: Suggestion
    customer_id: str
    record: CustomerRecord | None

    def judged(self, issue_id: str, level: Level, granted: Sequence[Granted]) -> Judged:
        """What the policy engine is told of this issue, by the newest suggestion that has it."""
        ticket, made = self.view.ticket, self.suggestion
        newest = self.view.suggestion or made
        issue = _issue(issue_id, (newest, made))
        case = Case(ticket=ticket, now=made.created_at, level=level, record=self.record)
        judged = judged_for(issue, case.model_copy(update={"granted": tuple(granted)}))
        judged["facts"] = {**judged["facts"], **(self.record.facts if self.record else {})}
        return judged


class Weighed(NamedTuple):
    """Actions with their verdicts and proofs, and the verdict on doing all of them."""

    actions: tuple[Action, ...]
    verdict: Verdict


def asked_of(desk: "Desk", case_id: str, suggestion_id: str | None) -> Asked:
    """The case with the suggestion that is meant: the newest where none is named.

    Raises `NotFound`, `NotReady` where there is no suggestion yet, `Unavailable` where the customer
    records do not answer, and `BadInput` where nobody knows who the customer is.
    """
    view = desk.cases.view(case_id)
    if view.suggestion is None:
        raise NotReady(f"case {case_id!r} has no suggestion yet", cure="wait until it has one")
    made = desk.suggestion(suggestion_id) if suggestion_id else view.suggestion
    customer, records = view.ticket.customer, desk.opened().records
    known = customer.id or customer.email
    record = (
        records.find(customer_id=customer.id, email=customer.email) if records and known else None
    )
    customer_id = customer.id or (record.id if record else None)
    if customer_id is None:
        raise BadInput(
            "nobody knows who the customer is, and what is granted is granted to somebody",
            where="customer.id",
            cure="send the ticket again with the customer's id",
        )
    return Asked(view, made, customer_id, record)


def check_level(level: Level, rules: PolicySet) -> None:
    """Raises `BadInput` for a level that there is not."""
    if level not in rules.authority.levels:
        raise BadInput(
            f"there is no level {level!r}",
            where="level",
            cure=f"use {', '.join(rules.authority.levels)}",
        )


def candidate_of(asked: Asked, request: ApprovalRequest) -> Candidate:
    """The candidate that is meant. Raises `Stale` for an older suggestion's, `BadInput`."""
    newest = asked.view.case.suggestion_id
    if request.suggestion_id not in (None, newest):
        raise Stale(
            f"suggestion {request.suggestion_id} is not the newest",
            where="suggestion_id",
            cure=f"look at suggestion {newest}, then ask",
        )
    found = {one.id: one for one in asked.suggestion.candidates}
    if request.candidate_id not in found:
        raise BadInput(
            f"the suggestion has no candidate {request.candidate_id!r}",
            where="candidate_id",
            cure=f"use {', '.join(found)}" if found else "it has none",
        )
    return found[request.candidate_id]


def actions_of(
    candidate: Candidate, wanted: Sequence[WantedAction], rules: PolicySet
) -> tuple[Action, ...]:
    """What is to be approved, with parameters of their declared types. Raises `BadInput`."""
    own = {action.kind: action for action in candidate.actions if action.kind not in ALWAYS}
    if not own:
        raise BadInput(
            f"{candidate.id} does nothing that needs anybody's approval",
            where="candidate_id",
            cure="choose it, and send the reply",
        )
    for number, one in enumerate(wanted):
        if one.kind not in own:
            cure = f"use {', '.join(own)}"
            raise BadInput(
                f"{candidate.id} does not {one.kind}", where=f"actions.{number}.kind", cure=cure
            )
    asked = [(one.kind, one.parameters) for one in wanted]
    return tuple(
        read_again(kind, parameters, rules)
        for kind, parameters in asked or [(kind, told(one)) for kind, one in own.items()]
    )


def told(action: Action) -> dict[str, JsonValue]:
    """An action's parameters as JSON has them."""
    parameters: dict[str, JsonValue] = action.model_dump(mode="json")["parameters"]
    return parameters


def read_again(kind: str, parameters: Mapping[str, JsonValue], rules: PolicySet) -> Action:
    """An action by what the company declares now. Raises `BadInput`."""
    declared = next((one for one in rules.actions if one.kind == kind), None)
    if declared is None:
        cure = "ask for another suggestion, and for one of its candidates"
        raise BadInput(
            f"{kind!r} is no action of actions.yaml any more", where="actions", cure=cure
        )
    return read_action(kind, parameters, declared)


def weigh(actions: Sequence[Action], rules: PolicySet, scope: Mapping[str, Any]) -> Weighed:
    """Each action judged and proved, and the verdict on all of them together."""
    weighed = tuple(
        action.model_copy(
            update={
                "verdict": judge(action, rules, **scope),
                "proof": prove(action, rules, **scope),
            }
        )
        for action in actions
    )
    return Weighed(weighed, judge_all(actions, rules, **scope))


def clauses_used(verdict: Verdict, rules: PolicySet) -> tuple[ClauseUsed, ...]:
    """The clauses of a verdict with their words and the edition of the policy that has them."""
    held = {clause.id: (policy, clause) for policy in rules.policies for clause in policy.clauses}
    return tuple(
        ClauseUsed(
            clause_id=clause.id,
            policy_id=policy.id,
            version=policy.version,
            effective=policy.effective,
            type=clause.type,
            text=clause.text,
        )
        for policy, clause in (held[one] for one in verdict.clauses if one in held)
    )


def _issue(issue_id: str, suggestions: Sequence[Suggestion]) -> Issue:
    found = (one for made in suggestions for one in made.issues if one.id == issue_id)
    return next(found, suggestions[0].issue)

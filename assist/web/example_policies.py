"""Examples of policies, trials and proofs in the OpenAPI document."""

from datetime import date
from typing import Any

from assist.domain.policy import Clause, Policy
from assist.domain.proof import ProofLine
from assist.domain.solution import Alternative
from assist.service.explaining import Explained, Explanation
from assist.service.policies import VersionSet
from assist.service.trials import TrialScope, Tried, TriedAction
from assist.web.api.policies import PolicyAnswer, PolicyHead, PolicyList
from assist.web.examples import GENERATION, NOW, QUOTE, a_suggestion

ON = date(2026, 11, 20)
VERSION = VersionSet(
    version=GENERATION.fingerprint,
    generation=GENERATION.id,
    number=GENERATION.number,
    since=NOW,
)
POLICY = Policy(
    id="returns",
    title="Returns and refunds",
    version="3",
    owner="Customer Care",
    purpose="People order without seeing the item; a fair way back makes that safe.",
    effective=date(2026, 1, 1),
    clauses=(
        Clause(
            id="returns.window",
            policy_id="returns",
            type="standard",
            actions=("refund",),
            when="days_since(order.delivered_at) <= 30",
            effect="allow",
            reason="The 30-day window is open.",
            text=QUOTE,
        ),
    ),
)
HEAD = PolicyHead(
    **POLICY.model_dump(exclude={"clauses"}), clauses=len(POLICY.clauses), state="in_force"
)
PROOF = (
    ProofLine(part="asked", outcome="stated", text="refund of 39.90 USD, asked at agent"),
    ProofLine(
        part="clause",
        outcome="decides",
        text="The 30-day window is open.",
        clause_id="returns.window",
        because=("order.delivered_at is 2026-11-02: 18 days before 2026-11-20",),
    ),
    ProofLine(part="conclusion", outcome="stated", text="allowed: the 30-day window is open"),
)


def trials() -> dict[str, Any]:
    """The least that can be asked, and everything."""
    action: dict[str, Any] = {"kind": "refund"}
    amount = {"amount": "39.90", "currency": "USD"}
    whole = {
        "date": "2026-11-20",
        "level": "agent",
        "actions": [action | {"parameters": {"amount": amount}}],
        "facts": {"order.delivered_at": "2026-11-02", "order.total": amount},
        "scope": {"region": "US"},
        "granted": [{"action": "refund", "amount": amount, "at": "2026-10-01"}],
    }
    return {"plain": {"date": "2026-11-20", "actions": [action]}, "whole": whole}


def a_list() -> PolicyList:
    """One policy."""
    return PolicyList(version_set=VERSION, on=ON, clauses=1, policies=(HEAD,))


def a_policy() -> PolicyAnswer:
    """It, whole."""
    return PolicyAnswer(
        version_set=VERSION, on=ON, state="in_force", policy=POLICY, text=QUOTE, editions=(HEAD,)
    )


def tried() -> Tried:
    """A refund within the window."""
    action = a_suggestion().candidates[0].actions[0]
    if action.verdict is None:
        raise AssertionError("the example is judged")
    return Tried(
        version=VERSION.version,
        date=ON,
        level="agent",
        scope=TrialScope(region="US"),
        actions=(
            TriedAction(
                action=action.model_copy(update={"proof": PROOF}),
                alternative=Alternative(
                    action=action, verdict=action.verdict, reason="it may be done as asked"
                ),
            ),
        ),
        verdict=action.verdict,
        questions=(),
    )


def an_explanation() -> Explanation:
    """The one candidate of the sample suggestion."""
    suggestion = a_suggestion()
    candidate = suggestion.candidates[0]
    actions = tuple(a.model_copy(update={"proof": PROOF}) for a in candidate.actions)
    return Explanation(
        suggestion_id=suggestion.id,
        ticket_id=suggestion.ticket_id,
        revision=suggestion.revision,
        created_at=suggestion.created_at,
        generation=suggestion.generation,
        policy_version=suggestion.policy_version,
        serving=VERSION,
        candidates=(
            Explained(
                id=candidate.id, title=candidate.title, verdict=candidate.verdict, actions=actions
            ),
        ),
    )

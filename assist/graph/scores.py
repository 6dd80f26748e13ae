"""One candidate -> five scores, each with its reason. Deterministic; no model fills these."""

from decimal import Decimal

from assist.domain.actions import ActionType
from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Candidate, Score
from assist.graph.requests import Wish, wish
from assist.graph.scope import region_of
from assist.policies.actions import action_cost

_FEASIBLE = {
    "allowed": (1.0, "can be done now, at your own level"),
    "needs_approval": (0.55, "waits for an approval"),
    "unknown": (0.35, "depends on facts that are missing"),
    "forbidden": (0.0, "the policies forbid it"),
}
_RISK = {"allowed": 0.9, "needs_approval": 0.6, "unknown": 0.4, "forbidden": 0.0}
_WISHES: dict[Wish, tuple[float, str]] = {
    "requested": (0.95, "the customer asks us to do it"),
    "asked_about": (0.6, "the customer asks about it, which is not yet asking for it"),
    "mentioned": (0.5, "the customer mentions it"),
    "none": (0.45, "fits the category; the customer does not mention it"),
}
"""Effectiveness of an action: what is asked for solves; what is asked about wants an answer."""
TOLD_INSTEAD = 0.5
"""What an answer is worth where the customer asks for an act that we may do: "Please refund it" is
not answered by an article on how refunds work."""


def score(candidate: Candidate, case: Case, policy_set: PolicySet) -> tuple[Score, ...]:
    """Feasibility, effectiveness, customer, company, risk."""
    issue = next(i for i in case.issues if i.id == candidate.issue_id)
    action = candidate.actions[0]
    declared = {a.kind: a for a in policy_set.actions}.get(action.kind)
    value = candidate.verdict.value if candidate.verdict else "unknown"
    feasible, why = _FEASIBLE[value]
    reason = candidate.verdict.reason if candidate.verdict and candidate.verdict.reason else why
    return (
        Score(name="feasibility", side="both", value=feasible, reason=reason),
        _effectiveness(action, declared, issue, _told(candidate, issue, case, policy_set)),
        _customer(action, declared),
        _company(action, declared, policy_set, region_of(case)),
        _risk(value, declared),
    )


def _effectiveness(action: Action, declared: ActionType | None, issue: Issue, told: Score) -> Score:
    if action.kind == "inform":
        return told
    if action.kind == "ask":
        missing = len(issue.missing)
        return _both(
            "effectiveness", "customer", 0.3 + 0.05 * min(missing, 3),
            f"solves nothing yet; {missing} fact(s) are missing",
        )  # fmt: skip
    if action.kind == "escalate" or declared is None:
        return _both("effectiveness", "customer", 0.35, "somebody else has to solve it")
    value, why = _WISHES[wish(declared.signals, issue.text)]
    return _both("effectiveness", "customer", value, why)


def _told(candidate: Candidate, issue: Issue, case: Case, policy_set: PolicySet) -> Score:
    """How far an answer from articles solves it: the best article covers most."""
    ids = [c.id for c in case.candidates if c.issue_id == issue.id and _informs(c)]
    rank = ids.index(candidate.id) if candidate.id in ids else 0
    covered = case.coverage.get(issue.id, 0.0)
    value, said = (
        covered * (1.0 - 0.15 * rank),
        f"the articles cover {covered:.0%} of what is asked",
    )
    if _act_granted(issue, case, policy_set):
        value, said = value * TOLD_INSTEAD, f"{said}; the customer asks for an act that can be done"
    return _both("effectiveness", "customer", value, said)


def _act_granted(issue: Issue, case: Case, policy_set: PolicySet) -> bool:
    """Whether the customer asks for an act of this issue that is within the agent's authority."""
    declared = {a.kind: a for a in policy_set.actions}
    return any(
        candidate.issue_id == issue.id
        and candidate.instead_of is None  # less than was asked for is not what was asked for
        and candidate.verdict is not None
        and candidate.verdict.value == "allowed"
        and any(
            wish(declared[action.kind].signals, issue.text) == "requested"
            for action in candidate.actions
            if action.kind in declared
        )
        for candidate in case.candidates
    )


def _informs(candidate: Candidate) -> bool:
    return any(action.kind == "inform" for action in candidate.actions)


def _customer(action: Action, declared: ActionType | None) -> Score:
    if declared is not None:
        wait = f", takes {declared.due_days} business days" if declared.due_days else ""
        slow = min(0.3, 0.02 * (declared.due_days or 0))
        return _both(
            "customer",
            "customer", 1.0 - declared.effort - slow if declared.effort + slow < 1 else 0.0,
            f"effort for the customer {declared.effort:.0%}{wait}",
        )  # fmt: skip
    value, reason = {
        "inform": (0.75, "an answer at once; they carry it out themselves"),
        "ask": (0.45, "has to answer before anything happens"),
        "escalate": (0.35, "waits for somebody else"),
    }[action.kind]
    return _both("customer", "customer", value, reason)


def _company(
    action: Action, declared: ActionType | None, policy_set: PolicySet, region: str | None
) -> Score:
    if declared is None:
        value, reason = {
            "inform": (0.95, "costs nothing but the reply"),
            "ask": (0.85, "costs one more round trip"),
            "escalate": (0.45, "costs a specialist's time"),
        }[action.kind]
        return _both("company", "company", value, reason)
    cost = action_cost(action, policy_set, region)
    if cost is None:
        return _both("company", "company", 0.6, "the cost is not known yet")
    value = float(Decimal(1) / (Decimal(1) + cost.amount / Decimal(100)))
    return _both("company", "company", value, f"costs {cost}")


def _risk(value: str, declared: ActionType | None) -> Score:
    base = _RISK[value]
    if declared is not None and not declared.reversible:
        return _both("risk", "both", max(0.0, base - 0.15), "cannot be undone")
    return _both("risk", "both", base, "can be corrected afterwards")


def _both(name: str, side: str, value: float, reason: str) -> Score:
    return Score.model_validate(
        {"name": name, "side": side, "value": round(min(1.0, max(0.0, value)), 4), "reason": reason}
    )

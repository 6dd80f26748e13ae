"""One test per escalation code: the evidence where it holds, empty where it does not."""

from collections.abc import Callable, Mapping

from assist.domain.escalation_rules import EscalationRule
from assist.domain.issue import AbstentionCode
from assist.domain.policy import PolicySet
from assist.domain.verdict import Verdict
from assist.policies.clauses import Scope, standing
from assist.policies.clocks import breach_ahead
from assist.policies.escalation_evidence import in_context, paired, rule_mentions
from assist.policies.person_requests import is_request
from assist.policies.situation import Situation

Test = Callable[[EscalationRule, PolicySet, Situation], str]

_UNANSWERED: frozenset[AbstentionCode] = frozenset({"no_evidence", "conflicting_evidence"})
"""Nobody here knows the answer; for want of facts the customer is asked, which is an answer."""


def said(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """The customer says one of the rule's phrases, or a signal of the rule's name was noticed."""
    if found := rule_mentions(rule, situation):
        return in_context(situation.text, found[0])
    return paired(rule, policy_set, situation) or _noticed(rule, situation)


def asks_for_person(rule: EscalationRule, _: PolicySet, situation: Situation) -> str:
    """The customer asks for somebody, and does not merely talk about a manager."""
    found = rule_mentions(rule, situation)
    asked = next((m for m in found if is_request(situation.text, m)), None)
    if asked:
        return in_context(situation.text, asked)
    return _noticed(rule, situation)


def authority(_: EscalationRule, __: PolicySet, situation: Situation) -> str:
    """What is to be done needs somebody of a higher level; what nobody may do waits for nobody."""
    abstention = situation.abstention
    if abstention is not None and abstention.forbidden:
        return ""
    waiting = [v for v in situation.verdicts if v.value == "needs_approval"]
    if waiting:
        return "; ".join((*waiting[0].arithmetic, _reason(waiting[0])))
    if abstention is None or abstention.code != "out_of_authority":
        return ""
    return abstention.reason


def mandatory_clause(_: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """A mandatory clause stops what is to be done, or demands that somebody takes over."""
    texts = {
        clause.id: clause.text
        for policy in policy_set.policies
        for clause in policy.clauses
        if clause.type == "mandatory" and clause.effect in ("forbid", "needs_approval", "limit")
    }
    stopped = [v for v in situation.verdicts if v.value in ("forbidden", "needs_approval")]
    binding = [clause for v in stopped for clause in v.clauses if clause in texts]
    if binding:
        return f"{binding[0]}: {texts[binding[0]]}"
    return _demanded(policy_set, situation)


def repeated_failure(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """The same matter came back more than once, by the records or by the customer's words."""
    if len(situation.earlier) >= policy_set.escalation.thresholds.repeated:
        numbers = ", ".join(ticket.id for ticket in situation.earlier)
        return f"{len(situation.earlier)} earlier tickets about this: {numbers}"
    return said(rule, policy_set, situation)


def sla(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """A clock is about to run out or has, or the customer says that a promise was not kept."""
    priority = situation.priority
    ahead = breach_ahead(priority.clocks, situation.now) if priority else ""
    return ahead or said(rule, policy_set, situation)


def frustration(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """Anger with a cause that an answer does not remove: contact before, or no answer to be had.

    An angry customer with an easy problem is answered, and one whose order number we lack is asked.
    """
    shown = said(rule, policy_set, situation)
    if not shown:
        return ""
    if len(situation.earlier) >= policy_set.escalation.thresholds.contacted_before:
        return f"{shown} — and has written before"
    abstention = situation.abstention
    if abstention is None or abstention.code == "missing_facts":
        return ""
    return f"{shown} — and there is no answer yet"


def complexity(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """Many different issues at once."""
    if situation.issues >= policy_set.escalation.thresholds.complex_issues:
        return f"{situation.issues} different issues in one ticket"
    return said(rule, policy_set, situation)


def no_evidence(_: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """No answer in the knowledge base, and much at stake or asked before; alone it is none."""
    abstention, priority = situation.abstention, situation.priority
    if abstention is None or abstention.code not in _UNANSWERED:
        return ""
    if len(situation.earlier) >= policy_set.escalation.thresholds.contacted_before:
        return f"{abstention.reason}; the customer has written before"
    if priority is not None and "high" in (priority.impact, priority.urgency):
        return f"{abstention.reason}; impact {priority.impact}, urgency {priority.urgency}"
    return ""


TESTS: Mapping[str, Test] = {
    "authority": authority,
    "mandatory_clause": mandatory_clause,
    "safety": said,
    "legal": said,
    "press": said,
    "security": said,
    "asks_for_person": asks_for_person,
    "repeated_failure": repeated_failure,
    "sla": sla,
    "frustration": frustration,
    "complexity": complexity,
    "no_evidence": no_evidence,
}


def _noticed(rule: EscalationRule, situation: Situation) -> str:
    return next((s.span for s in situation.signals if s.name == rule.code), "")


def _demanded(policy_set: PolicySet, situation: Situation) -> str:
    scope = Scope(region=situation.region, product=situation.product, tier=situation.tier)
    for item in standing(policy_set, situation.facts, situation.day, scope, {"escalate"}):
        clause = item.clause
        if item.truth.value and clause.type == "mandatory" and clause.effect != "forbid":
            return f"{clause.id}: {clause.text}"
    return ""


def _reason(verdict: Verdict) -> str:
    return verdict.reason or f"needs approval by {verdict.level}"

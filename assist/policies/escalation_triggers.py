"""One test per escalation code: the evidence where it holds, empty where it does not."""

from collections.abc import Callable, Mapping

from assist.domain.base import Model
from assist.domain.policy import EscalationRule, PolicySet, Verdict
from assist.language.phrases import DETERMINERS, Mention, find
from assist.language.words import words
from assist.policies.clauses import Scope, standing
from assist.policies.situation import Situation
from assist.policies.sla import zoned

Test = Callable[[EscalationRule, PolicySet, Situation], str]


class Thresholds(Model):
    """When counts become triggers. Judgement, not measurement: no labelled set tells them yet."""

    repeated: int = 2
    """Earlier tickets about the same matter: the first repeat is normal, the second a pattern."""
    contacted_before: int = 1
    """Earlier tickets that make anger more than a mood."""
    complex_issues: int = 4
    """Different issues in one ticket; three are still one reply."""


THRESHOLDS = Thresholds()
CONTEXT = 120
"""Characters shown around the words that triggered."""

_THINGS = frozenset(
    {"account", "accounts", "role", "seat", "login", "license", "licence", "permission", "access"}
    | {
        "view",
        "app",
        "dashboard",
        "software",
        "tool",
        "position",
        "job",
        "profile",
        "plan",
        "password",
    }
    | {"mode", "feature", "settings", "training", "vacancy", "contract"}
)
"""After “manager” or “agent” these make a thing of the person: “I need a manager account”."""
_TOLD = frozenset({"was", "were", "after", "when", "while", "been", "by"})
"""Before “talking to a manager” these make it a report and not a request."""


def said(rule: EscalationRule, _: PolicySet, situation: Situation) -> str:
    """The customer says one of the rule's phrases, or a signal of the rule's name was noticed."""
    found = find(rule.phrases, situation.text, rule.not_phrases)
    if found:
        return _in_context(situation.text, found[0])
    return _noticed(rule, situation)


def asks_for_person(rule: EscalationRule, _: PolicySet, situation: Situation) -> str:
    """The customer asks for somebody, and does not merely talk about a manager."""
    found = find(rule.phrases, situation.text, rule.not_phrases)
    asked = next((m for m in found if _is_request(situation.text, m)), None)
    if asked:
        return _in_context(situation.text, asked)
    return _noticed(rule, situation)


def authority(_: EscalationRule, __: PolicySet, situation: Situation) -> str:
    """What is to be done needs somebody of a higher level."""
    waiting = [v for v in situation.verdicts if v.value == "needs_approval"]
    if waiting:
        return "; ".join((*waiting[0].arithmetic, _reason(waiting[0])))
    abstention = situation.abstention
    return abstention.reason if abstention and abstention.code == "out_of_authority" else ""


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
    if len(situation.earlier) >= THRESHOLDS.repeated:
        numbers = ", ".join(ticket.id for ticket in situation.earlier)
        return f"{len(situation.earlier)} earlier tickets about this: {numbers}"
    return said(rule, policy_set, situation)


def sla(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """The time to resolve has run out, or the customer says that a promise was not kept."""
    due = situation.priority.clocks.resolution_due if situation.priority else None
    if due is not None and due < zoned(situation.now):
        return f"the resolution was due {due.isoformat()}"
    return said(rule, policy_set, situation)


def frustration(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """Anger with a cause that an answer does not remove: contact before, or no answer at all."""
    shown = said(rule, policy_set, situation)
    if not shown:
        return ""
    if len(situation.earlier) >= THRESHOLDS.contacted_before:
        return f"{shown} — and has written before"
    return f"{shown} — and there is no answer yet" if situation.abstention else ""


def complexity(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> str:
    """Many different issues at once."""
    if situation.issues >= THRESHOLDS.complex_issues:
        return f"{situation.issues} different issues in one ticket"
    return said(rule, policy_set, situation)


def no_evidence(_: EscalationRule, __: PolicySet, situation: Situation) -> str:
    """No answer in the knowledge base, and much at stake or asked before; alone it is none."""
    abstention, priority = situation.abstention, situation.priority
    if abstention is None or abstention.code not in ("no_evidence", "conflicting_evidence"):
        return ""
    if len(situation.earlier) >= THRESHOLDS.contacted_before:
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
    day = situation.now.date()
    for item in standing(policy_set, situation.facts, day, scope, {"escalate"}):
        clause = item.clause
        if item.truth.value and clause.type == "mandatory" and clause.effect != "forbid":
            return f"{clause.id}: {clause.text}"
    return ""


def _is_request(text: str, mention: Mention) -> bool:
    told = words(text[max(0, mention.start - CONTEXT) : mention.end + CONTEXT])
    shift = max(0, mention.start - CONTEXT)
    first = next(n for n, word in enumerate(told) if word.start + shift >= mention.start)
    inside = [word for word in told if mention.start <= word.start + shift < mention.end]
    after = told[first + len(inside) : first + len(inside) + 1]
    if after and not after[0].after and after[0].form in _THINGS:
        return False
    verb = inside[0].form
    if verb.endswith("ed"):
        return False
    before = [word.form for word in told[max(0, first - 2) : first] if word.form not in DETERMINERS]
    return not (verb.endswith("ing") and _TOLD.intersection(before))


def _reason(verdict: Verdict) -> str:
    return verdict.reason or f"needs approval by {verdict.level}"


def _in_context(text: str, mention: Mention) -> str:
    """The mention with the rest of its line around it, white space folded."""
    left = max(0, mention.start - CONTEXT)
    before = text[left : mention.start].rsplit("\n", 1)[-1]
    before = before if left == 0 or len(before) < mention.start - left else before.partition(" ")[2]
    after = text[mention.end : mention.end + CONTEXT].split("\n", 1)[0]
    if len(after) == CONTEXT and mention.end + CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{mention.text}{after}".split())

"""A verdict that does not let it -> what is said to whoever asked: why, who may, what instead."""

from assist.domain.base import Money
from assist.domain.policy import PolicySet
from assist.domain.solution import Alternative
from assist.domain.verdict import Verdict
from assist.errors import NotPermitted
from assist.policies.known_names import ALWAYS
from assist.service.grant_requests import Wanted

SHOWN_FACTS = 4
"""Facts asked for in one sentence; the suggestion's questions hold them all."""


def refused(
    wanted: Wanted, verdict: Verdict, instead: Alternative, policy_set: PolicySet
) -> NotPermitted:
    """The refusal of a grant in words."""
    return NotPermitted(
        f"{_opening(wanted, verdict)}: {because(verdict)}",
        cure="; ".join(filter(None, (who_may(verdict, policy_set), _instead(instead)))),
        where="action",
    )


def _opening(wanted: Wanted, verdict: Verdict) -> str:
    what = _named(wanted.action.kind, wanted.amount)
    level = wanted.judged["level"]
    if verdict.value == "forbidden":
        return f"{what} is forbidden"
    if verdict.value == "unknown":
        return f"it is not known whether the level {level} may grant {what}"
    return f"the level {level} may not grant {what}"


def because(verdict: Verdict) -> str:
    """What the verdict rests on: its reason, its sums, its clauses."""
    said = "; ".join(filter(None, (verdict.reason, *verdict.arithmetic)))
    clauses = f"by {', '.join(verdict.clauses)}" if verdict.clauses else ""
    return "; ".join(filter(None, (said, clauses)))


def who_may(verdict: Verdict, policy_set: PolicySet) -> str:
    """Who may, or what must be known to tell; nobody may what is forbidden."""
    if verdict.value == "forbidden":
        return ""
    if verdict.value == "unknown" and verdict.facts:
        questions = {fact.path: fact.question for fact in policy_set.facts}
        asked = (_question(path, questions.get(path, "")) for path in verdict.facts[:SHOWN_FACTS])
        return f"tell {', '.join(asked)}"
    authority = policy_set.authority
    level = verdict.level or authority.levels[-1]
    return f"ask {authority.approvers.get(level, level)}"


def _question(path: str, question: str) -> str:
    return f"{path} ({question})" if question else path


def _instead(instead: Alternative) -> str:
    kind, given = instead.action.kind, instead.action.parameters.values()
    money = [value for value in given if isinstance(value, Money)]
    named = _named(kind, money[0] if len(money) == 1 else None)
    what = kind if kind in ALWAYS else f"grant {named}"
    return f"instead you may {what}: {instead.reason}"


def _named(kind: str, amount: Money | None) -> str:
    return kind if amount is None else f"{kind} of {amount}"

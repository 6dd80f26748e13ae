"""A verdict as a short proof that an agent can read: what each rule says, and what follows."""

from collections.abc import Iterator, Sequence
from datetime import date

from assist.domain.authority import Authority
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.proof import ProofLine
from assist.domain.solution import Action
from assist.domain.verdict import Level, Verdict
from assist.policies.asked import Asked, Circumstances
from assist.policies.clauses import Scope
from assist.policies.combining import strictest
from assist.policies.condition_tree import Facts
from assist.policies.judgment import Judgment, judgment, judgments
from assist.policies.levels import another
from assist.policies.proof_clauses import clause_lines
from assist.policies.proof_grants import grant_lines


def prove(
    action: Action,
    policy_set: PolicySet,
    *,
    facts: Facts,
    on: date,
    level: Level,
    region: str | None = None,
    product: str | None = None,
    tier: str | None = None,
    granted: Sequence[Granted] | None = None,
) -> tuple[ProofLine, ...]:
    """What was asked, each rule considered in order of precedence, the grants, the conclusion.

    The last line is `concluded` of the very verdict that `judge` gives for the same.
    """
    scope = Scope(region=region, product=product, tier=tier)
    found = judgment(action, policy_set, Circumstances(facts, on, level, scope, granted))
    return tuple(_lines(found))


def prove_all(
    actions: Sequence[Action],
    policy_set: PolicySet,
    *,
    facts: Facts,
    on: date,
    level: Level,
    region: str | None = None,
    product: str | None = None,
    tier: str | None = None,
    granted: Sequence[Granted] | None = None,
) -> tuple[ProofLine, ...]:
    """The proofs of all that `judge_all` judges, one after the other, and its verdict at the end.

    After the actions come those that are of one kind, added up.
    """
    scope = Scope(region=region, product=product, tier=tier)
    case = Circumstances(facts, on, level, scope, granted)
    found = judgments(actions, policy_set, case)
    lines = [line for one in found for line in _lines(one)]
    if len(found) == 1:
        return tuple(lines)
    verdict = strictest([one.verdict for one in found], policy_set.authority)
    return (*lines, concluded(verdict, policy_set.authority, level))


def concluded(verdict: Verdict, authority: Authority, level: Level) -> ProofLine:
    """The verdict in words, with who may where the asking level may not."""
    words = _in_words(verdict, authority, level)
    return ProofLine(
        part="conclusion",
        outcome="unknown" if verdict.value == "unknown" else "decides",
        text=f"{words}: {verdict.reason}" if verdict.reason else words,
    )


def _in_words(verdict: Verdict, authority: Authority, level: Level) -> str:
    if verdict.value == "allowed":
        return f"allowed at level {level}"
    if verdict.value == "forbidden":
        return "forbidden at every level"
    if verdict.value == "unknown":
        return f"unknown without {', '.join(verdict.facts)}" if verdict.facts else "unknown"
    asked = verdict.level or ""
    if asked == level:
        return f"needs the approval of {another(level)}"
    approver = authority.approvers.get(asked)
    return f"needs the approval of level {asked}{f', {approver}' if approver else ''}"


def _lines(found: Judgment) -> Iterator[ProofLine]:
    yield _asked(found.asked)
    yield from clause_lines(found)
    yield from grant_lines(found)
    yield concluded(found.verdict, found.asked.policy_set.authority, found.asked.case.level)


def _asked(asked: Asked) -> ProofLine:
    what = f"{asked.kind} of {asked.amount.money}" if asked.amount.money else asked.kind
    times = f"{asked.times} times, together " if asked.times > 1 else ""
    case, scope = asked.case, asked.case.scope
    known = {"region": scope.region, "product": scope.product, "tier": scope.tier}
    about = [f"{name} {value}" for name, value in known.items() if value]
    return ProofLine(
        part="asked",
        outcome="stated",
        text=f"{times}{what}, asked at level {case.level} on {case.on.isoformat()}",
        because=(*about, *([asked.amount.problem] if asked.amount.problem else [])),
    )

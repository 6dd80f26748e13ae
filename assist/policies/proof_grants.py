"""The lines of a proof about grants: who may how much, and what was granted before."""

from collections.abc import Iterator

from assist.domain.authority import Cap, Grant
from assist.domain.proof import ProofLine
from assist.policies.asked import Asked
from assist.policies.authority import Coverage, Weighed, nearest
from assist.policies.caps import Held, both, limit_in
from assist.policies.judgment import Judgment
from assist.policies.levels import highest, rank
from assist.policies.proof_clauses import KEPT


def grant_lines(found: Judgment) -> Iterator[ProofLine]:
    """The grants of the asking level and below, then those above up to the one that covers it."""
    coverage, asked = found.coverage, found.asked
    if coverage is None:
        return
    authority = asked.policy_set.authority
    covering = _covering(asked, coverage)
    needed = rank(authority, coverage.level)
    above = [w for w in coverage.above if rank(authority, w.grant.level) <= needed]
    decides = found.verdict.value == "allowed" or (
        found.verdict.value == "needs_approval" and found.verdict.level == coverage.level
    )
    for weighed in (*coverage.own, *above):
        yield from _lines(asked, weighed, decides=decides and weighed is covering)
    if covering is None:
        yield _without_grant(asked, coverage, decides=decides)


def _covering(asked: Asked, coverage: Coverage) -> Weighed | None:
    """The grant that covers it: of the asking level's own the widest, else the lowest above."""
    own = nearest(asked, coverage.own)
    if own is not None and own.held.within:
        return own
    return next((w for w in coverage.above if w.held.within), None)


def _lines(asked: Asked, weighed: Weighed, *, decides: bool) -> Iterator[ProofLine]:
    """The grant with its condition and limit, then its cap."""
    grant, bound = weighed.grant, both((weighed.when, weighed.limit))
    yield ProofLine(
        part="authority",
        outcome="decides" if decides else KEPT[bound.within],
        text=_says(grant, asked) + (f": {grant.spirit}" if grant.spirit else ""),
        because=_because(bound),
    )
    if grant.cap is not None:
        yield ProofLine(
            part="cap",
            outcome=KEPT[weighed.cap.within],
            text=_most(grant, grant.cap),
            because=_because(weighed.cap),
        )


def _without_grant(asked: Asked, coverage: Coverage, *, decides: bool) -> ProofLine:
    """Why somebody may or may not whom no grant names."""
    top, verdicts = highest(asked.policy_set.authority), coverage.ways.verdicts
    if len(verdicts) == 1 and verdicts[0].value == "unknown":
        return ProofLine(part="authority", outcome="unknown", text=verdicts[0].reason)
    if len(verdicts) == 1 and verdicts[0].value == "allowed":
        text = f"no grant binds the highest level, {top}, which may decide it"
    else:
        text = f"no grant covers it for certain: what none covers is decided by {top}"
    return ProofLine(part="authority", outcome="decides" if decides else "holds", text=text)


def _says(grant: Grant, asked: Asked) -> str:
    money = asked.amount.money
    own = limit_in(grant.limit, money.currency) if money else None
    most = " or ".join(str(limit) for limit in ((own,) if own else grant.limit))
    return f"the {grant.level} may grant {grant.action}" + (f" up to {most}" if most else "")


def _most(grant: Grant, cap: Cap) -> str:
    most = [str(money) for money in cap.amount] + ([f"{cap.count} times"] if cap.count else [])
    return f"the {grant.level} may grant one customer {' or '.join(most)} in {cap.days} days"


def _because(held: Held) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*held.lines, *held.problems)))

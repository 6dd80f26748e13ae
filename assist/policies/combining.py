"""Several verdicts on one thing -> the strictest, with the clauses and arithmetic that carry it."""

from collections.abc import Iterable, Sequence

from assist.domain.policy import Authority, Verdict
from assist.policies.authority import rank

_STRICTNESS = {"allowed": 0, "needs_approval": 1, "unknown": 2, "forbidden": 3}


def strictest(verdicts: Sequence[Verdict], authority: Authority) -> Verdict:
    """Forbidden before unknown before needs_approval (the highest level) before allowed.

    All arithmetic is kept; clauses, facts and reasons are those of the verdicts that carry the
    day, and what merely allows stays named beside an approval. Nothing to judge is allowed.
    """
    if not verdicts:
        return Verdict(value="allowed", reason="nothing is done that a policy governs")
    top = max(severity(verdict, authority) for verdict in verdicts)
    carrying = [verdict for verdict in verdicts if severity(verdict, authority) == top]
    value = carrying[0].value
    beside = verdicts if value in ("allowed", "needs_approval") else carrying
    return Verdict(
        value=value,
        level=carrying[0].level,
        facts=_once(path for v in carrying for path in v.facts),
        clauses=_once(clause for v in (*carrying, *beside) for clause in v.clauses),
        arithmetic=_once(line for v in verdicts for line in v.arithmetic),
        reason="; ".join(_once(v.reason for v in carrying if v.reason)),
    )


def severity(verdict: Verdict, authority: Authority) -> tuple[int, int]:
    """How strict a verdict is; greater is stricter."""
    level = rank(authority, verdict.level) if verdict.level is not None else -1
    return _STRICTNESS[verdict.value], level


def settled(
    ways: Sequence[Verdict], open_: Verdict, certain: Verdict, authority: Authority
) -> Verdict:
    """The verdict when one of `ways` holds beside what is `certain`, and it is not known which.

    Where all ways come to the same, that; else `open_`, which says what must be known.
    """
    outcomes = [strictest((way, certain), authority) for way in ways]
    # With something else unknown anyway, what tells the ways apart is asked in the same breath.
    if _alike(outcomes, authority) and (outcomes[0].value != "unknown" or _alike(ways, authority)):
        return outcomes[0]
    return strictest((open_, certain), authority)


def _alike(verdicts: Sequence[Verdict], authority: Authority) -> bool:
    return len({severity(verdict, authority) for verdict in verdicts}) == 1


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))

"""Several verdicts on one thing -> one, with the clauses and arithmetic that carry it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assist.domain.authority import Authority
from assist.domain.verdict import Verdict
from assist.policies.levels import rank

_STRICTNESS = {"allowed": 0, "needs_approval": 1, "unknown": 2, "forbidden": 3}


class Ways(NamedTuple):
    """What one part of the rules comes to: one verdict, or several while a fact is missing.

    `open` is the verdict that says what must be known to tell which of them it is.
    """

    verdicts: tuple[Verdict, ...]
    open: Verdict = Verdict(value="unknown")


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
        reason=in_words(v.reason for v in carrying),
        conflict=_once(clause for v in carrying for clause in v.conflict),
    )


def in_words(reasons: Iterable[str]) -> str:
    """The reasons as one, each once; of sentences only the last keeps its full stop."""
    *others, last = _once(reason for reason in reasons if reason) or ("",)
    return "; ".join((*(other.removesuffix(".") for other in others), last))


def severity(verdict: Verdict, authority: Authority) -> tuple[int, int]:
    """How strict a verdict is; greater is stricter."""
    level = rank(authority, verdict.level) if verdict.level is not None else -1
    return _STRICTNESS[verdict.value], level


def settled(parts: Sequence[Ways], authority: Authority) -> Verdict:
    """The verdict of all parts together, whichever way the open ones go.

    Where every way comes to the same, that is it. Else it is unknown, and says what must be known:
    all that could still make a difference, asked in one breath.
    """
    spans = [_span(part, authority) for part in parts]
    least = max(low for low, _ in spans)
    if least == max(high for _, high in spans) and least[0] != _STRICTNESS["unknown"]:
        return strictest([part.verdicts[0] for part in parts], authority)
    unknown = least[0] == _STRICTNESS["unknown"]
    return strictest(
        [
            part.open if low != high and (unknown or high > least) else part.verdicts[0]
            for part, (low, high) in zip(parts, spans, strict=True)
        ],
        authority,
    )


def _span(part: Ways, authority: Authority) -> tuple[tuple[int, int], tuple[int, int]]:
    """The mildest and the strictest it can come to."""
    found = [severity(verdict, authority) for verdict in part.verdicts]
    return min(found), max(found)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))

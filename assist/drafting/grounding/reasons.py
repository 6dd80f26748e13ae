"""Why it is so: the reason that a sentence gives beside the one its claim gives."""

from collections.abc import Iterator, Sequence

from assist.drafting.grounding.claims import Claim, Claims, coverage
from assist.drafting.grounding.reading import Clause, Reading
from assist.drafting.grounding.roots import listed

_OPENING = frozenset(listed("because since so therefore thus hence"))
_CLAIMS = 3
_SAME = 0.6
"""Share of the words of a reason that one claim must have to give it."""

_OTHER, _TAKEN = 0.5, 0.9
"""A reason of which the claim's has less than half and another claim nearly all is that one's."""


def reasoned(reading: Reading, near: Sequence[Claim], known: Claims) -> Iterator[str]:
    """Reasons of the sentence that its claim does not give for what it says."""
    for at, clause in enumerate(reading.clauses):
        content = [t for t in clause.terms if t.content]
        if len(reading.clauses) < 2 or not content or not _reason(clause, begins=not at):
            continue
        shares = [coverage(content, c.reading.keys, known) for c in near[:_CLAIMS]]
        theirs = [c for c in near[0].reading.clauses if _reason(c, begins=False)]
        gives = bool(theirs)
        taken = max((coverage(content, c.keys, known) for c in theirs), default=1.0)
        if shares[0] >= _SAME and not (taken < _OTHER and max(shares[1:], default=0.0) >= _TAKEN):
            continue
        beside = any(
            share >= _SAME and abs(c.at - near[0].at) == 1
            for share, c in zip(shares, near, strict=False)
        )
        if gives:
            yield "reason_changed"
        elif not beside:
            yield "reason_apart" if max(shares) >= _SAME else "reason_new"


def _reason(clause: Clause, *, begins: bool) -> bool:
    """“Because” and “, so”; “so that” and “since Monday” give none."""
    forms = [t.form for t in clause.terms[:2]]
    if len(forms) < 2 or clause.terms[1].value is not None:
        return False
    return forms[0] in _OPENING and forms[1] not in _NO_REASON and not (begins and forms[0] == "so")


_NO_REASON = frozenset(listed("that long far"))

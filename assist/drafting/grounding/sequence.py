"""The steps of a whole reply against the numbered steps they come from."""

from collections.abc import Sequence

from assist.drafting.grounding.claims import Claim
from assist.drafting.grounding.features import Finding

_OWN = 0.6
"""Share of a sentence's words that a step must have for the sentence to be that step."""


def out_of_order(found: Sequence[Finding | None]) -> frozenset[int]:
    """Places of the sentences that give a numbered step before one that comes earlier.

    A sentence between two steps that is no step itself changes nothing; a list of another passage
    starts anew.
    """
    late: set[int] = set()
    last: Claim | None = None
    for at, finding in enumerate(found):
        step = _step(finding)
        if step is None:
            continue
        if last is not None and last.group == step.group and step.at < last.at:
            late.add(at)
        else:
            last = step
    return frozenset(late)


def _step(finding: Finding | None) -> Claim | None:
    """The numbered step that a sentence repeats."""
    if finding is None or finding.observed["alone"] > 1 - _OWN or not finding.near[0].step:
        return None
    return finding.near[0]

"""How near all issues come -> which are looked at, and which together are a gap.

What is near a company's own articles is judged too well, gap or not, and everywhere by another
amount. So a cluster is held against the other issues of the same tickets.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assist.domain.base import Model
from assist.domain.coverage import Covered
from assist.insights.gaps.uncovered import Uncovered


class GateScale(Model):
    """Quantiles of all issues, and what follows from them."""

    doubted: float = 0.75
    doubted_within: tuple[float, float] = (0.7, 0.99)
    """Of the coverage: an issue below it is clustered."""
    usual: float = 0.6
    below: float = 0.06
    """Of the closeness, and how far below the usual one a gap's mean lies."""
    at_most: float = 0.78
    """That bound where nearly all is asked in the knowledge base's own words. At .75 76 % are found
    and none is spurious."""
    covered: float = 0.5
    """Mean coverage below which issues are a gap however near others come."""
    enough: int = 30
    """Issues from which on there is a usual closeness."""


GATE = GateScale()
"""`python -m evals.gaps`, 15 of the sample company's articles hidden: chosen on the draws 0 to 9,
of which 84 % are found and 8 % of the gaps are spurious, in the draws 100 to 109 89 % and 7 %. By
quantiles of the coverage in place of the closeness 67 to 69 % were found and 8 to 10 % spurious."""


class Gate(NamedTuple):
    """An issue whose coverage is below `doubted` is clustered.

    A cluster whose mean closeness is below `near`, or whose mean coverage is below `covered`, is a
    gap.
    """

    doubted: float
    near: float
    covered: float = GATE.covered

    def lacks(self, together: Sequence[Covered]) -> bool:
        """Whether these, which ask the same, are a gap; not of none."""
        if not together:
            return False
        value = sum(one.value for one in together) / len(together)
        closeness = sum(one.closeness for one in together) / len(together)
        return value < self.covered or closeness < self.near


def gate(issues: Sequence[Uncovered], scale: GateScale = GATE) -> Gate:
    """Of all issues. What is asked in the same words counts once."""
    told = {" ".join(issue.text.casefold().split()): issue.covered for issue in issues}
    values = [one.value for one in told.values()]
    doubted = np.quantile(values, scale.doubted) if values else 0.0
    return Gate(
        float(np.clip(doubted, *scale.doubted_within)),
        usual([one.closeness for one in told.values()], scale),
        scale.covered,
    )


def usual(closeness: Sequence[float], scale: GateScale = GATE) -> float:
    """How near the issues of one matter come on average, of all matters that are no gap.

    Of a few nobody knows: 0, which all reach.
    """
    if len(closeness) < scale.enough:
        return 0.0
    return min(scale.at_most, float(np.quantile(closeness, scale.usual)) - scale.below)

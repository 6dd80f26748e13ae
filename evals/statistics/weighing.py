"""Two runs' scores, case by case -> differences, and how easily chance would make them.

Each scorer is tested by swapping the two runs of cases at random. With thirty scorers one in
twenty such tests would cry wolf somewhere, so p is set up by Holm (1979): the chance of a single
false alarm over all of them stays at 5 %.
"""

from collections.abc import Mapping

import numpy as np

from assist.domain.base import Model
from evals.retrieval.intervals import differences
from evals.retrieval.results import Difference

SIGNIFICANT = 0.05


class Weighed(Model):
    """What one run has more than another by one scorer, over the cases that both were scored for.

    `adjusted` is p after Holm's correction over all scorers.
    """

    scorer: str
    n: int
    a: float
    b: float
    difference: Difference
    adjusted: float

    @property
    def significant(self) -> bool:
        """Whether chance would hardly do it."""
        return self.adjusted < SIGNIFICANT


Paired = tuple[np.ndarray, np.ndarray]
"""The same cases' scores in the two runs."""


def weighed(paired: Mapping[str, Paired]) -> tuple[Weighed, ...]:
    """Each scorer's difference, first minus second; a scorer without cases is left out."""
    found = _differences({name: a - b for name, (a, b) in paired.items() if len(a)})
    adjusted = holm({name: difference.p for name, difference in found.items()})
    return tuple(
        Weighed(
            scorer=name,
            n=len(paired[name][0]),
            a=float(paired[name][0].mean()),
            b=float(paired[name][1].mean()),
            difference=found[name],
            adjusted=adjusted[name],
        )
        for name in paired
        if name in found
    )


def _differences(differing: Mapping[str, np.ndarray]) -> dict[str, Difference]:
    """Those of as many cases are drawn together."""
    found: dict[str, Difference] = {}
    for size in {len(values) for values in differing.values()}:
        alike = [name for name, values in differing.items() if len(values) == size]
        columns = np.stack([differing[name] for name in alike], axis=1)
        found.update(zip(alike, differences(columns), strict=True))
    return found


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Each p as it stands among all of them: the smallest times their number, and so on."""
    least = 0.0
    adjusted = {}
    for rank, name in enumerate(sorted(p_values, key=lambda one: p_values[one])):
        least = max(least, min(1.0, p_values[name] * (len(p_values) - rank)))
        adjusted[name] = least
    return adjusted

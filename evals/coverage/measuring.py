"""Values of covered texts and of gaps -> how well they are told apart, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from assist.retrieval.covering.scale import error_in_bins

ALARMS = 0.05
"""False alarms allowed: covered texts called gaps."""
SEED, ROUNDS = 7, 1_000
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % interval by bootstrap over the texts."""

    value: float
    low: float
    high: float


def auroc(covered: Values, gaps: Values) -> float:
    """The chance that a covered text has the higher value than a gap; a tie counts half."""
    ordered = np.sort(gaps)
    below = np.searchsorted(ordered, covered, "left")
    up_to = np.searchsorted(ordered, covered, "right")
    return float((below + up_to).mean() / (2 * len(gaps)))


def caught(covered: Values, gaps: Values) -> float:
    """The share of gaps below the value that `ALARMS` of the covered texts are below."""
    return float((gaps < np.quantile(covered, ALARMS)).mean())


def figure(measure: Callable[[Values, Values], float], covered: Values, gaps: Values) -> Figure:
    """The measure, and how far it moves when both are drawn again."""
    rng = np.random.default_rng(SEED)
    drawn = [
        measure(rng.choice(covered, len(covered)), rng.choice(gaps, len(gaps)))
        for _ in range(ROUNDS)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(*(round(float(n), 4) for n in (measure(covered, gaps), low, high)))


def told_apart(covered: Sequence[float], gaps: Sequence[float]) -> dict[str, object]:
    """All there is to say of these two."""
    own, other = np.asarray(covered), np.asarray(gaps)
    values, truth = [*covered, *gaps], [True] * len(covered) + [False] * len(gaps)
    return {
        "covered": len(covered),
        "gaps": len(gaps),
        "auroc": asdict(figure(auroc, own, other)),
        "caught": asdict(figure(caught, own, other)),
        "calibration_error": round(error_in_bins(values, truth), 4),
        "covered_called_covered": round(float((own >= 0.5).mean()), 4),
        "gaps_called_covered": round(float((other >= 0.5).mean()), 4),
    }

"""Scores per case -> a mean with a 95 % interval, by resampling the cases.

The resampling is that of `evals.retrieval.intervals`. Scores have ends, and most stand at one of
them: of forty full marks every resample is full marks too, and the interval would claim that no
case can fail. So two made-up cases are drawn with the rest, one of all and one of nothing, as in
Laplace's rule of succession; the mean that is told is of the real cases alone. How often such an
interval holds the truth, with them and without, is in docs/evals.md.
"""

from collections.abc import Sequence

import numpy as np

from evals.retrieval.intervals import estimates, resampled_means
from evals.retrieval.metrics import Values
from evals.retrieval.results import Estimate

MADE_UP = (0.0, 1.0)


def intervals(values: Values) -> tuple[Estimate, ...]:
    """Each column's mean over the cases, (cases, columns) of 0..1, with its interval.

    One case has no interval: it cannot tell how others would do.
    """
    made_up = np.tile(np.array(MADE_UP)[:, np.newaxis], values.shape[1])
    resampled = resampled_means(np.concatenate([values, made_up]))
    return estimates(values.mean(axis=0), resampled, len(values))


def samples_intervals(samples: Sequence[Values]) -> tuple[Estimate | None, ...]:
    """The same for samples of any sizes, those of one size drawn as one; none of an empty one."""
    found: dict[int, Estimate] = {}
    for size in {len(sample) for sample in samples} - {0}:
        alike = [number for number, sample in enumerate(samples) if len(sample) == size]
        columns = np.stack([samples[number] for number in alike], axis=1)
        found.update(zip(alike, intervals(columns), strict=True))
    return tuple(found.get(number) for number in range(len(samples)))

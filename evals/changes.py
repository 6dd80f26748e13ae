"""How often a change is told where there is none, and how often a doubling is found.

`python -m evals.changes`: made-up days whose counts are Poisson, busier on weekdays, a fixed seed.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from assist.insights.trends.changes import changes

FIRST = date(2026, 6, 1)
WEEK = (1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5)
"""A weekday's share of the mean."""
DAYS = (28, 91, 364)
MEANS = (0.3, 1.0, 4.0, 20.0)
SERIES, NEAR = 200, timedelta(days=7)


def main() -> None:
    """Print a row for each length and each mean."""
    random = np.random.default_rng(1)
    print("days  a day  told without a change  doubling found within a week")
    for days in DAYS:
        for mean in MEANS:
            told = sum(bool(_told(random, [mean] * days)) for _ in range(SERIES))
            found = sum(_found(random, days, mean) for _ in range(SERIES))
            print(f"{days:4}  {mean:5}  {told / SERIES:21.3f}  {found / SERIES:.3f}")


def _found(random: np.random.Generator, days: int, mean: float) -> bool:
    at = days // 2 + 3
    on = FIRST + timedelta(days=at)
    told = _told(random, [mean] * at + [2 * mean] * (days - at))
    return any(abs(one - on) <= NEAR for one in told)


def _told(random: np.random.Generator, means: Sequence[float]) -> list[date]:
    weekly = np.resize(WEEK, len(means))
    counts = [int(count) for count in random.poisson(np.asarray(means) * weekly)]
    return [change.on for change in changes(counts, FIRST)]


if __name__ == "__main__":
    main()

"""Trials per case -> pass^k: how often k trials drawn at random all pass (Yao et al., 2024)."""

from collections.abc import Sequence
from math import comb


def pass_k(passed: Sequence[tuple[int, int]]) -> dict[int, float]:
    """K -> the mean over cases of C(c, k) / C(n, k), for every k that each case has trials for.

    `passed` holds, for each case, how many of its trials passed and how many there were: c of n.
    The estimate is unbiased; c/n to the power of k would be too low for small n.
    """
    most = min((n for _, n in passed), default=0)
    return {
        k: sum(comb(c, k) / comb(n, k) for c, n in passed) / len(passed) for k in range(1, most + 1)
    }

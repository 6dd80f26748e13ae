"""Paired cases -> each scorer's difference, tested."""

import numpy as np

from evals.comparing.pairing import Pairing
from evals.running.summing import case_mean
from evals.statistics.weighing import Weighed, weighed


def measured(pairing: Pairing) -> tuple[Weighed, ...]:
    """Each scorer over the cases that are the same and eligible in both runs, a minus b."""
    names = dict.fromkeys(
        name
        for case in pairing.same
        for trials in (pairing.a[case], pairing.b[case])
        for name in trials[0].scores
    )
    return weighed({name: _columns(pairing, name) for name in names})


def _columns(pairing: Pairing, name: str) -> tuple[np.ndarray, np.ndarray]:
    pairs = (
        (case_mean(pairing.a[case], name), case_mean(pairing.b[case], name))
        for case in pairing.same
    )
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    table = np.array(both, dtype=float).reshape(len(both), 2)
    return table[:, 0], table[:, 1]

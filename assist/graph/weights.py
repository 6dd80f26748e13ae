"""What weighs how much in a decision, and from where on an answer is good enough.

Named here once; used by the steps, shown to the agent, printed in reports.
"""

from assist.domain.base import Model
from assist.domain.solution import Candidate


class Weights(Model):
    """Share of each score in a candidate's total; they sum to 1.

    Effectiveness leads because a solution that does not solve is none; the two sides weigh the
    same together as it does, so that neither the customer nor the company is an afterthought.
    """

    feasibility: float = 0.20
    effectiveness: float = 0.35
    customer: float = 0.175
    company: float = 0.175
    risk: float = 0.10


class Bars(Model):
    """From where on something counts.

    Coverage is a probability calibrated in `assist/retrieval/coverage.py`, where its measurement
    stands; a half is where an answer is as likely in the passages as not.
    """

    coverage: float = 0.5
    """Below this, the KB is held not to answer the issue."""
    total: float = 0.45
    """A choice must reach this total."""


WEIGHTS = Weights()
BARS = Bars()


def total(candidate: Candidate, weights: Weights = WEIGHTS) -> float:
    """The weighted mean of the scores that have a value, 0..1."""
    table = weights.model_dump()
    scored = [(table[s.name], s.value) for s in candidate.scores if s.value is not None]
    mass = sum(weight for weight, _ in scored)
    return sum(weight * value for weight, value in scored) / mass if mass else 0.0

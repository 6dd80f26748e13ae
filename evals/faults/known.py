"""All planted faults, by the part of the product that they are in."""

from evals.faults import (
    choosing,
    escalating,
    finding,
    judging,
    quoting,
    replying,
    running,
    understanding,
)
from evals.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *understanding.FAULTS,
    *finding.FAULTS,
    *judging.FAULTS,
    *choosing.FAULTS,
    *escalating.FAULTS,
    *quoting.FAULTS,
    *replying.FAULTS,
    *running.FAULTS,
)

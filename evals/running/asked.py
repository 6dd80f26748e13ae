"""What a run was asked to be: the suite, how often, by how many, against what."""

from dataclasses import dataclass, field
from pathlib import Path

from assist.adapters.processor import usable_cores
from assist.domain.evaluation import EvalRun
from evals.suites import Suite

EACH = 16
"""Trials that a process must have to be worth starting: it costs as much as some ten of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of `assist-evals run`. `tags` and `ids` narrow the cases; neither: all of them."""

    name: str
    suite: Suite
    out: Path | None = None
    trials: int = 1
    workers: int | None = None
    """Processes; none: as many as pay for themselves."""
    seed: int = 0
    tags: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    baseline: EvalRun | None = field(default=None, repr=False)

    def workers_for(self, trials: int) -> int:
        """So many as were asked for, else one for each core that has enough to do."""
        return self.workers or max(1, min(usable_cores(), trials // EACH))

    @property
    def part(self) -> bool:
        """Whether only some of the suite's cases are run."""
        return bool(self.tags or self.ids)

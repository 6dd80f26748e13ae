"""A home that runs are published into directly."""

from assist.domain.eval_runs import EvalPart, EvalRunKept
from assist.service.desk import Desk
from assist.service.eval_runs import publish


class OwnHome:
    """The home of this desk; runs are published by this name."""

    def __init__(self, desk: Desk, by: str) -> None:
        self._desk = desk
        self._by = by

    def publish(self, part: EvalPart) -> EvalRunKept:
        """Keep a part; what is kept of the run so far."""
        return publish(self._desk.parts, part, self._by)

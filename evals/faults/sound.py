"""What the product makes of a case, and what the scorers say of it; without a fault, once."""

import asyncio
from collections.abc import Iterable

from assist.domain.evaluation import EvalResult
from assist.domain.suggestion import Suggestion
from assist.errors import AssistError
from assist.service.desk import Desk
from evals.cases import EvalCase
from evals.faults.catching import value
from evals.running.trial import scored
from evals.scorers import SCORERS

MEASURED = frozenset({"latency"})
"""What tells the machine too: counted only where it is meant to see a fault."""


class Sound:
    """The results of the product with nothing planted, each made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: dict[str, EvalResult] = {}

    def of(self, case: EvalCase) -> EvalResult:
        """The case's result. To be asked for outside of a plant."""
        if case.id not in self._kept:
            self._kept[case.id] = result(self.desk, case, *suggested(self.desk, case))
        return self._kept[case.id]

    def __len__(self) -> int:
        """How many cases were asked for."""
        return len(self._kept)

    def moved(self, cases: Iterable[EvalCase]) -> tuple[str, ...]:
        """Scorers that judge the same case otherwise although nothing was planted."""
        found: dict[str, None] = {}
        for case in cases:
            before = self.of(case).scores
            again = result(self.desk, case, *suggested(self.desk, case)).scores
            for name in SCORERS:
                if name not in MEASURED and value(again, name) != value(before, name):
                    found[name] = None
        return tuple(found)


def suggested(desk: Desk, case: EvalCase) -> tuple[Suggestion | None, str]:
    """What the product makes of it, by rules alone: no model is asked. A fault may break it."""
    try:
        run = desk.begin(case.ticket, at=case.at, level=case.level, mode="extractive")
        return run.suggestion(asyncio.run(run.last())), ""
    except AssistError as failure:
        return None, str(failure)
    except Exception as failure:  # noqa: BLE001 - whatever a planted fault breaks is its finding
        return None, f"{type(failure).__name__}: {failure}"


def result(desk: Desk, case: EvalCase, made: Suggestion | None, error: str) -> EvalResult:
    """It scored, by what the product really knows: to be asked for outside of a plant."""
    return EvalResult(
        case_id=case.id,
        ms=sum(trace.ms for trace in made.trace) if made else 0.0,
        scores=scored(desk, case, made, error),
        suggestion=made,
        error=error or None,
    )

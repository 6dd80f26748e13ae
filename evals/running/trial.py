"""One case -> one suggestion, its scores and how long it took."""

import asyncio
import random
import time
from collections.abc import Callable
from functools import partial

from assist.domain.evaluation import CaseScore, EvalResult
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Message, Ticket
from assist.errors import AssistError
from assist.service.desk import Desk
from evals.cases import EvalCase
from evals.running.fingerprints import of_case
from evals.scorers import SCORERS
from evals.scorers.grounds import grounds_of

REHEARSAL = Ticket(id="rehearsal", messages=(Message(author="customer", text="How does it work?"),))


def rehearsed(desk: Desk) -> None:
    """Load what the first ticket would wait for: it is no case's latency. No model is asked."""
    desk.warm()
    asyncio.run(desk.suggest(REHEARSAL, mode="extractive"))


def tried(desk: Desk, case: EvalCase, trial: int, seed: int) -> EvalResult:
    """The case's suggestion, scored; one that fails scores zero in all it states.

    What is drawn by lot is drawn by run, case and trial, whichever process does it and whenever.
    """
    random.seed(f"{seed}/{case.id}/{trial}")
    began = time.perf_counter()
    suggestion, error = _suggested(desk, case)
    ms = round((time.perf_counter() - began) * 1000, 1)
    return EvalResult(
        case_id=case.id,
        case=of_case(case),
        trial=trial,
        tags=case.tags,
        ms=ms,
        scores=scored(desk, case, suggestion, error or ""),
        suggestion=suggestion,
        error=error,
    )


def _suggested(desk: Desk, case: EvalCase) -> tuple[Suggestion | None, str | None]:
    try:
        return asyncio.run(desk.suggest(case.ticket, at=case.at, level=case.level)), None
    except AssistError as failure:
        return None, str(failure)
    except Exception as failure:  # noqa: BLE001 - a fault of the product is a finding of the run
        return None, f"{type(failure).__name__}: {failure}"


def scored(
    desk: Desk, case: EvalCase, suggestion: Suggestion | None, error: str
) -> dict[str, CaseScore]:
    """Each scorer's score; a scorer that breaks is a failure that is counted."""
    if suggestion is None:
        return {name: scorer.failed(case, error) for name, scorer in SCORERS.items()}
    grounds = grounds_of(desk)
    return {
        name: _judged(partial(scorer.score, case, suggestion, grounds))
        for name, scorer in SCORERS.items()
    }


def _judged(judge: Callable[[], CaseScore]) -> CaseScore:
    try:
        return judge()
    except Exception as failure:  # noqa: BLE001 - the other cases' scores stand
        why = f"the scorer failed: {type(failure).__name__}: {failure}"
        return CaseScore(value=0.0, explanation=why, failed=True)

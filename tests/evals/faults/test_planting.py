"""A planted fault is in the product within its block and nowhere afterwards."""

import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from evals.cases import EvalCase, load_cases
from evals.faults import deciding
from evals.faults.deciding import EngineFault
from evals.faults.fault import Fault, Plant, differs
from evals.faults.known import FAULTS
from evals.faults.sound import suggested
from evals.homes import own_settings, temporary_home
from evals.running.ingesting import ingested
from evals.suites import ROOT

DATA = ROOT / "tests" / "data" / "evals"
ALL: tuple[Fault | EngineFault, ...] = (*FAULTS, *deciding.FAULTS)
_T = TypeVar("_T")
BY_NAME = {fault.name: fault for fault in FAULTS}


class Stop(Exception):
    """Something goes wrong within the block."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A product that knows one article."""
    with temporary_home() as home, ingested(own_settings(home), DATA / "kb") as opened:
        yield opened


def how_to() -> EvalCase:
    """A question that the article answers."""
    return load_cases(DATA / "cases")[0]


def made(desk: Desk) -> Suggestion:
    """What the product makes of it now."""
    suggestion, error = suggested(desk, how_to())
    assert suggestion is not None, error
    return suggestion


def product() -> dict[tuple[str, str], object]:
    """Everything that stands in a module of the product, or of what judges decisions."""
    modules = [name for name in sys.modules if name.startswith(("assist.", "evals.decisions."))]
    return {
        (name, key): value
        for name in modules
        for key, value in vars(sys.modules[name]).items()
        if not key.startswith("__")
    }


def changed(before: dict[tuple[str, str], object]) -> list[tuple[str, str]]:
    """What is another thing now than before."""
    now = product()
    return [place for place, value in before.items() if now[place] is not value]


def within(plant: Plant, look: Callable[[], _T]) -> _T:
    """What is seen within the block, which then goes wrong."""
    seen: list[_T] = []

    def fails() -> None:
        with plant():
            seen.append(look())
            raise Stop

    with pytest.raises(Stop):
        fails()
    return seen[0]


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
def test_each_fault_is_in_the_product_and_gone_after_an_error(fault: Fault | EngineFault) -> None:
    with fault.plant():
        pass  # the first time, what it hurts may only now be imported
    before = product()
    assert within(fault.plant, lambda: changed(before))
    assert not changed(before)


@pytest.mark.parametrize(
    "name",
    ["second-page", "shouting", "dear-model", "escalation-needless", "priority-high", "unjudged"],
)
def test_the_product_answers_as_before_once_the_block_has_ended(desk: Desk, name: str) -> None:
    sound = made(desk)
    assert differs(sound, within(BY_NAME[name].plant, lambda: made(desk)))
    assert not differs(sound, made(desk))


def test_no_two_faults_share_a_name_and_there_are_thirty_at_least() -> None:
    assert len({fault.name for fault in ALL}) == len(ALL) >= 30

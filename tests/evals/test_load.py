"""The load bench: how it counts, and a tenth of it, without a word about time."""

import random
from pathlib import Path

import pytest

from evals.bench.load import Wanted, load, shown
from evals.bench.load_arrivals import due_times
from evals.bench.load_corpus import distinct_tickets
from evals.bench.load_results import (
    Answered,
    Growth,
    Load,
    phase_of,
    recovered_after,
    slope,
)
from evals.homes import temporary_home


def answers(*told: tuple[float, float, int]) -> list[Answered]:
    return [Answered(at=at, ms=ms, status=status) for at, ms, status in told]


def test_a_phase_counts_what_was_answered_turned_away_and_wrong() -> None:
    some = answers((0, 100, 200), (1, 300, 200), (2, 5, 503), (3, 7, 429))
    some.append(Answered(at=4, ms=9, status=500, fault="500: a fault"))

    phase = phase_of("steady", 1.0, 5.0, some)

    assert (phase.sent, phase.answered, phase.shed, phase.faults) == (5, 2, 2, 1)
    assert (phase.p50_ms, phase.p95_ms, phase.shed_p95_ms) == (100, 300, 7)
    assert (phase.answered_per_second, phase.first_faults) == (0.4, ("500: a fault",))


def test_recovery_is_when_calm_begins() -> None:
    calm = [(float(second), 50.0, 200) for second in range(3, 12)]

    assert recovered_after(answers((0, 10, 503), (1, 4_000, 200), (2, 10, 503), *calm)) == 3.0
    assert recovered_after(answers(*calm)) == 3.0
    assert recovered_after(answers((0, 9_000, 200), (5, 9_000, 200))) is None


def test_memory_that_grows_has_a_slope() -> None:
    assert slope([(0, 100), (60, 101), (120, 102)]).slope_mb_per_minute == 1.0
    assert slope([(0, 100), (60, 100)]).slope_mb_per_minute == 0
    assert slope([]).samples == 0


def test_only_what_keeps_every_promise_passes() -> None:
    steady = phase_of("steady", 15, 10, answers(*[(i / 15, 100, 200) for i in range(150)]))
    over = phase_of("overload", 45, 1, answers(*[(0.1, 5, 503)] * 10, (0.2, 100, 200)))
    good = Load(
        machine="m", workers=2, passages=20_000, phases=(steady, over, steady), cpu_ms=1,
        database_cpu_ms=1, recovered_after=2.0, lost=0, looked_up=10,
        memory=Growth(first_mb=1, last_mb=1, slope_mb_per_minute=0, samples=2),
    )  # fmt: skip
    assert good.passed
    for wrong in ({"lost": 1}, {"recovered_after": None}, {"recovered_after": 10.0}):
        assert not good.model_copy(update=wrong).passed
    slow = steady.model_copy(update={"p95_ms": 501.0})
    assert not good.model_copy(update={"phases": (slow, over, steady)}).passed
    assert "recovered after 2 s" in "\n".join(shown(good))


def test_customers_come_as_they_come_and_no_two_ask_the_same() -> None:
    draw = random.Random(1)  # noqa: S311  an order, no secret
    due = list(due_times(50, 10, draw))
    assert due == sorted(due)
    assert 400 < len(due) < 600
    tickets = distinct_tickets(600)
    assert len({ticket.id for ticket in tickets}) == 600
    assert len({ticket.messages[-1].text for ticket in tickets}) >= 598


@pytest.mark.model
def test_a_tenth_of_it_has_no_fault_sheds_well_formed_and_loses_nothing(
    tmp_path: Path,
) -> None:
    with temporary_home() as home:
        wanted = Wanted(
            rate=4, seconds=5, overload_seconds=4, after_seconds=3, workers=2, passages=100
        )
        found = load(home, wanted, lambda _: None)

    assert [phase.faults for phase in found.phases] == [0, 0, 0]
    assert sum(phase.answered for phase in found.phases) > 0
    assert (found.lost, found.looked_up > 0) == (0, True)
    assert found.passages >= 100

"""Nobody is told twice of what is due, and of nothing never, whoever is killed."""

from evals.bench.timer_crash import TimerCrashes, timer_crash


def test_of_what_is_due_everybody_is_told_once_whoever_dies() -> None:
    told: list[str] = []
    crashes = timer_crash(3, seed=5, report=told.append)
    assert (crashes.kills, crashes.database_kills, len(told)) == (3, 1, 3)
    assert crashes.promises + crashes.looks > 0
    assert crashes.passed, crashes


def test_what_was_lost_or_told_twice_is_no_pass() -> None:
    fine = TimerCrashes(
        kills=1, database_kills=0, promises=1, looks=0, lost=0, doubled=0, seconds=1.0
    )
    assert fine.passed
    assert not fine.model_copy(update={"lost": 1}).passed
    assert not fine.model_copy(update={"doubled": 1}).passed

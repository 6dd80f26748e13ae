"""The bench of gaps: what it makes, what it measures of a process, what it prints."""

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from assist.domain.ticket import Ticket
from assist.errors import Unavailable
from evals.bench.gaps import GapsBench, Mined, growth, show
from evals.bench.gaps_tickets import FOREIGN, write_tickets
from evals.bench.measured_run import Ran, ran


def mined(who: str, tickets: int, seconds: float) -> Mined:
    took = Ran(seconds=seconds, processor_seconds=seconds, peak_mb=100.0)
    return Mined(who=who, tickets=tickets, groups=3, outliers=1, ran=took)


def test_made_tickets_are_distinct_and_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    write_tickets(first, 300)
    write_tickets(second, 300)
    assert first.read_bytes() == second.read_bytes()
    tickets = [Ticket.model_validate_json(line) for line in first.read_text("utf-8").splitlines()]
    assert len({ticket.id for ticket in tickets}) == 300
    assert len({ticket.asked[-1].text for ticket in tickets}) == 300
    foreign = [ticket for ticket in tickets if ticket.id.startswith("foreign-")]
    assert len(foreign) == round(FOREIGN * 300)


def test_a_process_is_measured_by_itself_and_its_output_kept(tmp_path: Path) -> None:
    code = "print(len(bytearray(80_000_000)))"
    large = ran((sys.executable, "-c", code), tmp_path / "large.txt", {})
    small = ran((sys.executable, "-c", "print(1)"), tmp_path / "small.txt", {})
    assert (tmp_path / "large.txt").read_text() == "80000000\n"
    assert large.peak_mb >= 80 > small.peak_mb
    assert small.seconds > 0


def test_a_process_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="exit code 1: ValueError: no such thing"):
        ran((sys.executable, "-c", "raise ValueError('no such thing')"), tmp_path / "out", {})


def test_growth_is_of_the_time_per_ticket() -> None:
    runs = [mined("a", 1_000, 10.0), mined("a", 10_000, 115.0), mined("b", 1_000, 1.0)]
    assert growth(runs, "a") == pytest.approx(1.15)
    assert growth(runs, "b") is None


def test_the_table_says_what_was_measured_and_what_was_left_out() -> None:
    runs = (mined("assist gaps", 100, 4.0), mined("assist gaps", 1_000, 50.0))
    console = Console(width=160, record=True, file=io.StringIO())
    show(GapsBench(passages=70, mined=runs, skipped=("bertopic: not asked for",)), console)
    told = console.export_text()
    assert "time per ticket grew 1.25 times" in told
    assert "skipped: bertopic: not asked for" in told
    assert "25" in told

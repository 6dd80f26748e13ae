"""Lines of the log: one each, whole, bounded, and never in the way."""

import json
import logging
import threading
from typing import Any

import pytest

from assist.adapters import logs
from assist.adapters.logs import Dropping, JsonLines, Lines


def record(message: str, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("assist.x", logging.WARNING, __file__, 1, message, None, None)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_text_is_one_line_with_its_time_its_level_and_its_request() -> None:
    line = Lines(str).format(record("first\nsecond", request_id="r-1", told={"key": "k-1", "x": 2}))

    assert line.endswith("Z WARNING assist.x: first second [key=k-1 request=r-1]")


def test_json_is_one_object_with_all_that_is_told() -> None:
    line = JsonLines(str).format(record("first\nsecond", told={"status": 200}))

    assert "\n" not in line
    told = json.loads(line)
    assert (told["message"], told["status"], told["level"]) == ("first second", 200, "WARNING")


def test_a_line_is_bounded() -> None:
    assert len(Lines(str).format(record("x" * 100_000))) < logs.LONGEST + 100


class Stuck:
    """A stream that nobody reads."""

    def __init__(self) -> None:
        self.let_through, self.written = threading.Event(), []

    def write(self, text: str) -> None:
        self.let_through.wait(20)
        self.written.append(text)

    def flush(self) -> None: ...


def test_a_log_that_nobody_reads_stops_nobody_and_says_what_it_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logs, "MOST_WAITING", 3)
    stream = Stuck()
    handler = Dropping(stream, lambda: "")
    handler.setFormatter(Lines(str))

    for number in range(50):
        handler.emit(record(f"line {number}"))
    stream.let_through.set()
    handler.close()

    written = "".join(stream.written)
    assert "line 0" in written
    assert "lines of the log were dropped" in written
    assert written.count("WARNING") < 10


def test_who_closed_the_stream_is_no_reason_to_fail() -> None:
    class Closed(Stuck):
        def write(self, text: str) -> None:
            raise ValueError("I/O operation on closed file")

    handler = Dropping(Closed(), lambda: "")
    handler.setFormatter(Lines(str))
    handler.emit(record("line"))
    handler.close()

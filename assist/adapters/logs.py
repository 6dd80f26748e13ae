"""The log of a server on stderr: a line each, as text or JSON, without what customers wrote.

What others say in an error may repeat a ticket, so of an error that is not ours its kind and where
it arose are told, never its words; and what has the shape of personal data is taken out of every
line. A log that nobody reads does not stop the server: what cannot be written is dropped, and
counted.
"""

import json
import logging
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from assist.domain.load import LogForm

Redact = Callable[[str], str]
RequestId = Callable[[], str]
MOST_WAITING = 10_000
"""Lines kept until they are written."""
FRAMES = 12
"""Of where an error arose, the innermost."""
END_SECONDS = 2.0
LONGEST = 4_000
ADDED = ("key", "request", "error", "at")
"""What a line of text has beside its words; one of JSON has all."""


class Lines(logging.Formatter):
    """A record as one line of text. `named` are what surroundings add: the id of the request."""

    def __init__(self, redact: Redact) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told = self.told(record)
        parts = [told.pop("time"), told.pop("level"), f"{told.pop('logger')}:"]
        parts.append(str(told.pop("message")))
        # What the words say is not said twice.
        named = {name: told[name] for name in ADDED if told.get(name)}
        more = " ".join(f"{name}={value}" for name, value in named.items())
        return " ".join([*parts, f"[{more}]"] if more else parts)

    def told(self, record: logging.LogRecord) -> dict[str, Any]:
        """What is said of a record, by name."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redact(_line(record.getMessage())),
        }
        told |= getattr(record, "told", {})
        if request_id := getattr(record, "request_id", ""):
            told["request"] = request_id
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["at"] = " < ".join(_frames(record.exc_info[2]))
        return told


class JsonLines(Lines):
    """A record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return json.dumps(self.told(record), ensure_ascii=False)


class Dropping(logging.Handler):
    """Hands lines to a thread that writes them; drops them where that falls behind."""

    def __init__(self, stream: TextIO, request_id: RequestId) -> None:
        super().__init__()
        self.dropped = 0
        self._stream, self._request_id = stream, request_id
        self._waiting: queue.Queue[str | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; it is made a line here and now, while what it is about is there."""
        record.request_id = self._request_id()
        try:
            self._waiting.put_nowait(self.format(record))
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits, as far as somebody reads it."""
        try:
            self._waiting.put(None, timeout=END_SECONDS)
        except queue.Full:
            return
        self._thread.join(END_SECONDS)
        super().close()

    def _write(self) -> None:
        while (line := self._waiting.get()) is not None:
            dropped, self.dropped = self.dropped, 0
            more = f"{dropped} lines of the log were dropped\n" if dropped else ""
            try:
                self._stream.write(f"{more}{line}\n")
                self._stream.flush()
            except (OSError, ValueError):  # nobody is there to read it
                return


@contextmanager
def logging_to_stderr(form: LogForm, redact: Redact, request_id: RequestId) -> Iterator[None]:
    """Everything that is logged goes to stderr while the block runs: ours from INFO on."""
    handler = Dropping(sys.stderr, request_id)
    handler.setFormatter(JsonLines(redact) if form == "json" else Lines(redact))
    root, ours = logging.getLogger(), logging.getLogger("assist")
    before = (list(root.handlers), root.level, ours.level)
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.handlers, root.level, ours.level = before
        handler.close()


def _line(text: str) -> str:
    """One line of bounded length: nobody forges a second one."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _frames(trace: TracebackType | None) -> Iterator[str]:
    """Where it arose, innermost first: file, line and function, without what stands there."""
    for frame in reversed(traceback.extract_tb(trace)[-FRAMES:]):
        file = "/".join(frame.filename.rsplit("/", 3)[1:])
        yield f"{file}:{frame.lineno} {frame.name}"

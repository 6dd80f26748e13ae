"""Hands files to the process that converts them, within bounds of time and memory."""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self

from assist.adapters.documents.converted import Converted, UnconvertibleError
from assist.adapters.documents.files import MAX_FILE_BYTES

PROCESS = "assist.adapters.documents.conversion_process"
ENDING = 5
"""Seconds in which a process that says nothing more has ended."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take.

    A dense page of PDF takes 0.2 to 0.6 s and says so when it is done; 1 MB of HTML takes about
    5 s, silently, and 150 MB of memory. Measured on 2 busy cores.
    """

    memory: int = 2 * 1024**3
    """Bytes of address space, of which the libraries take 0.3 GB before they read anything."""
    silent_seconds: float = 60
    seconds: float = 1_200


class Converter:
    """One process for all files of a reading, started with the first and again where it ended."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def convert(self, path: Path) -> Converted:
        """The file as Markdown. Raises `UnconvertibleError`."""
        _check_size(path)
        if self._child is None:
            self._child = _Child(self._limits.memory)
        try:
            reply = self._child.ask(path, self._limits)
        except UnconvertibleError:
            self._stop()
            raise
        if "converted" in reply:
            made = reply["converted"]
            return Converted(**(made | {"notes": tuple(made["notes"])}))
        raise UnconvertibleError(str(reply["problem"]), str(reply["cure"]))

    def _stop(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None


class _Child:
    """The process and the thread that hears what it says."""

    def __init__(self, memory: int) -> None:
        self._words = tempfile.TemporaryFile()  # noqa: SIM115  closed in `stop`
        command = [sys.executable, "-P", "-m", PROCESS, str(memory)]
        self._process = subprocess.Popen(  # noqa: S603  our own module, and no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words
        )
        self._replies: Queue[dict[str, Any] | None] = Queue()
        self._hearing = Thread(target=self._hear, args=(self._process.stdout,), daemon=True)
        self._hearing.start()

    def ask(self, path: Path, limits: Limits) -> dict[str, Any]:
        """What came of the file. Raises `UnconvertibleError` where the process is of no use."""
        latest = time.monotonic() + limits.seconds
        self._send(path)
        while True:
            left = min(limits.silent_seconds, latest - time.monotonic())
            try:
                reply = self._replies.get(timeout=max(0.0, left))
            except Empty as error:
                raise UnconvertibleError(
                    "takes too long to read", "save it in a simpler form or split it"
                ) from error
            if reply is None:
                raise UnconvertibleError(
                    f"ended the program that reads it: {self._last_words()}",
                    "open it and export it again",
                )
            if "alive" not in reply:
                return reply

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._hearing.join()
        for stream in (self._process.stdin, self._process.stdout, self._words):
            if stream is not None:
                stream.close()

    def _send(self, path: Path) -> None:
        stdin = self._process.stdin
        try:
            if stdin is not None:
                stdin.write(json.dumps({"path": str(path)}).encode() + b"\n")
                stdin.flush()
        except BrokenPipeError as error:
            raise UnconvertibleError(
                f"cannot be read, the program that reads it ended: {self._last_words()}",
                "try it again",
            ) from error

    def _hear(self, stdout: IO[bytes]) -> None:
        for line in stdout:
            self._replies.put(json.loads(line))
        self._replies.put(None)

    def _last_words(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=ENDING)
        self._words.seek(0)
        lines = self._words.read()[-10_000:].decode(errors="replace").strip().splitlines()
        code = self._process.poll()
        return lines[-1][:200] if lines and code and code > 0 else f"exit status {code}"


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnconvertibleError(
            f"cannot be read: {error.strerror}", "make the file readable"
        ) from error
    if size > MAX_FILE_BYTES:
        raise UnconvertibleError(
            f"has {size} bytes; at most {MAX_FILE_BYTES} are read", "split the file"
        )

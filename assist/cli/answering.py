"""One process that answers over HTTP, from its first request until it is told to end.

Told once it takes nothing new, ends what it has begun within a stated time, puts back what is half
built and closes its stores. Told twice it ends at once: whatever it was doing is taken up again by
the next process, as after a kill.
"""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Never

import uvicorn

from assist.adapters.heap import settle
from assist.adapters.logs import logging_to_stderr
from assist.adapters.privacy.redactor import PatternRedactor
from assist.adapters.tracing import tracing
from assist.cli.options import say
from assist.errors import NotReady
from assist.service.building import building
from assist.service.following import following
from assist.service.recovering import recovering
from assist.service.timekeeping import timekeeping
from assist.settings import Settings
from assist.upkeep import retaining
from assist.web.app import create_app
from assist.web.limits import SERVER
from assist.web.request_seen import REQUEST_ID

if TYPE_CHECKING:
    from assist.service.desk import Desk

AT_ONCE = 1
"""Exit code of a process that was told twice to end."""
BACKLOG = 2_048
KEEP_ALIVE = 75
"""Seconds an idle connection is kept: longer than a proxy does (nginx: 60), so that it is the proxy
that closes it. One that the server closes just as a request is sent is an error to its sender."""


class Ending(uvicorn.Server):
    """A server that calls `ready` when it listens, and ends as told."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first time, end what is begun; the second, end."""
        del sig, frame
        if self.should_exit:
            os._exit(AT_ONCE)
        self.should_exit = True


def answer(
    desk: "Desk", settings: Settings, listening: socket.socket, ready: Callable[[], None]
) -> None:
    """Answer requests until told to end. The threads that go with it are the caller's."""
    with (
        logging_to_stderr(settings.log, _redact, REQUEST_ID.get),
        tracing(settings.otlp_endpoint) as tracer,
    ):
        app = create_app(desk, settings.load, tracer)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=settings.load.drain_seconds,
            **SERVER,
        )
        Ending(config, ready).run(sockets=[listening])


@contextmanager
def busy(desk: "Desk", settings: Settings) -> Iterator[None]:
    """The threads of a process that owns or builds: jobs, cases left behind, timers, retention."""
    with ExitStack() as threads:
        for thread in (building, recovering, timekeeping):
            threads.enter_context(thread(desk))
        threads.enter_context(retaining(settings))
        yield


@contextmanager
def reading(desk: "Desk") -> Iterator[None]:
    """The thread of a process that reads what another builds."""
    with following(desk):
        yield


def warmed(desk: "Desk") -> None:
    """Load what the first ticket would wait for; say where there is nothing to answer from."""
    try:
        desk.warm()
    except NotReady as error:
        say(f"nothing to answer from yet: {error}, or send documents to /v1/ingest")
    settle()


@contextmanager
def told_to_end() -> Iterator[None]:
    """Being told to end while it is still loading ends the block, without a word."""
    before = {sig: signal.signal(sig, _interrupt) for sig in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except KeyboardInterrupt:
        return
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)


def _interrupt(_signal: int, _frame: object) -> Never:
    raise KeyboardInterrupt


_REDACTOR = PatternRedactor()


def _redact(text: str) -> str:
    return _REDACTOR.redact(text, {})

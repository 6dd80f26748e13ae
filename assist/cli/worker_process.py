"""`python -m assist.cli.worker_process TOLD`: one of several processes that serve one home.

Started by `assist serve --workers`, which owns the home and the address. TOLD is JSON: what to
serve, the descriptor of the socket, and whether this is the one that builds. It says `ready` on
stdout, and ends when told to, or when stdin ends: whoever started it is gone then.
"""

import os
import signal
import socket
import sys
import threading

import typer

from assist.adapters.indexes import Share
from assist.cli.announcing import Told, asking_everybody, say_how_to_come_in
from assist.cli.answering import answer, busy, reading, told_to_end, warmed
from assist.cli.options import fails_cleanly
from assist.settings import read_settings
from assist.wiring import joined


@fails_cleanly
def work(told: Told) -> None:
    """Serve until told to end."""
    settings = read_settings(told.home, told.workspace)
    settings = asking_everybody(settings) if told.sign_in else settings
    share = Share.BUILDS if told.builds else Share.READS
    listening = socket.socket(fileno=told.descriptor)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with told_to_end(), joined(settings, share) as desk:
        warmed(desk)

        def ready() -> None:
            if told.announces:
                say_how_to_come_in(desk, told)
            print("ready", flush=True)

        with busy(desk, settings) if told.builds else reading(desk):
            answer(desk, settings, listening, ready)


def _end_with_parent() -> None:
    while os.read(0, 1):  # not by sys.stdin, whose lock would outlive this thread
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    try:
        work(Told.model_validate_json(sys.argv[1]))
    except typer.Exit as end:
        sys.exit(end.exit_code)

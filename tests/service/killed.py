"""An ingest that kills its own process at a named point, with all parts real."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assist.adapters.vectors import Choice, StoredVectors
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened


def ingest_and_die(settings: Settings, kb: Path, point: str, note: Path) -> None:
    """Ingest `kb` until `point`; `note` gets the id of the generation once it is staged.

    `embed:1` is the first word of progress on that stage, `lexical.build` the call of that part.
    Each kind gets a graph of its vectors, few as they are: writing those takes the longest.
    """
    stage, _, times = point.partition(":")
    with opened(settings) as desk:
        folder = settings.home / "index" / settings.workspace / "vectors"
        graphed = StoredVectors(folder, Choice(exact_rows=0))
        desk.parts = replace(desk.parts, vectors=graphed)
        _note_what_is_staged(desk, note)
        if times:
            desk.ingest(kb, progress=_deadly_progress(stage, int(times)))
        else:
            part, _, call = stage.partition(".")
            setattr(getattr(desk.parts, part), call, _die)
            desk.ingest(kb, progress=silent)


def _die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _deadly_progress(stage: str, times: int) -> Callable[[str, int, int], None]:
    left = times

    def progress(now: str, _done: int, _total: int) -> None:
        nonlocal left
        left -= now == stage
        if left == 0:
            _die()

    return progress


def _note_what_is_staged(desk: Desk, note: Path) -> None:
    store = desk.parts.knowledge
    stage = store.stage

    def noted(generation: Any, *content: Any) -> None:
        stage(generation, *content)
        note.write_text(generation.id)

    store.stage = noted

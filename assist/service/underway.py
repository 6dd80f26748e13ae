"""The suggestions that this process is making now, step by step, for those who watch."""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assist.domain.case import Case
from assist.domain.suggestion import Trace
from assist.errors import AssistError
from assist.graph.casework_graph import Hear
from assist.graph.llm.model import SentenceWritten

BROKEN_OFF = 200
"""Of how many cases it is remembered why the last try broke off: the newest."""
A_BUG = "it broke off; the server's log says why"


@dataclass(frozen=True, slots=True)
class Progress:
    """One run on its way: its steps so far, what a model has written, and why it broke off."""

    run: int
    steps: tuple[Trace, ...] = ()
    written: tuple[str, ...] = ()
    """Sentences of the reply, each checked before it came here."""
    why: str = ""
    """Why it broke off, where it did."""


class Underway:
    """Progress by case. Thread-safe; it is of one process and lost with it: the case is not."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs = itertools.count(1)
        self._now: dict[str, Progress] = {}
        self._broken: OrderedDict[str, Progress] = OrderedDict()

    def of(self, case_id: str) -> Progress | None:
        """The run that is on its way, or the last one where it broke off."""
        with self._lock:
            return self._now.get(case_id) or self._broken.get(case_id)

    @contextmanager
    def run(self, case_id: str) -> Iterator[Hear]:
        """One run, which says how far it is to what is yielded. One of a case at a time."""
        with self._lock:
            self._broken.pop(case_id, None)
            self._now[case_id] = Progress(next(self._runs))
        why = A_BUG
        try:
            yield lambda found: self._heard(case_id, found)
            why = ""
        except AssistError as error:
            why = str(error)
            raise
        finally:
            self._ended(case_id, why)

    def _heard(self, case_id: str, found: Case | SentenceWritten) -> None:
        with self._lock:
            now = self._now[case_id]
            if isinstance(found, Case):
                now = replace(now, steps=(*now.steps, found.trace[-1]))
            else:
                now = replace(now, written=(*now.written, found.sentence.text))
            self._now[case_id] = now

    def _ended(self, case_id: str, why: str) -> None:
        with self._lock:
            now = self._now.pop(case_id)
            if why:
                self._broken[case_id] = replace(now, why=why)
                while len(self._broken) > BROKEN_OFF:
                    self._broken.popitem(last=False)

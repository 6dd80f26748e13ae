"""Which generation a process has open, and how it comes to have the next one open."""

import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assist.ports import Embedder, Records
from assist.service.freshness import Freshness
from assist.service.indexing import silent
from assist.service.ingest import drop_all_but
from assist.service.library import Care, Library, serving
from assist.service.open_generation import OpenGeneration
from assist.service.parts import Parts

RecordsFor = Callable[[Mapping[str, str]], Records | None]
"""The customer records to use, given the generation's YAML files."""


@dataclass
class ServingNow:
    """The open generation of one workspace. Thread-safe: each is opened once.

    `queries` gives what embeds what is searched for, `care` sees to what is derived before it is
    opened.
    """

    parts: Parts
    records_for: RecordsFor
    queries: Callable[[], Embedder]
    care: Care
    asked: Freshness
    followed: bool = False
    """A thread opens what others publish: until it has, requests go on with what is open."""
    _open: OpenGeneration | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _libraries: "weakref.WeakSet[Library]" = field(default_factory=weakref.WeakSet)
    """Every library that somebody still holds: a suggestion ends on the one it began with."""
    _kept: set[str] = field(default_factory=set)
    """The generations in use when the others were deleted last."""

    def opened(self) -> OpenGeneration:
        """The generation that serves now, ready to search. Raises `NoIndex`.

        While a thread opens a new one, the others are given the one before. What this process
        publishes serves at once, what another does within `LATELY` seconds, or where a thread
        follows it, as soon as that has it open.
        """
        held = self._open
        if held is not None and (self.followed or self.asked.lately()):
            return held
        current = self.parts.knowledge.current()
        self.asked.now()
        if held is None:
            serving(self.parts)  # nothing to open is said at once, however busy the lock is
        elif current is not None and current.id == held.library.generation.id:
            return held
        if not self._lock.acquire(blocking=held is None) and held is not None:
            return held
        try:
            opened = self._open
            return self._load() if opened is None or opened is held else opened
        finally:
            self._lock.release()

    def follow(self, parts: Parts) -> bool:
        """Open what another process published since; whether there was something to open.

        What it lacks here is built by these parts, while requests go on with the one before. For
        one thread: the one that builds, where this process does. Raises `NotReady`, `NoIndex`.
        """
        self.followed = True
        held, current = self._open, self.parts.knowledge.current()
        if current is None or (held and current.id == held.library.generation.id):
            return False
        if held is not None:
            self.care(parts, current, silent, held.library.generation)
        with self._lock:
            if self._open is held:
                self._load().prepare()
        return True

    def tidy(self) -> None:
        """Delete what was derived from generations that nobody searches any more.

        For whoever builds, between two builds: a suggestion that was on its way at the last one
        has ended by now.
        """
        with self._lock:  # nobody may be building what is missing meanwhile
            in_use = {library.generation.id for library in self._libraries}
            if in_use == self._kept:
                return
            current = self.parts.knowledge.current()
            drop_all_but(self.parts, in_use | ({current.id} if current else set()))
            self._kept = in_use

    def switch(self, generation: str) -> None:
        """Publish what was built, open where one is open."""
        with self._lock:
            self.parts.knowledge.publish(generation)
            if self._open is not None:
                self._load()

    def in_use(self) -> set[str]:
        """The generations that somebody still searches."""
        with self._lock:
            return {library.generation.id for library in self._libraries}

    def _load(self) -> OpenGeneration:
        opened = OpenGeneration(
            Library.open(self.parts, queries=self.queries(), care=self.care), self.records_for
        )
        if self._open is not None:
            opened.prepare()  # whoever is asked now goes on with the one before
        self._open = opened
        self._libraries.add(opened.library)
        return opened

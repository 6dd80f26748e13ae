"""Everything one workspace can do, over the ports it was given: what commands and routes call."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assist.domain.knowledge import Document, Hit, Kind, Passage
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.policies.reading import read_policy_set
from assist.ports import Progress, Records
from assist.service.ingest import IngestReport, ingest
from assist.service.library import Library
from assist.service.merging import Prune
from assist.service.parts import Parts

if TYPE_CHECKING:
    from assist.graph.build import SuggestGraph
    from assist.service.suggest import Similarity

RecordsFor = Callable[[Mapping[str, str]], Records | None]
"""The customer records to use, given the generation's YAML files."""


@dataclass
class Desk:
    """One workspace, open. Thread-safe: a library is opened once per generation."""

    parts: Parts
    records_for: RecordsFor
    notes: tuple[str, ...] = ()
    _open: "_Open | None" = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ingest(
        self,
        path: Path,
        *,
        kind: Kind | None = None,
        prune: Prune = Prune.NOTHING,
        progress: Progress,
    ) -> IngestReport:
        """Read a path into a new generation and make it the one that serves."""
        return ingest(
            self.parts, path, kind=kind, prune=prune, progress=progress, check=check_policies
        )

    def search(
        self, query: str, *, kind: Kind | None = None, top_k: int = 10, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """Best passages first."""
        return self.opened().library.search(query, kind=kind, top_k=top_k, filters=filters)

    def documents(
        self, query: str, *, kind: Kind | None = None, top_k: int = 10, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """Best documents first, each by its best passage."""
        return self.opened().library.documents(query, kind=kind, top_k=top_k, filters=filters)

    def passage(self, passage_id: str) -> Passage:
        """Raises `NotFound`."""
        return self.opened().library.passage(passage_id)

    async def suggest(
        self, ticket: Ticket, *, at: datetime | None = None, level: str = "agent"
    ) -> Suggestion:
        """The suggestion for a ticket, kept; `at` is the time it is judged at, default now."""
        from assist.service.suggest import suggest, tools_for  # langgraph takes a second

        opened = self.opened()
        tools = tools_for(
            opened.library,
            self._similarity,
            opened.policy_set,
            opened.records,
            opened.categories,
        )
        suggestion = await suggest(
            ticket,
            _graph(),
            tools,
            generation=opened.library.generation.id,
            now=at or self.parts.clock.now(),
            level=level,
        )
        self.parts.suggestions.save(suggestion)
        return suggestion

    def suggestion(self, suggestion_id: str) -> Suggestion:
        """Raises `NotFound`."""
        return self.parts.suggestions.get(suggestion_id)

    def warm(self) -> None:
        """Load what the first ticket would wait for. Raises `NoIndex`."""
        self.opened()
        self.parts.embedder.embed(["ready"])
        _graph()

    @cached_property
    def _similarity(self) -> "Similarity":
        from assist.service.suggest import Similarity

        return Similarity(self.parts.embedder)

    def opened(self) -> "_Open":
        """The generation that serves now, ready to search. Raises `NoIndex`."""
        with self._lock:
            current = self.parts.knowledge.current()
            if (
                self._open is None
                or current is None
                or current.id != self._open.library.generation.id
            ):
                self._open = _Open.load(self.parts, self.records_for)
            return self._open


@lru_cache(maxsize=1)
def _graph() -> "SuggestGraph":
    """The graph, built when the first ticket comes: a search needs none."""
    from assist.graph.build import build_suggest_graph

    return build_suggest_graph()


@dataclass(frozen=True, slots=True)
class _Open:
    """One generation: its library, its policy set and its records."""

    library: Library
    policy_set: PolicySet
    records: Records | None
    categories: Mapping[str, str]

    @classmethod
    def load(cls, parts: Parts, records_for: RecordsFor) -> "_Open":
        library = Library.open(parts)
        generation = library.generation
        files = parts.knowledge.files(generation.id)
        documents = parts.knowledge.documents(generation.id)
        policy_set = read_policy_set(files, documents, version=generation.fingerprint[:12])
        filed = {
            d.id: str(d.front_matter["category"]) for d in documents if "category" in d.front_matter
        }
        return cls(
            library=library,
            policy_set=policy_set,
            records=records_for(files),
            categories=filed,
        )


def check_policies(files: Mapping[str, str], documents: Sequence[Document]) -> None:
    """Refuse a generation whose YAML files or clauses cannot be read."""
    read_policy_set(files, documents, version="check")

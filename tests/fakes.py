"""In-memory stand-ins for the ports. Each passes the contract suite of its port."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assist.adapters.postgres.knowledge import KEPT_OLD_GENERATIONS
from assist.adapters.postgres.rows import check_files, json_text, versions
from assist.domain.knowledge import Document, Generation, Passage
from assist.domain.suggestion import Suggestion
from assist.errors import NotFound, NotReady


@dataclass(frozen=True)
class FrozenClock:
    """A clock that stands."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class _Kept:
    generation: Generation
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    files: dict[str, str]
    state: str


class InMemoryKnowledge:
    """`KnowledgeStore` in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def current(self) -> Generation | None:
        return next((k.generation for k in self._kept.values() if k.state == "live"), None)

    def generations(self) -> tuple[Generation, ...]:
        published = [k.generation for k in self._kept.values() if k.state != "staged"]
        return tuple(sorted(published, key=lambda generation: -generation.number))

    def documents(self, generation: str) -> tuple[Document, ...]:
        return self._find(generation).documents

    def passages(self, generation: str) -> tuple[Passage, ...]:
        return self._find(generation).passages

    def files(self, generation: str) -> dict[str, str]:
        return dict(self._find(generation).files)

    def stage(
        self,
        generation: Generation,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        files: Mapping[str, str],
    ) -> None:
        check_files(files)
        list(versions(documents, passages))
        if self._state(generation.id) in {"live", "old"}:
            raise NotReady(f"generation {generation.id} is already published")
        self._kept = {key: kept for key, kept in self._kept.items() if kept.state != "staged"}
        self._kept[generation.id] = _Kept(
            generation,
            tuple(sorted(map(_as_stored, documents), key=lambda document: document.id)),
            tuple(sorted(passages, key=lambda p: (p.document_id, p.position, p.id))),
            dict(files),
            "staged",
        )

    def publish(self, generation: str) -> None:
        if self._state(generation) != "staged":
            raise NotReady(f"generation {generation} is not staged")
        for key, kept in self._kept.items():
            if kept.state == "live":
                self._kept[key] = replace(kept, state="old")
        self._kept[generation] = replace(self._kept[generation], state="live")
        for old in self.generations()[KEPT_OLD_GENERATIONS + 1 :]:
            del self._kept[old.id]

    def _find(self, generation: str) -> _Kept:
        if generation not in self._kept:
            raise NotFound(f"there is no generation {generation!r}")
        return self._kept[generation]

    def _state(self, generation: str) -> str | None:
        return self._kept[generation].state if generation in self._kept else None


def _as_stored(document: Document) -> Document:
    return document.model_copy(update={"front_matter_lines": {}})


class InMemorySuggestions:
    """`SuggestionStore` in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, Suggestion] = {}

    def save(self, suggestion: Suggestion) -> None:
        json_text(suggestion, f"suggestion {suggestion.id!r}")
        self._kept[suggestion.id] = suggestion

    def get(self, suggestion_id: str) -> Suggestion:
        if suggestion_id not in self._kept:
            raise NotFound(f"there is no suggestion {suggestion_id!r}")
        return self._kept[suggestion_id]

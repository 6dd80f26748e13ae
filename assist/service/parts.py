"""What the use cases are made of: one adapter per port, chosen by wiring."""

from dataclasses import dataclass

from assist.ports import (
    Clock,
    Embedder,
    KnowledgeStore,
    LexicalIndex,
    Source,
    SuggestionStore,
    VectorIndex,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The ports of one workspace."""

    knowledge: KnowledgeStore
    suggestions: SuggestionStore
    vectors: VectorIndex
    lexical: LexicalIndex
    embedder: Embedder
    source: Source
    clock: Clock
    workspace: str

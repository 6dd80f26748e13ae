"""What the use cases are made of: one adapter per port, chosen by wiring."""

from dataclasses import dataclass

from assist.ports import (
    CaseStore,
    Catalogue,
    Chat,
    Checkpoints,
    Clock,
    ConsultationStore,
    Embedder,
    FeedbackStore,
    GrantStore,
    JobStore,
    KeyStore,
    KnowledgeStore,
    LanguageDetector,
    LexicalIndex,
    PartIndex,
    Redactor,
    Source,
    SuggestionStore,
    Uploads,
    VectorIndex,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The ports of one workspace. `home` names where its indexes are, to tell builders apart."""

    knowledge: KnowledgeStore
    suggestions: SuggestionStore
    grants: GrantStore
    consultations: ConsultationStore
    cases: CaseStore
    checkpoints: Checkpoints
    feedback: FeedbackStore
    catalogue: Catalogue
    vectors: VectorIndex
    parts: PartIndex
    lexical: LexicalIndex
    embedder: Embedder
    detector: LanguageDetector
    redactor: Redactor
    source: Source
    clock: Clock
    jobs: JobStore
    keys: KeyStore
    uploads: Uploads
    workspace: str
    home: str
    chat: Chat | None = None
    """A language model, where one is set."""

"""What the use cases are made of: one adapter per port, chosen by wiring."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assist.ports import (
    ApprovalStore,
    AuditLog,
    CaseStore,
    Catalogue,
    Chat,
    Checkpoints,
    Clock,
    ConsultationStore,
    Embedder,
    ErrandStore,
    EscalatedStore,
    EvalRunStore,
    FeedbackStore,
    GapStore,
    GrantStore,
    Helpdesk,
    HostTokens,
    IdentityProvider,
    JobStore,
    KeyStore,
    KnowledgeStore,
    LanguageDetector,
    LexicalIndex,
    NoticeStore,
    PartIndex,
    Redactor,
    SessionStore,
    Source,
    SpendingStore,
    StatementIndex,
    SuggestionStore,
    Timers,
    Uploads,
    UpstreamStore,
    VectorIndex,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The ports of one workspace. `home` names where its indexes are, to tell builders apart."""

    knowledge: KnowledgeStore
    suggestions: SuggestionStore
    grants: GrantStore
    consultations: ConsultationStore
    escalated: EscalatedStore
    approvals: ApprovalStore
    cases: CaseStore
    checkpoints: Checkpoints
    notices: NoticeStore
    timers: Timers
    errands: ErrandStore
    feedback: FeedbackStore
    eval_runs: EvalRunStore
    gaps: GapStore
    upstream: UpstreamStore
    catalogue: Catalogue
    vectors: VectorIndex
    parts: PartIndex
    statements: StatementIndex
    lexical: LexicalIndex
    embedder: Embedder
    detector: LanguageDetector
    redactor: Redactor
    source: Source
    clock: Clock
    jobs: JobStore
    keys: KeyStore
    sessions: SessionStore
    audit: AuditLog
    uploads: Uploads
    spending: SpendingStore
    workspace: str
    home: str
    chat: Chat | None = None
    """A language model, where one is set."""
    provider: IdentityProvider | None = None
    """Where people sign in, where one is set."""
    host_tokens: HostTokens | None = None
    """What reads the tokens of a helpdesk, where one is set."""
    helpdesks: Mapping[str, Helpdesk] = field(default_factory=dict)
    """Where tickets live, by the names that they have in the settings."""

"""What the records of cases are read from."""

from dataclasses import dataclass

from assist.ports import (
    ApprovalStore,
    CaseStore,
    ConsultationStore,
    EscalatedStore,
    GrantStore,
    KnowledgeStore,
    Redactor,
    SuggestionStore,
    UpstreamStore,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """What a record is read from, beside whoever owns the home: no index and no model."""

    knowledge: KnowledgeStore
    suggestions: SuggestionStore
    cases: CaseStore
    consultations: ConsultationStore
    grants: GrantStore
    escalated: EscalatedStore
    approvals: ApprovalStore
    upstream: UpstreamStore
    redactor: Redactor

"""What the core needs from the outside world: small protocols in domain types, a file each."""

from assist.ports.approvals import ApprovalStore, Deciding
from assist.ports.audit import AuditLog
from assist.ports.bulk import Bulk, Work
from assist.ports.cases import CaseStore, Checkpoints
from assist.ports.chat import Chat
from assist.ports.clock import Clock
from assist.ports.consultations import ConsultationStore
from assist.ports.embedding import Embedder, PartVectors, Read, Vectors
from assist.ports.errands import ErrandStore
from assist.ports.escalated import EscalatedStore
from assist.ports.eval_runs import EvalRunStore
from assist.ports.feedback import FeedbackStore
from assist.ports.gap_store import GapPage, GapStore
from assist.ports.grants import Booking, GrantStore
from assist.ports.helpdesks import Helpdesk
from assist.ports.indexes import (
    Catalogue,
    LexicalIndex,
    Progress,
    Ranked,
    Runs,
    ScopeRun,
    Search,
    VectorIndex,
)
from assist.ports.jobs import JobStore
from assist.ports.keys import KeyStore
from assist.ports.knowledge import KnowledgeStore
from assist.ports.notices import NoticeStore
from assist.ports.parts import PartIndex
from assist.ports.records import Records
from assist.ports.sign_in import HostTokens, IdentityProvider, SessionStore
from assist.ports.sources import Reading, Source
from assist.ports.spending import SpendingStore
from assist.ports.statements import Kept, StatementIndex, StatementVectors
from assist.ports.suggestions import SuggestionStore
from assist.ports.telemetry import Telemetry
from assist.ports.timers import Attend, Timers
from assist.ports.uploads import Upload, Uploads
from assist.ports.upstream import UpstreamStore
from assist.ports.words import LanguageDetector, Redactor

__all__ = [
    "ApprovalStore",
    "Attend",
    "AuditLog",
    "Booking",
    "Bulk",
    "CaseStore",
    "Catalogue",
    "Chat",
    "Checkpoints",
    "Clock",
    "ConsultationStore",
    "Deciding",
    "Embedder",
    "ErrandStore",
    "EscalatedStore",
    "EvalRunStore",
    "FeedbackStore",
    "GapPage",
    "GapStore",
    "GrantStore",
    "Helpdesk",
    "HostTokens",
    "IdentityProvider",
    "JobStore",
    "Kept",
    "KeyStore",
    "KnowledgeStore",
    "LanguageDetector",
    "LexicalIndex",
    "NoticeStore",
    "PartIndex",
    "PartVectors",
    "Progress",
    "Ranked",
    "Read",
    "Reading",
    "Records",
    "Redactor",
    "Runs",
    "ScopeRun",
    "Search",
    "SessionStore",
    "Source",
    "SpendingStore",
    "StatementIndex",
    "StatementVectors",
    "SuggestionStore",
    "Telemetry",
    "Timers",
    "Upload",
    "Uploads",
    "UpstreamStore",
    "VectorIndex",
    "Vectors",
    "Work",
]

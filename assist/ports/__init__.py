"""What the core needs from the outside world: small protocols in domain types, a file each."""

from assist.ports.cases import CaseStore, Checkpoints
from assist.ports.chat import Chat
from assist.ports.clock import Clock
from assist.ports.consultations import ConsultationStore
from assist.ports.embedding import Embedder, PartVectors, Read, Vectors
from assist.ports.feedback import FeedbackStore
from assist.ports.grants import Booking, GrantStore
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
from assist.ports.parts import PartIndex
from assist.ports.records import Records
from assist.ports.sources import Reading, Source
from assist.ports.suggestions import SuggestionStore
from assist.ports.uploads import Upload, Uploads
from assist.ports.words import LanguageDetector, Redactor

__all__ = [
    "Booking",
    "CaseStore",
    "Catalogue",
    "Chat",
    "Checkpoints",
    "Clock",
    "ConsultationStore",
    "Embedder",
    "FeedbackStore",
    "GrantStore",
    "JobStore",
    "KeyStore",
    "KnowledgeStore",
    "LanguageDetector",
    "LexicalIndex",
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
    "Source",
    "SuggestionStore",
    "Upload",
    "Uploads",
    "VectorIndex",
    "Vectors",
]

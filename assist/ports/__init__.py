"""What the core needs from the outside world: small protocols in domain types, a file each."""

from assist.ports.clock import Clock
from assist.ports.consultations import ConsultationStore
from assist.ports.embedding import Embedder, Vectors
from assist.ports.grants import Booking, GrantStore
from assist.ports.indexes import LexicalIndex, Progress, Search, VectorIndex
from assist.ports.jobs import JobStore
from assist.ports.knowledge import KnowledgeStore
from assist.ports.records import Records
from assist.ports.sources import Reading, Source
from assist.ports.suggestions import SuggestionStore
from assist.ports.uploads import Upload, Uploads
from assist.ports.words import LanguageDetector, Redactor

__all__ = [
    "Booking",
    "Clock",
    "ConsultationStore",
    "Embedder",
    "GrantStore",
    "JobStore",
    "KnowledgeStore",
    "LanguageDetector",
    "LexicalIndex",
    "Progress",
    "Reading",
    "Records",
    "Redactor",
    "Search",
    "Source",
    "SuggestionStore",
    "Upload",
    "Uploads",
    "VectorIndex",
    "Vectors",
]

"""The reply: sentences with their kind, their support and the quotes they rest on; promises."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model

SentenceKind = Literal["fact", "promise", "question", "courtesy"]
Support = Literal["supported", "inferred", "unsupported", "none"]
Flag = Literal["over_authority", "personal_data", "changed_value", "foreign_link", "untimely"]


class Citation(Model):
    """A tie to a passage: `quote` stands in it verbatim, white space folded."""

    passage_id: str
    document_id: str
    quote: str


class Sentence(Model):
    """One sentence of a draft."""

    text: str
    kind: SentenceKind
    support: Support = "none"
    flags: tuple[Flag, ...] = ()
    citations: tuple[Citation, ...] = ()


class Draft(Model):
    """A reply ready to send; `text` is its sentences laid out in paragraphs and lists."""

    text: str
    sentences: tuple[Sentence, ...]


class Promise(Model):
    """A commitment with a due time: who will do what, by when."""

    text: str
    who: str
    what: str
    due: datetime | None = None

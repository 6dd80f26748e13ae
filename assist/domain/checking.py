"""What a reply may rest on, and what a check of it finds, sentence by sentence."""

from assist.domain.base import Model, Unit
from assist.domain.draft import Sentence


class Source(Model):
    """A passage a sentence may rest on; `text` is its Markdown."""

    passage_id: str
    document_id: str
    text: str
    heading: str = ""


class CheckedSentence(Model):
    """A sentence with what was found out about it.

    `probability` is that the sources support it, 1 where it states nothing; `why` is for a person.
    """

    sentence: Sentence
    probability: Unit
    why: tuple[str, ...] = ()


class DraftCheck(Model):
    """A checked reply. `support` is the probability that every factual sentence is supported."""

    support: Unit
    sentences: tuple[CheckedSentence, ...]

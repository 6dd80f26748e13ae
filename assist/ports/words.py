"""What is done with texts outside the core: taking persons out of them, telling languages."""

from collections.abc import Mapping
from typing import Protocol


class Redactor(Protocol):
    """Takes what identifies a person out of a text."""

    def redact(self, text: str, known: Mapping[str, str]) -> str:
        """The text with placeholders such as `<EMAIL_1>`; equal values get equal placeholders.

        `known` is what the ticket itself says about the person: value -> type, for example
        `{"Ana Lima": "NAME"}`.
        """
        ...


class LanguageDetector(Protocol):
    """Tells languages apart. The same text always gives the same."""

    def likely(self, text: str) -> Mapping[str, float]:
        """A probability per ISO 639-1 code, the likeliest first."""
        ...

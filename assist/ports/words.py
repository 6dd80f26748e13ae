"""What is done with texts outside the core: taking persons out of them, telling languages."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

Privacy = Literal["strict", "standard", "off"]
"""How much is hidden from a language model.

`standard`: what has the shape of personal data and what the ticket says about its customer;
`strict`: also what may be anyone's name or number, and every link; `off`: nothing.
"""


class Restored(NamedTuple):
    """A text with its values back; `mangled` is every piece that only looks like a placeholder.

    A mangled piece stands in the text as it came, and the sentence around it must not be used.
    """

    text: str
    mangled: tuple[str, ...]


class Veil(Protocol):
    """Hides the texts of one suggestion from a model, and restores what comes back.

    A value has the same placeholder in all texts; another spelling of it has the same number:
    `<EMAIL_1>`, `<EMAIL_1_2>`. Restoring a hidden text gives exactly the text it was made of.
    """

    def hide(self, text: str) -> str:
        """The text with placeholders for its personal data."""
        ...

    def restore(self, text: str) -> Restored:
        """The text with its values back; a bent placeholder is reported, never guessed."""
        ...


class Redactor(Protocol):
    """Takes what identifies a person out of a text."""

    def redact(self, text: str, known: Mapping[str, str]) -> str:
        """The text with placeholders such as `<EMAIL_1>`; equal values get equal placeholders.

        `known` is what the ticket itself says about the person: value -> type, for example
        `{"Ana Lima": "NAME"}`.
        """
        ...

    def veil(self, known: Mapping[str, str]) -> Veil:
        """A veil for the texts of one suggestion; `known` as for `redact`."""
        ...


class LanguageDetector(Protocol):
    """Tells languages apart. The same text always gives the same."""

    def likely(self, text: str) -> Mapping[str, float]:
        """A probability per ISO 639-1 code, the likeliest first."""
        ...

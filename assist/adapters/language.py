"""Text -> how likely each language is, by py3langid: byte n-grams and naive Bayes, in the package.

Deterministic, no download, no native code. 41 of its 131 languages take part: with all of them
fewer short messages are told with certainty, 143 of 171 instead of 160 (ADR 0011).
"""

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from assist.domain.language import NAMES

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]


class NaiveBayesLanguages:
    """A `LanguageDetector`. The model (90 MB in memory, a second) loads at the first text."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def likely(self, text: str) -> dict[str, float]:
        """A probability per ISO 639-1 code, the likeliest first; they sum to 1."""
        with self._lock:
            identifier = self._identifier
        return {code: float(value) for code, value in identifier.rank(text)}

    @cached_property
    def _identifier(self) -> "LanguageIdentifier":
        from py3langid.langid import MODEL_FILE, LanguageIdentifier  # unpacks its model

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        identifier.set_languages(NAMES)
        return identifier

"""Text -> personal data as presidio's recognizers see it: numbers of persons with a checksum.

Importing presidio takes about 8 s, since it brings spaCy, torch and transformers: it is imported
when the first text is read that may hold something, never before.
"""

import re
import threading
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from assist.adapters.privacy.spans import Found
from assist.adapters.privacy.windows import windows

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

TYPES = {
    "CRYPTO": "WALLET",
    "UK_NINO": "TAX",
    "UK_DRIVING_LICENCE": "LICENSE",
    "IT_FISCAL_CODE": "TAX",
    "PERSON": "PERSON",
    "LOCATION": "PLACE",
    "ORGANIZATION": "ORGANIZATION",
}
"""Presidio's types -> ours; the last three come from a model of named entities alone."""
WORTH_A_LOOK = re.compile(r"[A-Za-z0-9]{16}|[A-Za-z]{2} ?\d\d ?\d\d ?\d\d", re.ASCII)
"""Every find of a recognizer we take has one of these in it; a window without one is not read."""
SURE = 0.5
"""Score from which a find counts: presidio's own for a shape that is rare, 1.0 with a checksum."""


class PresidioFinder:
    """Finds what the recognizers above find, and with `ner_model` names of people and places.

    `ner_model`: the name or folder of a spaCy model that is installed; it is never downloaded.
    """

    def __init__(self, ner_model: str | None = None) -> None:
        self._ner_model = ner_model
        self._lock = threading.Lock()

    def load(self) -> None:
        """Import and build everything, which takes seconds. Raises `BadSetting` for the model."""
        with self._lock:
            _ = self._engine

    def find(self, text: str) -> Iterator[Found]:
        """Everything found, window by window; spans may overlap. Raises `BadSetting`."""
        for offset, piece in windows(text):
            if not self._ner_model and not WORTH_A_LOOK.search(piece):
                continue
            self.load()
            last = offset + len(piece) == len(text)
            for result in self._engine.analyze(piece, "en", score_threshold=SURE):
                # The neighboring window holds what an edge cuts.
                cut = (offset and result.start == 0) or (not last and result.end == len(piece))
                if not cut and (kind := TYPES.get(result.entity_type)):
                    yield Found(offset + result.start, offset + result.end, kind)

    @cached_property
    def _engine(self) -> "AnalyzerEngine":
        from assist.adapters.privacy.presidio_engine import engine

        return engine(self._ner_model)

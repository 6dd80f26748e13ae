"""The adapter of `ports.Redactor`: what is looked for at each level of privacy."""

from collections.abc import Iterator, Mapping

from assist.adapters.privacy.presidio import PresidioFinder
from assist.adapters.privacy.redaction import redact
from assist.adapters.privacy.shapes import by_guess, by_shape
from assist.adapters.privacy.spans import Found
from assist.adapters.privacy.veil import OpenVeil, PatternVeil
from assist.ports.words import Privacy, Veil


class PatternRedactor:
    """Takes persons out of texts: for good in `redact`, until the answer comes in `veil`.

    `privacy` is how much a veil hides; `redact` always takes out what can be told by shape.
    `ner_model` is a spaCy model, by name or folder, for `strict`.
    """

    def __init__(self, privacy: Privacy = "standard", ner_model: str | None = None) -> None:
        self._privacy = privacy
        self._ner_model = ner_model if privacy == "strict" else None
        self._presidio = PresidioFinder(self._ner_model)

    def load(self) -> None:
        """Load what veils need, which takes seconds at the first time. Raises `BadSetting`."""
        if self._privacy != "off":
            self._presidio.load()

    def redact(self, text: str, known: Mapping[str, str]) -> str:
        """The text with a placeholder for each value; equal values get equal placeholders."""
        return redact(text, known).text

    def veil(self, known: Mapping[str, str]) -> Veil:
        """A veil for one suggestion. Raises `BadSetting` for a model that is absent."""
        if self._ner_model:
            self.load()  # now, and not in the middle of a suggestion
        return OpenVeil() if self._privacy == "off" else PatternVeil(self.find, known)

    def find(self, text: str) -> Iterator[Found]:
        """What a veil hides of a text about whose customer nothing is known; spans may overlap."""
        if self._privacy == "off":
            return
        yield from by_shape(text)
        yield from self._presidio.find(text)
        if self._privacy == "strict":
            yield from by_guess(text)

"""Presidio's analyzer with the recognizers we take. Importing this file takes about 8 s.

Taken are recognizers that need no word beside the number and read 10 kB of any text in
milliseconds. Left out after measuring: links (3.3 s for 10 kB), telephone numbers (.24 s),
insurance members (.8 s) and Indian tax cards (1 s), which are slow; cards, e-mail, IBAN, IP and MAC
addresses, social security and Spanish identity cards, where ours find no less; and those that are
weak without a word nearby, since a blank pipeline has no lemmas, so presidio gets no words from it.

Nothing is downloaded: the recognizer of e-mail, which fetches a list of suffixes, is not among
these, and a model that is not installed is an error.
"""

from pathlib import Path

import spacy
from presidio_analyzer import (
    AnalyzerEngine,
    ContextAwareEnhancer,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
    predefined_recognizers,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine, NoOpNlpEngine, SpacyNlpEngine

from assist.errors import BadSetting

RECOGNIZERS = (
    "CryptoRecognizer",
    "UkNinoRecognizer",
    "UkDrivingLicenceRecognizer",
    "ItFiscalCodeRecognizer",
)


class _ScoresAsTheyAre(ContextAwareEnhancer):
    """Looks at no words. Presidio's own copies every find deeply, even where it has no words."""

    def __init__(self) -> None:
        super().__init__(0, 0, 0, 0)

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """The results."""
        return raw_results


def engine(ner_model: str | None) -> AnalyzerEngine:
    """The analyzer, with a model of named entities if one is given. Raises `BadSetting`."""
    names = [*RECOGNIZERS, *(["SpacyRecognizer"] if ner_model else [])]
    recognizers = [getattr(predefined_recognizers, name)(supported_language="en") for name in names]
    without_model = NoOpNlpEngine([{"lang_code": "en", "model_name": "none"}])
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognizers, supported_languages=["en"]),
        nlp_engine=_named_entities(ner_model) if ner_model else without_model,
        supported_languages=["en"],
        context_aware_enhancer=_ScoresAsTheyAre(),
    )


def _named_entities(model: str) -> NlpEngine:
    """The pipeline of an installed model. Presidio's own loading would download what is absent."""
    if not (spacy.util.is_package(model) or Path(model).is_dir()):
        raise BadSetting(
            f"there is no spaCy model {model!r} on this machine",
            where="ASSIST_NER_MODEL",
            cure="install the model's package or give the folder that holds it, or unset it",
        )
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": model}])
    try:
        engine.load()
    except (OSError, ValueError) as error:
        raise BadSetting(
            f"the spaCy model {model!r} cannot be loaded: {error}",
            where="ASSIST_NER_MODEL",
            cure="give a model made for the installed spaCy, or unset it",
        ) from error
    return engine

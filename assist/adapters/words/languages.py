"""Languages -> what tantivy makes of their words: stems, and which of them say nothing.

A passage is indexed by the stems of its own language; a query is stemmed for every language the
index holds, because nobody says which one it is in. English is read without accents before it is
stemmed. In other languages accents carry endings, so their words are stemmed first, and what that
gives for the word as it is typed without accents is indexed beside it (`plain_stems`).
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import tantivy

from assist.domain.language import base

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""ISO 639-1 -> tantivy's name of its stemmer. Words of other languages are indexed as they are."""
PLAIN = ""
"""Stands for the languages without a stemmer."""
WITHOUT_LIST = frozenset({"ar", "el", "ro", "ta", "tr", PLAIN})
"""Languages without a list of function words: there only rarity keeps these from weighing much."""
FUNCTION_WORDS = (
    "a about above after again all also am an and any are aren as at be because been before being "
    "below between both but by can cannot could couldn d did didn do does doesn doing don down "
    "during each either else ever every few for from further get gets getting got had hadn has "
    "hasn have haven having he hello her here hers herself hi him himself his how i if in into is "
    "isn it its itself just ll m me more most much must my myself no nor not now of off on once "
    "one only or other our ours ourselves out over own per please quite rather re really s same "
    "shall she should shouldn since so some still such t than thank thanks that the their theirs "
    "them themselves then there these they this those though through to too under until up upon "
    "us ve very was wasn we were weren what when where whether which while who whom whose why "
    "will with won would wouldn yet you your yours yourself yourselves"
)
"""English words that say nothing about a subject: they are indexed, and weigh little in a query.
For other languages tantivy has lists of its own."""
WORD_BYTES = 60
"""Longer words are data, not words."""

Form = tuple[str, ...]
"""What a word may stand in the index as."""


@lru_cache(maxsize=1000)
def stemmed_as(language: str) -> str:
    """The key of `STEMMERS` for a language tag, or `PLAIN`."""
    code = base(language)
    return code if code in STEMMERS else PLAIN


@cache
def _words() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    long = tantivy.Filter.remove_long(WORD_BYTES)
    return builder.filter(long).filter(tantivy.Filter.lowercase()).build()


@cache
def _stems(language: str) -> tantivy.TextAnalyzer:
    if language == "en":
        return _plain_stems(language)
    return _stemmed(_parted(), language).filter(tantivy.Filter.ascii_fold()).build()


@cache
def _plain_stems(language: str) -> tantivy.TextAnalyzer:
    return _stemmed(_parted().filter(tantivy.Filter.ascii_fold()), language).build()


@cache
def _survivors(language: str) -> tantivy.TextAnalyzer:
    if language in WITHOUT_LIST:
        return _parted().build()
    if language == "en":
        own = tantivy.Filter.custom_stopword(FUNCTION_WORDS.split())
        return _parted().filter(own).build()
    return _parted().filter(tantivy.Filter.stopword(STEMMERS[language])).build()


def words(text: str) -> list[str]:
    """The words of `text` in lower case, in order."""
    return _words().analyze(text)


def forms(given: Sequence[str], languages: Iterable[str]) -> list[Form]:
    """What each of these words, in lower case, may stand in the index as; the likeliest first."""
    analyzers = [_stems(language) for language in languages]
    analyzers += [_plain_stems(language) for language in languages if language != "en"]
    columns = [_analyzed(given, analyzer) for analyzer in analyzers]
    return [tuple(dict.fromkeys(row)) for row in zip(*columns, strict=True)]


def stems(given: Sequence[str], language: str) -> list[str]:
    """The stems of these words, in lower case, in one language, without its function words."""
    return _analyzed(content_of(given, language), _stems(language))


def content_of(given: Sequence[str], language: str) -> list[str]:
    """These words, in lower case, without the function words of a language."""
    return _survivors(language).analyze(" ".join(given))


def function_words(given: Sequence[str], languages: Iterable[str]) -> frozenset[str]:
    """Those of these words, in lower case, that are function words in English or one of these."""
    lists = {"en", *languages} - WITHOUT_LIST
    said = [frozenset(given).difference(content_of(given, language)) for language in lists]
    return frozenset().union(*said)


def _parted() -> tantivy.TextAnalyzerBuilder:
    """For words that were told apart and put in lower case before."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())


def _stemmed(builder: tantivy.TextAnalyzerBuilder, language: str) -> tantivy.TextAnalyzerBuilder:
    if language == PLAIN:
        return builder
    return builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))


def _analyzed(given: Sequence[str], analyzer: tantivy.TextAnalyzer) -> list[str]:
    """A term for each word; one of which nothing is left, as of an ending alone, stays itself."""
    terms = analyzer.analyze(" ".join(given))
    return [term or word for word, term in zip(given, terms, strict=True)]

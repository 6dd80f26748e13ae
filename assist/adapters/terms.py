"""Text -> the terms the lexical index knows: stemmed words, and codes kept whole."""

import re
from functools import cache

import tantivy

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
"""Words that say nothing about a subject: they are indexed, and weigh little in a query."""
WORD_BYTES = 60
"""Longer words are data, not words."""
CODE_CHARACTERS = 64

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_RUN = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_CODE = re.compile(r"(?!\d+-[^\W\d_]{3,}$)(?=.*\d)(?=.*[^\W\d_])", re.DOTALL)
"""A letter and a digit, but not a number and a word, as in `30-day`."""
_SQUEEZED = re.compile(r"[-_]+")


def stemming() -> tantivy.TextAnalyzer:
    """Words, lower-cased, without accents, stemmed as English."""
    return _words().filter(tantivy.Filter.stemmer("english")).build()


@cache
def _content() -> tantivy.TextAnalyzer:
    words = _words().filter(tantivy.Filter.custom_stopword(FUNCTION_WORDS.split()))
    return words.filter(tantivy.Filter.stemmer("english")).build()


@cache
def _every_word() -> tantivy.TextAnalyzer:
    return stemming()


def _words() -> tantivy.TextAnalyzerBuilder:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(WORD_BYTES))
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())


def words(text: str) -> list[str]:
    """The stems of all words of `text`, in order."""
    return _every_word().analyze(_encodable(text))


@cache
def function_stems() -> frozenset[str]:
    """The stems of `FUNCTION_WORDS`."""
    return frozenset(words(FUNCTION_WORDS))


def content_words(text: str) -> list[str]:
    """The stems of the words of `text` that are about something, in order.

    Codes, single characters and numbers below 100 are left out.
    """
    found = _content().analyze(_RUN.sub(_blank_code, _encodable(text).translate(_DASHES)))
    return [word for word in found if len(word) > 2 or (len(word) > 1 and not word.isdigit())]


def codes(text: str) -> list[str]:
    """The codes in `text`, in order: runs of letters and digits, with inner `-`, `_` and `.`.

    Upper and lower case are one, and so are `E-217`, `e_217` and `E217`.
    """
    found = _RUN.findall(text.translate(_DASHES))
    return [_squeezed(run) for run in found if _is_code(run)]


def _is_code(run: str) -> bool:
    return len(run) <= CODE_CHARACTERS and _CODE.match(run) is not None


def _squeezed(run: str) -> str:
    return _SQUEEZED.sub("", run).lower()


def _blank_code(match: re.Match[str]) -> str:
    return " " if _is_code(match.group()) else match.group()


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no index takes, as one `?` each."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")

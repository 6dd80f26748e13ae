"""Ticket -> the language of most of the customer's own words, told only where it is sure.

To call an English ticket foreign does more harm than the reverse: it would get no answer. So a
language other than the knowledge base's is named only where that one is out of the question.
"""

import re
from collections.abc import Iterator, Mapping

from assist.domain.base import Model
from assist.domain.language import NAMES, Lack, LanguageSource, TicketLanguage, base
from assist.domain.ticket import Ticket
from assist.language.sentences import sentences
from assist.ports import LanguageDetector
from assist.understanding.turns import current_turn, whole_conversation


class Bars(Model):
    """From which probability on a language is told. Measured in ADR 0011."""

    sure: float = 0.7
    """Of the language with its kin, which short texts cannot tell apart."""
    house: float = 0.1
    """Of the knowledge base's language, at most, for the ticket to be in another."""
    script: float = 0.3
    """Of the language, where letters that are not Latin have already ruled out most."""
    leaning: float = 0.3
    """Of the knowledge base's language, for a few words to outweigh the customer's locale."""
    part: float = 0.2
    """Share of the words in a further language that makes it worth saying."""
    most: float = 0.5
    """Share of the words that must be in the knowledge base's language, or out of it, where the
    whole leaves a doubt."""
    words: int = 3
    """Words of a sentence, at least, to tell its language: two may be a name."""


BARS = Bars()
KIN = (
    frozenset({"da", "no", "sv"}),
    frozenset({"cs", "sk"}),
    frozenset({"hr", "sl", "sr"}),
    frozenset({"ca", "es", "pt"}),
)
READ = 5_000
"""Characters looked at: a page tells the language as well as a book does."""
MULTILINGUAL = "multilingual"

_NO_LANGUAGE = re.compile(r"https?://\S+|\S+@\S+|[!-~]*\d[!-~]*|[“\"„«][^“\"„”»\n]{1,200}[”\"“»]")
"""Links, addresses, codes, and what is quoted: error messages are in the app's language."""
_WORD = re.compile(r"[^\W\d_]+")
_DENSE = re.compile(r"[぀-ヿ㐀-鿿가-힯฀-๿]")
"""Letters of scripts without spaces between words: two make about one word."""
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]")


class Abilities(Model):
    """The languages one generation can be answered in, by what each part of an answer needs.

    `house` is the one most articles are written in; the company's YAML files are in it too.
    `articles` are the languages of the articles a reply may quote, `embedder` those the model
    reads (empty: nobody has said), `wording` those we have the sentences around facts in.
    """

    house: str = "en"
    articles: tuple[str, ...] = ()
    embedder: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()

    def lacks(self, code: str) -> tuple[Lack, ...]:
        """What is missing for an answer in this language; empty where nothing is.

        Of a model whose languages are not known, it is held to read the house's alone: that is
        what the company chose it for.
        """
        read = self.embedder or (self.house,)
        held: dict[Lack, bool] = {
            "articles": code == self.house or code in self.articles,
            "embedder": code in read or MULTILINGUAL in read,
            "wording": code in self.wording,
        }
        return tuple(part for part, has in held.items() if not has)


class _Told(Model):
    code: str
    confidence: float
    also: tuple[str, ...] = ()


def language_of(ticket: Ticket, detector: LanguageDetector, abilities: Abilities) -> TicketLanguage:
    """The ticket's language: by its latest customer messages, then by more of it, else a guess."""
    house, turn = abilities.house, current_turn(ticket)
    for text in (turn, f"{ticket.subject or ''}\n{turn}", whole_conversation(ticket)):
        if told := _told(text, detector, house):
            return _meaning(told, "detected", abilities)
    likely = detector.likely(_own_words(turn) or turn)
    locale = base(ticket.customer.locale or "")
    if locale in NAMES and locale != house and not _leans(likely, house, locale):
        return _meaning(_Told(code=locale, confidence=likely.get(locale, 0.0)), "locale", abilities)
    return _meaning(_Told(code=house, confidence=likely.get(house, 0.0)), "assumed", abilities)


def _leans(likely: Mapping[str, float], house: str, locale: str) -> bool:
    """Whether a few words speak for the knowledge base's language rather than the locale's."""
    return likely.get(house, 0.0) >= max(BARS.leaning, likely.get(locale, 0.0))


def _meaning(told: _Told, source: LanguageSource, abilities: Abilities) -> TicketLanguage:
    """What the language means for the reply: in itself where we have words for it."""
    doubtful = source == "detected" and told.code != abilities.house
    doubtful = doubtful and told.confidence < BARS.sure
    doubt: tuple[Lack, ...] = ("certainty",) if doubtful else ()
    fallback = abilities.house if abilities.house in abilities.wording else "en"
    spoken = told.code in abilities.wording and not doubtful
    return TicketLanguage(
        code=told.code,
        confidence=round(told.confidence, 4),
        source=source,
        also=told.also,
        reply=told.code if spoken else fallback,
        lacks=(*abilities.lacks(told.code), *doubt),
    )


def _told(text: str, detector: LanguageDetector, house: str) -> _Told | None:
    """The language of most words, and those of a good part of them; none where unsure."""
    own = _own_words(text)
    if not own:
        return None
    parts = _by_language(own, detector, house)
    words = {code: _size(part) for code, part in parts.items()}
    whole = _sure(own, detector, house)
    code = max(words, key=lambda c: (words[c], c == house, c), default=None)
    on_its_side = [words[c] for c in words if (c == house) == (code == house)]
    few = sum(on_its_side) < BARS.most * _size(own)
    if code is None or few or (whole and len(parts) < 2):
        return _Told(code=whole, confidence=detector.likely(own)[whole]) if whole else None
    also = [c for c in words if c != code and words[c] >= BARS.part * _size(own)]
    confidence = detector.likely(parts[code])[code]
    return _Told(code=code, confidence=confidence, also=tuple(sorted(also)))


def _by_language(own: str, detector: LanguageDetector, house: str) -> dict[str, str]:
    """The sentences whose language is sure, as one text per language."""
    found: dict[str, list[str]] = {}
    for part in _parts(own):
        if _size(part) >= BARS.words and (code := _sure(part, detector, house)):
            found.setdefault(code, []).append(part)
    return {code: "\n".join(parts) for code, parts in found.items()}


def _sure(text: str, detector: LanguageDetector, house: str) -> str | None:
    """The language of a text where there is hardly a doubt."""
    likely = detector.likely(text)
    code = max(likely, key=lambda c: likely[c])
    if code != house and likely.get(house, 0.0) > BARS.house:
        return None
    if not _mostly_latin(text) and likely[code] >= BARS.script:
        return code
    kin = next((group for group in KIN if code in group), frozenset({code})) - {house}
    return code if sum(likely.get(c, 0.0) for c in kin | {code}) >= BARS.sure else None


def _own_words(text: str) -> str:
    """Without what tells no language; the text itself where hardly a word would be left."""
    read = text[:READ]
    bare = _NO_LANGUAGE.sub(" ", read)
    kept = bare if _size(bare) >= 2 else read
    return kept.strip() if _WORD.search(kept) else ""


def _parts(text: str) -> Iterator[str]:
    """Lines and sentences, which a writer does not mix languages in as a rule."""
    for line in text.splitlines():
        yield from (span.text for span in sentences(line) if _WORD.search(span.text))


def _size(text: str) -> float:
    """How many words, about."""
    dense = len(_DENSE.findall(text))
    return len(_WORD.findall(_DENSE.sub(" ", text))) + dense / 2


def _mostly_latin(text: str) -> bool:
    letters = sum(map(len, _WORD.findall(text)))
    return 2 * len(_LATIN.findall(text)) >= letters

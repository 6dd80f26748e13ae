"""Sentences -> where a rule of `rules.yaml` is met."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.understanding.injection.findings import Finding
from assist.understanding.injection.lexicon import Pattern, classes_of, lexicon

SENTENCE = 200
"""Words of a sentence, at most: what goes on for longer is read as several."""
BEFORE = 4
"""Words before an order in which somebody is named who does it."""
PER_RULE = 3
"""Findings of one reason in one text: whoever repeats himself a thousand times is told thrice."""

_LETTER = r"0-9A-Za-zÀ-ɏͰ-ϿЀ-ӿԱ-ևא-ת؀-ۿ\u0900-\u0dff\u0e00-\u0e7fႠ-ჿḀ-ỿ가-힯_"
_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>\"')\]]{1,2000}|www\.[^\s<>\"')\]]{1,200})"
    r"|(?P<mail>(?<![\w+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,3}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
    rf"|(?P<word>[{_LETTER}]+(?:['’-][{_LETTER}]+){{0,3}})"
    r"|(?P<unspaced>[぀-ヿ㐀-鿿]+)"
    r"|(?P<end>[.!?…]+(?=[\s\"'”’)\]]|$)|[。！？]|\n[ \t\r]*\n)"
    r"|(?P<quote>[\"“”«»])"
)
_FIRST, _LAST = frozenset({"FIRST"}), frozenset({"LAST"})
_URL, _EMAIL, _QUOTE = frozenset({"URL"}), frozenset({"EMAIL"}), frozenset({"QUOTE"})


class Token(NamedTuple):
    """A word or mark with its classes; `start == end` for the two ends of a sentence."""

    start: int
    end: int
    classes: frozenset[str]


_OTHER = Token(0, 0, frozenset())
"""A word of no class: it only counts, so one stands for all."""


def in_words(text: str) -> Iterator[Finding]:
    """Where the plain words of a text meet a rule."""
    told: dict[str, int] = {}
    for sentence in sentences(text):
        for finding in _met(sentence, told):
            told[finding.reason] = told.get(finding.reason, 0) + 1
            yield finding


def sentences(text: str) -> Iterator[list[Token]]:
    """The sentences that hold a word of some class, each between its two ends."""
    sentence, classed = [Token(0, 0, _FIRST)], False
    for match in _TOKEN.finditer(text):
        kind, (start, end) = match.lastgroup, match.span()
        if kind == "end" or len(sentence) > SENTENCE:
            if classed:
                yield [*sentence, Token(start, start, _LAST)]
            sentence, classed = [Token(end, end, _FIRST)], False
        if kind == "word":
            if classes := classes_of(match.group()):
                classed = True
                sentence.append(Token(start, end, classes))
            else:
                sentence.append(_OTHER)
        elif kind == "unspaced":
            found = _unspaced(match.group(), start)
            classed = classed or bool(found)
            sentence += found
        elif kind != "end":
            mark = _URL if kind == "url" else _EMAIL if kind == "mail" else _QUOTE
            sentence.append(Token(start, end, mark))
    if classed:
        yield [*sentence, Token(len(text), len(text), _LAST)]


def _unspaced(run: str, offset: int) -> list[Token]:
    """The known words of a run without spaces; what lies between them is left out."""
    return [
        Token(offset + m.start(), offset + m.end(), classes_of(m.group()))
        for m in lexicon().unspaced.finditer(run)
    ]


def _met(sentence: Sequence[Token], told: dict[str, int]) -> Iterator[Finding]:
    patterns = lexicon().patterns
    here = frozenset[str]().union(*{token.classes for token in sentence})
    tried = {
        pattern.number: pattern
        for name in here
        for pattern in patterns.get(name, ())
        if told.get(pattern.reason, 0) < PER_RULE
        and not pattern.unless & here
        and all(step.classes & here for step in pattern.steps)
    }
    for pattern in tried.values():
        if span := _first_match(pattern, sentence):
            yield Finding(*span, pattern.reason)


def _first_match(pattern: Pattern, sentence: Sequence[Token]) -> tuple[int, int] | None:
    first = pattern.steps[0].classes
    for at, token in enumerate(sentence):
        if not first & token.classes:
            continue
        last = _end_of(pattern, sentence, at)
        if last is None or (pattern.order and not _is_order(sentence, at)):
            continue
        within = frozenset[str]().union(*(t.classes for t in sentence[at : last + 1]))
        if not pattern.not_within & within:
            return token.start, sentence[last].end
    return None


def _end_of(pattern: Pattern, sentence: Sequence[Token], at: int) -> int | None:
    """The last word of the match that begins at this word, each next word taken at the nearest."""
    for gap, classes in pattern.steps[1:]:
        reach = min(at + 2 + gap, len(sentence))
        following = next((n for n in range(at + 1, reach) if classes & sentence[n].classes), None)
        if following is None:
            return None
        at = following
    return at


def _is_order(sentence: Sequence[Token], at: int) -> bool:
    """Whether nobody is named before the verb who does it: “I ignored …” is a report."""
    for token in reversed(sentence[max(0, at - BEFORE) : at]):
        if "SUBJECT" in token.classes:
            return False
        if "SKIPPED" not in token.classes:
            return True
    return True

"""Phrases in a text: where a customer says one of these things, and where they deny it.

A phrase is a few plain words. It is met without regard to case and light inflection ("smoke" in
"smoking"); an article in it stands for any determiner or none ("speak to a manager" is met in
"speak to your manager"). Time is linear in the text.
"""

import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assist.language.remembered import remembered
from assist.language.words import Word, singular, split, stem, words

ARTICLES = frozenset({"a", "an", "the"})
DETERMINERS = ARTICLES | frozenset(
    {"my", "your", "our", "their", "his", "her", "its", "this", "that", "these", "those"}
    | {"some", "any", "another", "one"}
)
FILLERS = frozenset(
    {"really", "very", "just", "actually", "even", "literally", "please", "also", "already", "now"}
    | {"quite", "totally", "completely", "absolutely", "suddenly", "me", "us"}
)
"""Words that may stand between those of a phrase and change nothing: “charged me twice”."""

NEGATORS = frozenset(
    {"no", "not", "never", "none", "without", "neither", "nor", "cannot", "nothing", "nobody"}
    | {"dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "werent", "wont", "cant"}
    | {"hasnt", "havent", "hadnt", "couldnt", "wouldnt", "shouldnt"}
)
HARMLESS_AFTER_NEGATOR = frozenset(
    {"believe", "know", "understand", "only", "just", "mention", "wonder", "idea", "sure", "doubt"}
    | {"stop", "stopped", "stopping", "wait", "matter", "long", "longer"}
)
"""“I can't believe it caught fire” and “it won't stop sparking” deny nothing."""
CLAUSE_OPENERS = frozenset(
    {"but", "and", "however", "because", "since", "although", "though", "so", "then", "when"}
    | {"while", "after", "before", "until", "unless", "if", "where", "who", "which", "why"}
)
"""A denial does not reach across these."""
UNCOUNTED = (
    FILLERS
    | DETERMINERS
    | frozenset(
        {"is", "it", "was", "are", "were", "be", "been", "being", "there", "i", "we", "has", "have"}
    )
)
DENIAL_REACH = 3
"""Counted words between a negator and what it denies: “don't need to [speak to a manager]”."""
NOT_NEEDED = frozenset({"needed", "necessary", "required", "wanted", "involved"})


class Mention(NamedTuple):
    """A phrase as it stands: `text == source[start:end]`."""

    start: int
    end: int
    text: str
    phrase: str


class _Pattern(NamedTuple):
    phrase: str
    stems: tuple[str, ...]
    open_before: tuple[bool, ...]
    """Whether an article stands before the word of the same position."""


def find(phrases: Sequence[str], text: str, not_phrases: Sequence[str] = ()) -> tuple[Mention, ...]:
    """Where `text` says one of `phrases` and does not deny it, in order, without overlaps.

    A mention that overlaps one of `not_phrases` does not count; these are read narrowly, with only
    the plural folded, since what they exclude is lost.
    """
    met = _matches(phrases, text, not_phrases)
    if not met:  # as nearly always
        return ()
    told = words(text)
    return tuple(mention for mention, at in met if not _denied(told, at, mention))


def mentions(
    phrases: Sequence[str], text: str, not_phrases: Sequence[str] = ()
) -> tuple[Mention, ...]:
    """As `find`, denied or not: what the text is about rather than what it states."""
    return tuple(mention for mention, _ in _matches(phrases, text, not_phrases))


def _matches(
    phrases: Sequence[str], text: str, not_phrases: Sequence[str]
) -> list[tuple[Mention, int]]:
    """Mentions with the position of their first word."""
    found = _scan(tuple(phrases), text, stem)
    if not found:
        return []
    told = words(text)
    excluded = {
        position
        for first, last, _ in _scan(tuple(not_phrases), text, singular)
        for position in range(first, last + 1)
    }
    kept: list[tuple[Mention, int]] = []
    end = -1
    for first, last, phrase in found:
        if first <= end or not excluded.isdisjoint(range(first, last + 1)):
            continue
        start, stop = told[first].start, told[last].end
        kept.append((Mention(start, stop, text[start:stop], phrase), first))
        end = last
    return kept


def _scan(
    phrases: tuple[str, ...], text: str, fold: Callable[[str], str]
) -> list[tuple[int, int, str]]:
    """(first word, last word, phrase) of every match, in order, the longest of a place first."""
    patterns_by_first, places = _compiled(phrases, fold), _places(text, fold)
    if patterns_by_first.keys().isdisjoint(places.keys()):  # as nearly always
        return []
    met = patterns_by_first.keys() & places.keys()
    told = words(text)
    found = [
        (position, last, pattern.phrase)
        for first_stem in met
        for position in places[first_stem]
        for pattern in patterns_by_first[first_stem]
        if (last := _end_of(pattern, told, position, fold)) is not None
    ]
    return sorted(found, key=lambda f: (f[0], -f[1]))


def _places(text: str, fold: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """Where each folded word stands; many lists of phrases are looked up in one text."""
    return _stems_at(text) if fold is stem else _singulars_at(text)


@remembered(512)
def _stems_at(text: str) -> dict[str, tuple[int, ...]]:
    return _folded_at(text, stem)


@remembered(512)
def _singulars_at(text: str) -> dict[str, tuple[int, ...]]:
    return _folded_at(text, singular)


def _folded_at(text: str, fold: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for position, word in enumerate(words(text)):
        places.setdefault(fold(word.form), []).append(position)
    return {folded: tuple(positions) for folded, positions in places.items()}


@functools.lru_cache(maxsize=1024)
def _compiled(
    phrases: tuple[str, ...], fold: Callable[[str], str]
) -> dict[str, tuple[_Pattern, ...]]:
    """Patterns by their first stem."""
    by_first: dict[str, tuple[_Pattern, ...]] = {}
    for phrase in dict.fromkeys(phrases):
        forms = [word.form for word in split(phrase)]
        kept = [n for n, form in enumerate(forms) if form not in ARTICLES] or list(
            range(len(forms))
        )
        if not kept:
            continue
        stems = tuple(fold(forms[n]) for n in kept)
        opens = tuple(n > 0 and n - 1 not in kept for n in kept)
        pattern = _Pattern(phrase, stems, opens)
        by_first[stems[0]] = (*by_first.get(stems[0], ()), pattern)
    return by_first


def _end_of(
    pattern: _Pattern, told: tuple[Word, ...], first: int, fold: Callable[[str], str]
) -> int | None:
    """The last word of the match that begins at `first`, if there is one."""
    if pattern.open_before[0] and (first == 0 or told[first - 1].form not in DETERMINERS):
        return None
    at = first
    for wanted, after_article in zip(pattern.stems[1:], pattern.open_before[1:], strict=True):
        at += 1
        skippable = FILLERS | DETERMINERS if after_article else FILLERS
        while at < len(told) and fold(told[at].form) != wanted and told[at].form in skippable:
            at += 1
        if at >= len(told) or fold(told[at].form) != wanted or _crosses(told, first, at):
            return None
    return at


def _crosses(told: tuple[Word, ...], first: int, last: int) -> bool:
    return any(word.after for word in told[first + 1 : last + 1])


def _denied(told: tuple[Word, ...], first: int, mention: Mention) -> bool:
    """Whether a negator reaches the mention; a phrase that negates in itself is never denied."""
    if _negates_in_itself(mention.phrase):
        return False
    return _denied_before(told, first) or _denied_after(told, first, mention.end)


@functools.lru_cache(maxsize=4096)
def _negates_in_itself(phrase: str) -> bool:
    return any(_negates(word.form) for word in split(phrase))


def _denied_before(told: tuple[Word, ...], first: int) -> bool:
    counted = 0
    for at in range(first - 1, -1, -1):
        word = told[at]
        if told[at + 1].after or word.form in CLAUSE_OPENERS or counted >= DENIAL_REACH:
            return False
        if _negates(word.form):
            return told[at + 1].form not in HARMLESS_AFTER_NEGATOR and not _asked_why(told, at)
        counted += word.form not in UNCOUNTED
    return False


def _asked_why(told: tuple[Word, ...], at: int) -> bool:
    """“Why can't I speak to …” and “if I don't hear …” ask for it."""
    return any(word.form in ("why", "if", "unless") for word in told[max(0, at - 2) : at])


def _denied_after(told: tuple[Word, ...], first: int, end: int) -> bool:
    following = [word for word in told[first : first + 16] if word.start >= end][:4]
    forms = [word.form for word in following]
    return any(map(_negates, forms[:2])) and any(form in NOT_NEEDED for form in forms[1:])


def _negates(form: str) -> bool:
    return form in NEGATORS or form.endswith("n't")

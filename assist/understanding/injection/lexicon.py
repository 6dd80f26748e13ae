"""`words/*.yaml` and `rules.yaml` -> classes of words, and the rules over them.

A class is written in capitals; a word in small letters within a rule is a class of its own.
Words are compared without case and accents.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

import yaml
from pydantic import Field

from assist.domain.base import Model

_FOLDER = files("assist.understanding.injection")
_GAP = re.compile(r"\.\.(\d{1,2})$")
_UNSPACED = re.compile("[぀-ヿ㐀-鿿]")


class Step(NamedTuple):
    """One of these classes, after at most `gap` other words."""

    gap: int
    classes: frozenset[str]


class Rule(Model):
    """A kind of attempt, with the patterns that show it; see `rules.yaml`."""

    reason: str
    patterns: tuple[str, ...]
    order: bool = False
    unless: frozenset[str] = Field(default_factory=frozenset)
    not_within: frozenset[str] = Field(default_factory=frozenset)


class Pattern(NamedTuple):
    """One pattern with what its rule says."""

    number: int
    steps: tuple[Step, ...]
    reason: str
    order: bool
    unless: frozenset[str]
    not_within: frozenset[str]


class Lexicon(NamedTuple):
    """Words, beginnings of words, and patterns by the class of their first word."""

    words: dict[str, frozenset[str]]
    beginnings: dict[str, frozenset[str]]
    patterns: dict[str, tuple[Pattern, ...]]
    longest: int
    """Characters of the longest beginning."""
    unspaced: re.Pattern[str]
    """The words of scripts that put no space between them."""


def fold(word: str) -> str:
    """A word without case and accents."""
    lower = word.casefold().replace("’", "'")
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFD", lower)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


@functools.cache
def lexicon() -> Lexicon:
    """The packaged words and rules, read once."""
    rules = [Rule.model_validate(row) for row in yaml.safe_load(_read("rules.yaml"))]
    parsed = [(rule, steps) for rule in rules for text in rule.patterns for steps in _parse(text)]
    patterns = [
        Pattern(number, steps, rule.reason, rule.order, rule.unless, rule.not_within)
        for number, (rule, steps) in enumerate(parsed)
    ]
    words: dict[str, set[str]] = {}
    for name, word in _listed():
        words.setdefault(fold(word), set()).add(name)
    named = {c for p in patterns for s in p.steps for c in s.classes}
    for rule in rules:
        named |= rule.unless | rule.not_within
    for literal in named:
        if not literal.isupper():
            words.setdefault(literal, set()).add(literal)
    by_class: dict[str, tuple[Pattern, ...]] = {}
    for pattern in patterns:
        for name in pattern.steps[0].classes:
            by_class[name] = (*by_class.get(name, ()), pattern)
    unspaced = sorted((w for w in words if _UNSPACED.match(w)), key=len, reverse=True)
    return Lexicon(
        words={w: frozenset(names) for w, names in words.items() if not w.endswith("*")},
        beginnings={w[:-1]: frozenset(names) for w, names in words.items() if w.endswith("*")},
        longest=max(len(w) - 1 for w in words if w.endswith("*")),
        patterns=by_class,
        unspaced=re.compile("|".join(map(re.escape, unspaced))),
    )


@functools.lru_cache(maxsize=50_000)
def classes_of(word: str) -> frozenset[str]:
    """The classes a word is in; most are in none."""
    folded, known = fold(word[:40]).strip("_"), lexicon()
    found = known.words.get(folded, frozenset())
    found |= known.words.get(folded.removesuffix("'s"), frozenset())
    for length in range(2, min(len(folded), known.longest) + 1):
        found |= known.beginnings.get(folded[:length], frozenset())
    if "_" in folded:
        found |= {"TOOL_NAME"}
    return found


def _read(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")


def _listed() -> Iterator[tuple[str, str]]:
    for file in sorted(_FOLDER.joinpath("words").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            for name, row in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                yield from ((name, word) for word in str(row).split())


def _parse(text: str) -> Iterator[tuple[Step, ...]]:
    """The steps of a pattern, once with and once without each part that need not be there."""
    parts = text.split()
    optional = next((n for n, part in enumerate(parts) if part.endswith("?")), None)
    if optional is not None:
        yield from _parse(" ".join(parts[:optional] + parts[optional + 1 :]))
        yield from _parse(text.replace("?", "", 1))
        return
    steps: list[Step] = []
    gap = 0
    for part in parts:
        if match := _GAP.match(part):
            gap = int(match.group(1))
            continue
        steps.append(Step(gap, frozenset(part.split("|"))))
        gap = 0
    yield tuple(steps)

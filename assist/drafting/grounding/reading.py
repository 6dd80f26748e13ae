"""Text -> what a comparison needs of it: its words by root, values, clauses and small words."""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assist.drafting.grounding.cues import (
    CONDITIONS,
    DENYING,
    DUTIES,
    NEGATORS,
)
from assist.drafting.grounding.filler import FILLER
from assist.drafting.grounding.measures import Value
from assist.drafting.grounding.roots import listed, root
from assist.drafting.grounding.synonyms import SYNONYMS
from assist.drafting.grounding.values import values
from assist.language.words import Word, split

STOP = frozenset(
    listed(
        """
a an the and or but of to in on at by for from with as is are was were be been being it its
this that these those there here he she they them their his her him i you your we our us my
me do does did has have had having will would shall can could may might must should so than
then too very also just such which who whom whose what when where while if because into out
up off over under about again both each other some any all no not nor only own same s t d ll
ve re m don now please yes well oh how why more most am im one after before since once
during whether until unless till without within except first last otherwise although though
even still always never sometimes often usually however therefore instead rather else yet
ever already again away back yourself myself itself themselves every either neither nobody
nothing everything something anything everybody somebody anybody everyone someone anyone via
per between through around along upon onto toward towards against
"""
    )
)
LIGHT = frozenset(
    root(word)
    for word in listed(
        """
get take give come go make do have need want ask tell say let keep put use start begin find
look see show know try help work like happen become stay follow hold reach mean count call
set time way thing case kind sort lot bit number be new able possible right well part place
point side end same different other next following available order request contain include
regard relate apply require provide allow check note remember know learn offer support cost
charge receive arrive send bring move change exist refer mention list describe state explain
specific certain general main various several many much few currently simply really quite
actually directly easily immediately
"""
    )
)
"""Roots that a paraphrase adds and drops freely."""
_BREAKING = CONDITIONS | frozenset({"but", "whereas", "then", "so", "since", "even", "as"})
_CONTRACTED = re.compile(r"(?:n't|'(?:re|ve|ll|d|m))$")
UNREAD = 400
"""Words of one sentence or statement that are read; the rest of a longer one counts as unread."""
LONGEST = 4_000
"""Characters of one sentence or statement that are read."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word or value. `key` is what it is compared by; `content`: it carries meaning."""

    at: int
    form: str
    key: str
    clause: int
    content: bool
    named: bool
    light: bool = False
    base: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of terms up to a comma or a word that opens another clause."""

    terms: tuple[Term, ...]
    opener: str
    keys: frozenset[str]
    """Keys of its content terms that are no values."""
    denials: int
    """Negators and words that deny in themselves."""
    negators: int
    duties: frozenset[str]
    forms: frozenset[str]

    def __hash__(self) -> int:
        return hash(self.forms)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, read. `keys` are those of all its terms, `content` those that carry meaning."""

    text: str
    terms: tuple[Term, ...]
    clauses: tuple[Clause, ...]
    keys: frozenset[str]
    content: frozenset[str]
    values: tuple[Value, ...]
    forms: frozenset[str]
    bases: frozenset[str]
    """Roots as they stand, synonyms apart."""

    def __hash__(self) -> int:
        # What is found in a reading is kept by it; to hash all its terms each time took a fifth.
        return hash(self.text)


@functools.lru_cache(maxsize=20_000)
def read(text: str) -> Reading:
    """The reading of one sentence or statement; kept, since passages are read again and again."""
    words = split(text[:LONGEST])[:UNREAD]
    found = values(text[: words[-1].end if words else 0])
    terms = _terms(text, words, found)
    return reading_of(text, terms)


def reading_of(text: str, terms: Sequence[Term]) -> Reading:
    """The reading made of these terms."""
    return Reading(
        text=text,
        terms=tuple(terms),
        clauses=_clauses(terms),
        keys=frozenset(t.key for t in terms),
        content=frozenset(t.key for t in terms if t.content),
        values=tuple(t.value for t in terms if t.value is not None),
        forms=frozenset(t.form for t in terms),
        bases=frozenset(t.base for t in terms),
    )


def read_all(text: str) -> Reading:
    """The reading of a whole text, of which only words and values are asked for."""
    words = split(text[:READ_WHOLE])
    forms = frozenset(w.form for w in words)
    keys = frozenset(SYNONYMS.get(r, r) for r in map(root, forms))
    return Reading(text, (), (), keys, keys, values(text[:READ_WHOLE]), forms, keys)


READ_WHOLE = 20_000
"""Characters of what the customer wrote that are read."""


def _terms(text: str, words: Sequence[Word], found: Sequence[Value]) -> tuple[Term, ...]:
    """Words in order; those within a value are one term; a clause number to each."""
    terms: list[Term] = []
    pending = list(found)[::-1]
    clause, previous = 0, None
    for at, word in enumerate(words):
        while pending and pending[-1].end <= word.start:
            pending.pop()
        value = pending[-1] if pending and pending[-1].start < word.end else None
        opens = word.form in _BREAKING and terms and terms[-1].form not in _BREAKING
        if at and (word.after or (opens and not _limits(word, pending))):
            inside = value is not None and value is previous
            clause += not inside
        if value is not None and value is previous:
            continue
        if value is not None and _numbers_a_name(text, terms, value):
            name = terms.pop()
            key = f"{name.key} {value.plain or value.text}"
            terms.append(Term(name.at, f"{name.form} {value.text}", key, name.clause, True, True))
        else:
            term = _term(text, word, value, clause)
            pointed = bool(terms) and terms[-1].form in ("this", "these", "that", "such")
            terms.append(replace(term, light=True) if pointed and not term.named else term)
        previous = value
    return tuple(terms)


def _limits(word: Word, pending: Sequence[Value]) -> bool:
    """“open until 20:00” is one clause: the value goes with what stands before it."""
    ahead = pending[-1].start - word.end if pending else -1
    return word.form in _LIMITS and 0 < ahead <= _BESIDE


_LIMITS = frozenset({"until", "till", "before", "after", "since"})
_BESIDE = 5
"""Characters from such a word to its value: “until the 5th”."""


def _numbers_a_name(text: str, terms: Sequence[Term], value: Value) -> bool:
    """“Camera 3” is a name: a capitalized word, a space and a bare number."""
    if not terms or value.measure != "number" or not value.plain or terms[-1].value is not None:
        return False
    name = terms[-1]
    beside = text[name.at + len(name.form) : value.start] == " "
    capital = text[name.at : name.at + 1].isupper() and name.key not in STOP
    return beside and capital and len(value.text) <= 4 and name.form not in _NO_NAMES


_PRONOUN = frozenset({"i", "i'm", "i'll", "i've", "i'd"})
_NO_NAMES = frozenset(
    listed(
        """
within after before until up least most step wait over under about
"""
    )
)


def _term(text: str, word: Word, value: Value | None, clause: int) -> Term:
    if value is not None:
        key = f"={value.measure}:{value.size}"
        return Term(
            word.start, value.text.lower(), key, clause, content=True, named=False, value=value
        )
    first = text[word.start : word.start + 1]
    begins = word.start == 0 or text[max(0, word.start - 2) : word.start].strip() in (
        ".",
        ":",
        "“",
        '"',
    )
    named = first.isupper() and not begins
    short = word.form.removesuffix("'s")
    content = (short not in STOP and not _CONTRACTED.search(word.form)) or (
        named and word.form not in _PRONOUN
    )
    base = "u.s" if text[word.start : word.end] == "US" else root(word.form)
    light = (base in LIGHT or base in FILLER) and not named
    key = SYNONYMS.get(base, base)
    return Term(word.start, word.form, key, clause, content, named, light, base=base)


def _clauses(terms: Sequence[Term]) -> tuple[Clause, ...]:
    parts: dict[int, list[Term]] = {}
    for term in terms:
        parts.setdefault(term.clause, []).append(term)
    return tuple(_clause(part) for part in parts.values())


def _clause(terms: Sequence[Term]) -> Clause:
    forms = [t.form for t in terms]
    pairs = {f"{a}-{b}" for a, b in itertools.pairwise(forms)}
    negators = sum(negates(form) for form in forms)
    return Clause(
        terms=tuple(terms),
        opener="if" if pairs & _WORDY_IF else forms[0] if forms[0] in CONDITIONS else "",
        keys=frozenset(t.key for t in terms if t.content and t.value is None),
        denials=negators + sum(t.base in DENYING for t in terms),
        negators=negators,
        duties=frozenset(DUTIES[f] for f in (*forms, *pairs) if f in DUTIES),
        forms=frozenset(forms) | ({"if"} if pairs & _WORDY_IF else set()),
    )


_WORDY_IF = frozenset({"as-long", "so-long", "in-case", "on-condition", "other-than", "apart-from"})


def negates(form: str) -> bool:
    """Whether a word denies what follows it."""
    return form in NEGATORS or form.endswith("n't")

"""A text -> what its words, its pairs of neighboring words and its codes add to a score."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import tantivy

from assist.adapters.words.languages import Form, forms, function_words, stems, words
from assist.adapters.words.terms import pairs
from assist.adapters.words.text import codes, readable
from assist.adapters.words.typos import may_be_typo, meant
from assist.adapters.words.writing import schema

QUERY_TERMS = 256
"""Distinct words of a query that are looked up, the rarest. For whole conversations nDCG@10 of the
bank is .314 at 64, .371 at 128, and .393 from 256 on."""
QUERY_OTHERS = 64
"""Pairs of words that are looked up, the rarest, and codes."""
QUERY_TYPOS = 8
"""Unknown words for which what was meant is looked up, the first."""


class Boosts(NamedTuple):
    """How much a match counts beside one of a content word in the body.

    Set on four retrieval sets, two of them again with whole conversations as queries: nDCG@10 by
    document is .281 on the bank (.392 conversations), .381 on cloud documentation (.303), .876 on
    the FAQ and .821 on product manuals, .509 on average.

    Without pairs the average is .500: they give .016 on the bank, .021 on the documentation and
    .013 on the manuals, and cost .002 on the FAQ; from .15 to .4 they do alike. As phrases, scored
    by the rarity of their words and not by their own, they gave half of it. Without a title it is
    .498, at .3 .508. Function words at 0 cost .005 on the FAQ, at .2 .013 on the bank. Headings in
    a field of their own gave nothing at any weight. BM25 itself is tantivy's, with k1 1.2 and b
    .75; .9 to 2.0 and .4 to .9 were no better on average.

    With a slip in one to three words of each query it falls to .456, and to .497 where what was
    meant is looked up; queries as they are neither gain nor lose by it.
    """

    title: float = 0.2
    code: float = 1.5
    pair: float = 0.25
    function_word: float = 0.1
    typo: float = 0.75


BOOSTS = Boosts()

Part = tuple[tantivy.Occur, tantivy.Query]


class Word(NamedTuple):
    """The terms a word stands in the index as, how many passages hold it, and its weight."""

    terms: Form
    frequency: int
    weight: float
    typed: str = ""
    """The word as it was typed, where no passage holds it and these were taken for it."""


def known(searcher: tantivy.Searcher, form: Form) -> dict[str, int]:
    """The terms of a word that passages hold, with how many do, the most frequent first."""
    counts = {term: searcher.doc_freq("body", term) for term in form}
    held = sorted((term for term in form if counts[term]), key=lambda term: -counts[term])
    return {term: counts[term] for term in held}


def looked_up(passages: tantivy.Searcher, languages: Sequence[str], text: str) -> tuple[Word, ...]:
    """The rarest known words of `text`; one said often weighs more, but ever less so."""
    counts = Counter(words(readable(text)))
    empty = function_words(list(counts), languages)
    found, slips = [], 0
    for word, form in zip(counts, forms(list(counts), languages), strict=True):
        weight = 1.0 + math.log(counts[word])
        held = known(passages, form)
        if held:
            weight *= BOOSTS.function_word if word in empty else 1.0
        elif slips < QUERY_TYPOS and may_be_typo(word):
            slips += 1
            held = dict.fromkeys(meant(passages, form), 1)
            weight *= BOOSTS.typo
        if held:
            slip = word if set(held).isdisjoint(form) else ""
            found.append(Word(tuple(held), max(held.values()), weight, slip))
    return tuple(sorted(found, key=lambda word: (word.frequency, word.terms))[:QUERY_TERMS])


def of_passages(
    passages: tantivy.Searcher, languages: Sequence[str], text: str, known_words: Sequence[Word]
) -> list[Part]:
    """The parts of the query for `text`, of which the known words were looked up."""
    said = words(readable(text))
    beside = {pair for language in languages for pair in pairs(stems(said, language)).split()}
    return [
        *_word_parts(known_words),
        *_rarest(passages, "pair", beside, BOOSTS.pair),
        *_rarest(passages, "code", set(codes(text)), BOOSTS.code),
    ]


def _word_parts(known_words: Sequence[Word]) -> Iterator[Part]:
    for word in known_words:
        for field, boost in (("body", 1.0), ("title", BOOSTS.title)):
            yield tantivy.Occur.Should, _any(field, word.terms, word.weight * boost)


def _rarest(
    searcher: tantivy.Searcher, field: str, terms: set[str], boost: float
) -> Iterator[Part]:
    frequency = {term: searcher.doc_freq(field, term) for term in terms}
    held = sorted((count, term) for term, count in frequency.items() if count)
    for _, term in held[:QUERY_OTHERS]:
        yield tantivy.Occur.Should, _any(field, (term,), boost)


def _any(field: str, terms: Form, boost: float) -> tantivy.Query:
    """A match of the best of these terms, in one field."""
    found = [tantivy.Query.term_query(schema(), field, term, "freq") for term in terms]
    best = found[0] if len(found) == 1 else tantivy.Query.disjunction_max_query(found)
    return tantivy.Query.boost_query(best, boost)

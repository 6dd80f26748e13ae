"""A `LexicalIndex` on disk by tantivy: BM25 over stemmed words, and codes matched whole."""

import math
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tantivy

from assist.adapters.generations import GenerationFolders
from assist.adapters.terms import codes, content_words, function_stems, stemming, words
from assist.domain.knowledge import Kind, Passage
from assist.errors import DiskFull, StoreUnavailable

HEAP_BYTES = 64_000_000
"""What the writer gathers before it writes a segment; one thread, so that builds are repeatable."""
NO_SPACE = ("No space left", "File too large", "Disk quota exceeded")
QUERY_TERMS = 64
"""Distinct words of a query that are looked up, the rarest; a whole mail has more than it needs."""


class Boosts(NamedTuple):
    """How much a match counts beside one of a content word in the body.

    Set on four retrieval sets (nDCG@10 by document: FAQ .87, product manuals .80, cloud
    documentation .36, bank .26). Function words at full weight cost .11 on the manuals and .13
    on the bank, left out .01 on the FAQ; a title at .6 costs .06 on the manuals, at 0 .02 on the
    documentation.
    """

    title: float = 0.2
    code: float = 1.5
    function_word: float = 0.1


BOOSTS = Boosts()


class TantivyLexical:
    """One index per generation below `path`. Raises `StoreUnavailable` and `DiskFull`."""

    def __init__(self, path: Path) -> None:
        self._folders = GenerationFolders(path)
        self._searchers: dict[str, tantivy.Searcher] = {}
        self._lock = threading.Lock()

    def build(self, generation: str, passages: Iterable[Passage]) -> None:
        """Write the generation beside the others; it becomes visible in one move."""
        with self._folders.staged(generation) as folder:
            try:
                _write(folder, passages)
            except ValueError as error:  # tantivy says all its troubles so
                raise _translated(error, folder) from error
        with self._lock:
            self._searchers.pop(generation, None)

    def has(self, generation: str) -> bool:
        """Whether the generation is there and complete."""
        return self._folders.has(generation)

    def search(self, generation: str, kind: Kind, text: str, limit: int) -> list[tuple[str, float]]:
        """(passage id, BM25 score), best first; equal scores in order of id.

        `text` is read as words and codes, whatever marks are in it.
        """
        searcher = self._searcher(generation)
        found = _query(searcher, kind, text)
        limit = min(limit, searcher.num_docs)  # it sets room aside for as many as are asked for
        if found is None or limit < 1:
            return []
        hits = searcher.search(found, limit, count=False).hits
        scored = [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in hits]
        return sorted(scored, key=lambda hit: (-hit[1], hit[0]))

    def rarity(self, generation: str, text: str) -> dict[str, float]:
        """Each content term of `text` -> how rare it is: 0 in every passage, 1 in none."""
        searcher = self._searcher(generation)
        rare = {word: _rarity(searcher, "body", word) for word in content_words(text)}
        return rare | {code: _rarity(searcher, "code", code) for code in codes(text)}

    def drop(self, keep: Sequence[str]) -> None:
        """Delete every generation but these."""
        with self._lock:
            self._searchers = {name: s for name, s in self._searchers.items() if name in keep}
        self._folders.drop(keep)

    def _searcher(self, generation: str) -> tantivy.Searcher:
        with self._lock:
            if generation not in self._searchers:
                self._searchers[generation] = _open(self._folders.folder(generation))
            return self._searchers[generation]


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("kind", "code"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="freq")
    for field in ("title", "body"):
        builder.add_text_field(field, tokenizer_name="stemming", index_option="freq")
    return builder.build()


def _write(folder: Path, passages: Iterable[Passage]) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("stemming", stemming())
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    try:
        for passage in passages:
            writer.add_document(_entry(passage))
        writer.commit()
    finally:
        writer.wait_merging_threads()  # it writes no more after this, whatever went wrong


def _entry(passage: Passage) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("id", passage.id)
    entry.add_text("kind", passage.kind)
    entry.add_text("title", " ".join([passage.title, *passage.headings]))
    entry.add_text("body", passage.reading)
    for code in codes(passage.reading):
        entry.add_text("code", code)
    return entry


def _open(folder: Path) -> tantivy.Searcher:
    try:
        return tantivy.Index.open(str(folder)).searcher()
    except ValueError as error:
        raise _translated(error, folder) from error


def _translated(error: ValueError, folder: Path) -> DiskFull | StoreUnavailable:
    if any(sign in str(error) for sign in NO_SPACE):
        return DiskFull(
            "no space left to write", cure="free some space and run it again", where=str(folder)
        )
    return StoreUnavailable(
        f"the lexical index failed: {error}", cure="run: assist index rebuild", where=str(folder)
    )


def _query(searcher: tantivy.Searcher, kind: Kind, text: str) -> tantivy.Query | None:
    """The query for the words and codes of `text`, or none where it holds nothing known."""
    should = [
        (tantivy.Occur.Should, _term(field, word, boost * weight))
        for word, weight in _looked_up(searcher, text)
        for field, boost in (("body", 1.0), ("title", BOOSTS.title))
    ]
    should += [
        (tantivy.Occur.Should, _term("code", code, BOOSTS.code)) for code in sorted({*codes(text)})
    ]
    if not should:
        return None
    of_kind = tantivy.Query.const_score_query(_term("kind", kind, 1.0), 0.0)
    return tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Must, of_kind),
            (tantivy.Occur.Must, tantivy.Query.boolean_query(should)),
        ]
    )


def _looked_up(searcher: tantivy.Searcher, text: str) -> list[tuple[str, float]]:
    """(stem, weight) of the rarest known words; one said often weighs more, but ever less so."""
    counts = Counter(words(text))
    frequency = {word: searcher.doc_freq("body", word) for word in counts}
    known = sorted((n, word) for word, n in frequency.items() if n)
    return [(word, _weight(word, counts[word])) for _, word in known[:QUERY_TERMS]]


def _weight(word: str, count: int) -> float:
    said = 1.0 + math.log(count)
    return said * BOOSTS.function_word if word in function_stems() else said


def _term(field: str, value: str, boost: float) -> tantivy.Query:
    query = tantivy.Query.term_query(_schema(), field, value, index_option="freq")
    return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)


def _rarity(searcher: tantivy.Searcher, field: str, value: str) -> float:
    """Inverse document frequency, scaled by that of a term in no passage."""
    passages = searcher.num_docs
    if not passages:
        return 1.0
    scale = math.log(passages + 1)
    return math.log((passages + 1) / (searcher.doc_freq(field, value) + 1)) / scale

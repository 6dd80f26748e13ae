"""Passages -> a tantivy index of their words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import tantivy

from assist.adapters.words.languages import PLAIN, stemmed_as
from assist.adapters.words.manifest import LAYOUT, PASSAGES, Manifest, checksums, sampled
from assist.adapters.words.terms import Reader, Terms, pairs
from assist.domain.knowledge import Passage
from assist.retrieval.rows import scope_runs

HEAP_BYTES = 128_000_000
"""What the writer gathers before it writes a segment: some 100,000 passages. One thread, so that
builds are repeatable and rows stand in order."""
LANGUAGES = 8
"""Languages with stems of their own, the most frequent: a query is stemmed for each of them."""


@cache
def schema() -> tantivy.Schema:
    """Words of `title` and `body`, their pairs, and codes; the `row`, and the `block` it is in.

    Nothing is stored: a hit is a row. Headings have no field of their own, because they gained
    nothing in one, at any weight; they are part of a passage's body.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True, indexed=True)
    builder.add_unsigned_field("block", indexed=True)
    for field in ("title", "body", "pair", "code"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write(folder: Path, passages: Sequence[Passage]) -> None:
    """Write the index and its manifest into an empty folder.

    Raises `OSError` and `ValueError`.
    """
    languages = _languages(passages)
    starts = tuple(run.start for run in scope_runs(passages))
    readers = {language: Reader(language) for language in languages}
    with _writer(folder) as writer:
        for block, (start, stop) in enumerate(pairwise([*starts, len(passages)])):
            for row in range(start, stop):
                passage = passages[row]
                read = _read(readers.get(stemmed_as(passage.language)) or readers[PLAIN], passage)
                writer.add_document(_entry(row, block, read))
    Manifest(
        layout=LAYOUT,
        count=len(passages),
        starts=starts,
        languages=languages,
        files=checksums(folder),
        sample=tuple(sampled(passages)),
    ).write(folder)


@contextmanager
def _writer(folder: Path) -> Iterator[tantivy.IndexWriter]:
    (folder / PASSAGES).mkdir()
    index = tantivy.Index(schema(), path=str(folder / PASSAGES))
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        with suppress(ValueError):  # the first error says what went wrong
            writer.wait_merging_threads()
        raise
    writer.wait_merging_threads()  # it writes no more after this


def _languages(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The languages to stem for, the most frequent first; never none."""
    counts = Counter(stemmed_as(passage.language) for passage in passages) or {PLAIN: 0}
    ordered = sorted(counts, key=lambda language: (-counts[language], language))
    others = ordered[LANGUAGES:] and [PLAIN]
    return tuple(dict.fromkeys([*ordered[:LANGUAGES], *others]))


class _Read(NamedTuple):
    """The terms of a passage: of its title, of title and headings, and of its text."""

    title: Terms
    path: Terms
    text: Terms


def _read(reader: Reader, passage: Passage) -> _Read:
    title = reader.read_often(passage.title)
    path = reader.read_often(passage.reading.removesuffix(passage.text).rstrip())
    return _Read(title, path, reader.read(passage.text))


def _entry(row: int, block: int, read: _Read) -> tantivy.Document:
    body = (read.path, read.text)
    entry = tantivy.Document()
    entry.add_unsigned("row", row)
    entry.add_unsigned("block", block)
    entry.add_text("title", read.title.words)
    entry.add_text("body", " ".join([terms.words for terms in body]))
    entry.add_text("pair", pairs([*read.path.content, *read.text.content]))
    entry.add_text("code", " ".join([terms.codes for terms in body]))
    return entry

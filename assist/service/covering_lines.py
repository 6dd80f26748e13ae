"""The lines of a generation with their vectors, made once and kept beside its statements'."""

import logging
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import Embedder, Progress, StatementIndex, StatementVectors, Vectors
from assist.retrieval.covering.lines import Line, lines
from assist.retrieval.one_byte import from_one_byte, in_one_byte
from assist.service.library import Library
from assist.service.parts import Parts

LOG = logging.getLogger(__name__)
AT_ONCE = 2_048
"""Lines embedded between two keepings: what a kill costs at most, some 20 seconds."""
FEW = 64
"""Texts up to which the engine that answers queries is the faster one."""

Which = Callable[[Passage], bool]


def is_said(passage: Passage) -> bool:
    """What a reader may find an answer in: articles and policies, for whomever; no canned reply."""
    return passage.kind in ("kb", "policy") and not passage.macro


def name_of(generation: str) -> str:
    """What a generation's lines are kept under."""
    return f"{generation}.lines"


def hand_on(parts: Parts, generation: str, passages: Iterable[Passage], lender: str) -> None:
    """Keep for a new generation the vectors of those lines that the `lender` has, too.

    Nothing where coverage was never asked there. The others are made when it is asked.
    """
    before = name_of(lender)
    if not lender or not parts.statements.has(before):
        return
    texts = dict.fromkeys(line.text for line in lines(p for p in passages if is_said(p)))
    parts.statements.build(name_of(generation), tuple(texts), parts.embedder.dimension, before)


def kept_lines(
    library: Library, which: Which, progress: Progress
) -> tuple[tuple[Line, ...], Vectors]:
    """The lines of these passages and a unit vector each.

    They are kept where this process may; one that reads beside the builder makes what is missing
    for itself.
    """
    found = lines(passage for passage in library.passages() if which(passage))
    texts = list(dict.fromkeys(line.text for line in found))
    rows = _vectors(library, texts, progress)
    place = {text: number for number, text in enumerate(texts)}
    return found, rows[[place[line.text] for line in found]]


def embed_each(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """A unit vector per text, by whichever engine is faster for so many."""
    if len(texts) <= FEW:
        return embedder.embed(texts)
    return embedder.embed_corpus(texts, [()] * len(texts), lambda _: None).vectors


def _vectors(library: Library, texts: Sequence[str], progress: Progress) -> Vectors:
    parts = library.parts
    index, name = parts.statements, name_of(library.generation.id)
    keeps = bool(texts) and _has_place(index, name, texts, parts.embedder.dimension)
    rows: Vectors = np.zeros((len(texts), parts.embedder.dimension), dtype=np.float32)
    missing = list(range(len(texts)))
    if keeps:
        kept = index.read(name, texts)
        rows[kept.there] = from_one_byte(kept.vectors[kept.there])
        missing = np.flatnonzero(~kept.there).tolist()
    for first in range(0, len(missing), AT_ONCE):
        progress("read the lines", first, len(missing))
        some = missing[first : first + AT_ONCE]
        numbers = in_one_byte(embed_each(parts.embedder, [texts[n] for n in some]))
        rows[some] = from_one_byte(numbers)  # as they are read again: the same run twice is equal
        keeps = keeps and _keep(index, name, [texts[n] for n in some], numbers)
    return rows


def _keep(
    index: StatementIndex, name: str, texts: Sequence[str], numbers: StatementVectors
) -> bool:
    """Whether they could be kept: a server that tidies up may have removed the place."""
    try:
        index.keep(name, texts, numbers)
    except StoreUnavailable as error:
        LOG.info("lines' vectors are kept no further: %s", error)
        return False
    return True


def _has_place(index: StatementIndex, name: str, texts: Sequence[str], dimension: int) -> bool:
    """Whether these texts have a place there, made now where this process may."""
    try:
        if not index.has(name) or index.faults(name) or index.without_place(name, texts):
            index.build(name, texts, dimension)
    except StoreUnavailable as error:
        LOG.info("lines' vectors are not kept: %s", error)
        return False
    return True

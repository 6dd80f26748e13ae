"""A generation's derived parts -> what is wrong with them: at a glance, or passage by passage."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assist.domain.knowledge import Passage
from assist.errors import Unavailable
from assist.ports import (
    Catalogue,
    LexicalIndex,
    PartIndex,
    Progress,
    StatementIndex,
    VectorIndex,
)
from assist.retrieval.parts import parts as parts_of
from assist.retrieval.rows import scope_runs
from assist.service.parts import Parts
from assist.service.stated import stated

Part = Literal["catalogue", "words", "vectors", "parts", "statements"]
NAMES: dict[Part, str] = {
    "catalogue": "the catalogue",
    "words": "the lexical index",
    "vectors": "the vector index",
    "parts": "the index of parts",
    "statements": "the index of statements",
}
COMPARED_AT_ONCE = 1_000
"""Passages read together from the catalogue when it is held to the store."""
SHOWN = 5
"""Passages named of those that are not found, and faults told of one part."""
EMBEDDED_AGAIN = 48
"""Passages whose stored vectors are held to fresh ones: about a second of work. An index whose
rows stand in another order fails on nearly all of them."""
SAME_TEXT = 0.9
"""Least cosine of a stored vector to a fresh one of the same text. The engines that embed agree
above .98; two passages of one article reach .9 only where they say nearly the same."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out about a part. `unfindable` are rows whose passages it does not find."""

    part: Part
    passages: int = 0
    """So many were looked at one by one."""
    faults: tuple[str, ...] = ()
    unfindable: tuple[int, ...] = ()
    missing: bool = False
    sampled: bool = False
    """Whether those looked at are a sample, spread evenly over all."""
    unread: int = 0
    """Statements whose vectors are still to be made: no fault, a server makes them as it serves."""
    worthless: bool = False
    """Whether nothing of it can be used again, although it is as it was written."""

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return not (self.missing or self.faults or self.unfindable)


def glance(parts: Parts, generation: str) -> dict[Part, Checked]:
    """What can be seen in milliseconds: whether each part is there, complete, and answers."""
    return {part: _glance_at(parts, generation, part) for part in NAMES}


def check(
    parts: Parts, generation: str, truth: Sequence[Passage], progress: Progress
) -> dict[Part, Checked]:
    """Every passage looked up in every part. `truth` are the store's, in the order of rows."""
    found = glance(parts, generation)
    if found["catalogue"].whole:
        found["catalogue"] = check_catalogue(parts, generation, truth, progress)
    rows = range(len(truth))
    if found["vectors"].whole:
        found["vectors"] = check_vectors(parts, generation, rows, progress)
    for part, texts in check_texts(parts, generation, truth).items():
        if found[part].whole and (part == "parts" or not texts.whole):
            found[part] = texts
    if found["statements"].whole:
        found["statements"] = check_statements(parts, generation, truth)
    if found["words"].whole:
        found["words"] = check_words(parts, generation, truth, rows, progress)
    return found


def check_catalogue(
    parts: Parts, generation: str, truth: Sequence[Passage], progress: Progress
) -> Checked:
    """The catalogue against the store: as many passages, the same in every row, found by id."""

    def look() -> Checked:
        catalogue = parts.catalogue
        faults = [*_counts(catalogue, generation, truth)]
        for first in range(0, 0 if faults else len(truth), COMPARED_AT_ONCE):
            rows = range(first, min(first + COMPARED_AT_ONCE, len(truth)))
            there = catalogue.passages(generation, rows)
            for row, passage in zip(rows, there, strict=True):
                if passage != truth[row] or catalogue.row(generation, truth[row].id) != row:
                    faults.append(f"{truth[row].id!r} is not what the store holds")
            progress("check the catalogue", rows.stop, len(truth))
        return Checked("catalogue", len(truth), tuple(faults))

    return _looked("catalogue", look)


def check_vectors(
    parts: Parts, generation: str, rows: Sequence[int], progress: Progress
) -> Checked:
    """Which of these rows their own vector does not find."""

    def look() -> Checked:
        lost = parts.vectors.unfindable(generation, rows, progress)
        return Checked("vectors", len(rows), unfindable=tuple(lost))

    return _looked("vectors", look)


def check_words(
    parts: Parts,
    generation: str,
    truth: Sequence[Passage],
    rows: Sequence[int],
    progress: Progress,
) -> Checked:
    """Which of these rows their own words do not find."""

    def look() -> Checked:
        lost = parts.lexical.unfindable(generation, {row: truth[row] for row in rows}, progress)
        return Checked("words", len(rows), unfindable=tuple(lost))

    return _looked("words", look)


def check_texts(parts: Parts, generation: str, truth: Sequence[Passage]) -> dict[Part, Checked]:
    """Whether what was embedded of an even sample is of the passages in their rows."""
    rows = sorted(
        {len(truth) * n // EMBEDDED_AGAIN for n in range(EMBEDDED_AGAIN)} if truth else ()
    )
    some = [truth[row] for row in rows]
    fresh = parts.embedder.embed_corpus(
        [passage.reading for passage in some], [parts_of(p) for p in some], lambda _: None
    )

    def vectors() -> Checked:
        stored = parts.vectors.vectors(generation, rows)
        return _of_the_texts("vectors", _strange(stored, fresh.vectors), len(rows), len(truth))

    def pieces() -> Checked:
        stored = parts.parts.parts(generation, rows)
        return _of_the_texts("parts", _strange(stored, fresh.parts), len(rows), len(truth))

    return {"vectors": _looked("vectors", vectors), "parts": _looked("parts", pieces)}


def check_statements(parts: Parts, generation: str, truth: Sequence[Passage]) -> Checked:
    """Whether each statement has its place, and each vector is as it was written and of its text.

    An even sample of those that are there is held to fresh ones.
    """

    def look() -> Checked:
        index, texts = parts.statements, list(dict.fromkeys(stated(truth)))
        homeless = len(index.without_place(generation, texts))
        unread = index.unread(generation)
        missing = set(index.missing(generation, texts))
        some = _evenly([text for text in texts if text not in missing])
        kept = index.read(generation, some).vectors
        strange = _strange(kept, parts.embedder.embed(some)) if some else 0
        said = {
            f"{homeless} statements have no place": homeless,
            f"{index.count(generation)} places are not for {len(texts)} statements": (
                index.count(generation) != len(texts) - homeless
            ),
            f"{len(missing) - unread} vectors were changed": len(missing) > unread,
            f"{strange} of {len(some)} vectors looked at are of other texts": strange,
        }
        faults = tuple(one for one, wrong in said.items() if wrong)
        return Checked(
            "statements", len(truth), faults=faults, unread=unread, worthless=bool(strange)
        )

    return _looked("statements", look)


def _evenly(texts: Sequence[str]) -> list[str]:
    """As many as are embedded again, spread evenly over these."""
    picked = {len(texts) * n // EMBEDDED_AGAIN for n in range(EMBEDDED_AGAIN)} if texts else ()
    return [texts[n] for n in sorted(picked)]


def _of_the_texts(part: Part, strange: int, rows: int, of: int) -> Checked:
    said = f"{strange} of {rows} vectors looked at are of other texts"
    return Checked(part, rows, sampled=rows < of, faults=(said,) if strange else ())


def _strange(stored: NDArray[Any], fresh: NDArray[Any]) -> int:
    """How many rows are less alike than `SAME_TEXT`; numbers that one lacks count as 0."""
    if not len(stored):
        return 0
    one, other = (rows.reshape(len(rows), -1).astype(np.float32) for rows in (stored, fresh))
    shared = min(one.shape[1], other.shape[1])
    products = np.einsum("nd,nd->n", one[:, :shared], other[:, :shared])
    least = SAME_TEXT * np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return int(np.sum(~(products >= least)))  # so that NaN is strange


def _glance_at(parts: Parts, generation: str, part: Part) -> Checked:
    derived: dict[Part, Catalogue | LexicalIndex | VectorIndex | PartIndex | StatementIndex] = {
        "catalogue": parts.catalogue,
        "words": parts.lexical,
        "vectors": parts.vectors,
        "parts": parts.parts,
        "statements": parts.statements,
    }
    one = derived[part]
    if not one.has(generation):
        return Checked(part, missing=True)
    return _looked(part, lambda: Checked(part, faults=one.faults(generation)))


def _counts(catalogue: Catalogue, generation: str, truth: Sequence[Passage]) -> Iterable[str]:
    there = catalogue.count(generation)
    if there != len(truth):
        yield f"it counts {there} passages, and the store {len(truth)}"
    elif catalogue.document_ids(generation) != tuple(dict.fromkeys(p.document_id for p in truth)):
        yield "its documents are not those of the store"
    elif catalogue.scopes(generation) != scope_runs(truth):
        yield "its scopes are not those of the store"


def _looked(part: Part, look: Callable[[], Checked]) -> Checked:
    """What a look found; a part that cannot even be read is at fault."""
    try:
        return look()
    except Unavailable as error:
        return Checked(part, faults=(str(error),))


def told(checked: Checked, passages: Sequence[Passage]) -> list[str]:
    """What is wrong with a part, in words."""
    said = ["it is not there"] if checked.missing else []
    said += checked.faults[:SHOWN]
    if more := len(checked.faults) - SHOWN:
        said += [f"and {more} more"] if more > 0 else []
    if lost := checked.unfindable:
        named = ", ".join(passages[row].id for row in lost[:SHOWN])
        said.append(f"{len(lost)} passages are not found: {named}")
    return said

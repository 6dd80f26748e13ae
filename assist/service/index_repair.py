"""Derived parts that are missing or wrong are built again from the store, which holds the truth.

A part is built beside and renamed when it is whole: a repair that is killed, or has no space left,
changes nothing. The catalogue is written last, because what is built beside it must have its order
of rows: as long as it is wrong, the next start begins the repair again.
"""

import logging
from collections.abc import Mapping, Sequence

from assist.domain.knowledge import Generation, Passage
from assist.errors import DiskFull, NotReady, StoreUnavailable
from assist.ports import Progress, Read
from assist.retrieval.rows import in_rows
from assist.service.index_checks import (
    NAMES,
    Checked,
    Part,
    check_catalogue,
    check_texts,
    check_vectors,
    check_words,
    glance,
    told,
)
from assist.service.indexing import Lent, Previous, embed, lent_by
from assist.service.parts import Parts
from assist.service.stated import lender_of, stated

LOG = logging.getLogger(__name__)

ALL: frozenset[Part] = frozenset(NAMES)
EMBEDDED: frozenset[Part] = frozenset({"vectors", "parts"})
CHECKED_AT_INGEST = 20_000
"""Passages looked up after a build, evenly spread where there are more: the check stays below a
tenth of the ingest. `assist index verify` looks up all of them."""


def mend(
    parts: Parts, generation: Generation, progress: Progress, before: Generation | None = None
) -> tuple[str, ...]:
    """Build again what is missing or visibly wrong, and say what; quick where nothing is.

    What another home published lacks every part here: what did not change since `before`, which
    served here, is taken from there. Raises `DiskFull` where a part is missing and there is no
    room for it; one that is there and damaged goes on serving then, and that is said.
    """
    found = glance(parts, generation.id)
    if all(one.whole for one in found.values()):
        return ()
    truth = in_rows(parts.knowledge.passages(generation.id))
    if found["catalogue"].whole:
        found["catalogue"] = check_catalogue(parts, generation.id, truth, progress)
    number = generation.number
    try:
        rebuilt = restore(parts, generation, truth, found, progress, before=before)
    except DiskFull as error:
        if any(one.missing for one in found.values()):
            raise
        notes = tuple(
            f"{NAMES[part]} of generation {number} is damaged ({one.faults[0]}) and could not be "
            f"rebuilt: {error}"
            for part, one in found.items()
            if one.faults
        )
    else:
        notes = tuple(_note(found[part], number) for part in NAMES if part in rebuilt)
    for note in notes:
        LOG.warning("%s", note)
    return notes


def require_whole(
    parts: Parts, generation: Generation, progress: Progress, before: Generation | None = None
) -> tuple[str, ...]:
    """Nothing where all is there and sound: for a process that reads what another builds.

    Raises `NotReady`.
    """
    del progress, before  # nothing is built here
    found = glance(parts, generation.id)
    wrong = [NAMES[part] for part, one in found.items() if not one.whole]
    if wrong:
        raise NotReady(
            f"{' and '.join(wrong)} of generation {generation.number} is being built",
            cure="wait for the process that builds",
        )
    return ()


def restore(
    parts: Parts,
    generation: Generation,
    truth: Sequence[Passage],
    found: Mapping[Part, Checked],
    progress: Progress,
    *,
    before: Generation | None = None,
) -> frozenset[Part]:
    """Build again what was found wrong, from the store's passages in rows; which parts it were.

    Words follow the catalogue. What was embedded is made again only where it is lost, or turns
    out to be of other rows.
    """
    wrong = {part for part, checked in found.items() if not checked.whole}
    if "catalogue" in wrong:
        wrong.add("words")
        if not wrong >= EMBEDDED:  # else all of it is made again anyway
            texts = check_texts(parts, generation.id, truth)
            wrong |= {part for part, checked in texts.items() if not checked.whole}
    read = None
    if wrong & EMBEDDED:
        lent = Lent(generation.id, _kept(found, wrong, len(truth)))
        if not lent.rows:
            lent = lent_by(parts, truth, Previous.of(parts, before))
        read = embed(parts, truth, lent, progress)
    lender = _lender(parts, generation, found["statements"], before)
    build(parts, generation.id, truth, read, progress, wanted=frozenset(wrong), lender=lender)
    return frozenset(wrong)


def build_checked(
    parts: Parts,
    generation: str,
    passages: Sequence[Passage],
    read: Read,
    progress: Progress,
    *,
    lender: str = "",
) -> None:
    """Build the parts of a new generation and look its passages up before anybody needs them.

    A part that does not find one is built a second time; raises `StoreUnavailable` where that
    does not help.
    """
    build(parts, generation, passages, read, progress, lender=lender)
    if lost := _unfound(parts, generation, passages, progress):
        build(parts, generation, passages, read, progress, wanted=frozenset(lost))
        lost = _unfound(parts, generation, passages, progress)
    for part, checked in lost.items():
        raise StoreUnavailable(
            f"{NAMES[part]} that was built is not whole: {'; '.join(told(checked, passages))}",
            cure="check the disk and run it again; what served goes on serving",
        )


def build(
    parts: Parts,
    generation: str,
    passages: Sequence[Passage],
    read: Read | None,
    progress: Progress,
    *,
    wanted: frozenset[Part] = ALL,
    lender: str = "",
) -> None:
    """Build these parts of a generation, each beside what is there of it.

    `read` is what was embedded of the passages; it is needed only where that is wanted. `lender`
    is the generation whose statements' vectors can be used again.
    """
    if read is not None and "vectors" in wanted:
        parts.vectors.build(generation, passages, read.vectors, progress)
    if read is not None and "parts" in wanted:
        parts.parts.build(generation, read.parts)
    if "statements" in wanted:
        parts.statements.build(generation, stated(passages), parts.embedder.dimension, lender)
    if "words" in wanted:
        parts.lexical.build(generation, passages)
    if "catalogue" in wanted:
        parts.catalogue.build(generation, passages)


def _kept(found: Mapping[Part, Checked], wrong: set[Part], rows: int) -> dict[int, int]:
    """The rows of which all that was embedded can be used: none where a part may be lost."""
    vectors = found["vectors"]
    only_some = bool(vectors.unfindable) and not vectors.faults
    if "parts" in wrong or ("vectors" in wrong and not only_some):
        return {}
    lost = set(vectors.unfindable)
    return {row: row for row in range(rows) if row not in lost}


def _lender(parts: Parts, generation: Generation, found: Checked, before: Generation | None) -> str:
    """What lends statements' vectors: the damaged file what is sound in it, else what served."""
    if not found.missing:
        return "" if found.worthless else generation.id
    return lender_of(parts, before)


def _unfound(
    parts: Parts, generation: str, passages: Sequence[Passage], progress: Progress
) -> dict[Part, Checked]:
    """The parts that do not find all of an even sample of these passages."""
    step = -(-len(passages) // CHECKED_AT_INGEST) or 1
    rows = range(0, len(passages), step)
    looked = (
        check_words(parts, generation, passages, rows, progress),
        check_vectors(parts, generation, rows, progress),
    )
    return {checked.part: checked for checked in looked if not checked.whole}


def _note(checked: Checked, number: int) -> str:
    name = NAMES[checked.part]
    if checked.missing:
        return f"{name} lacked generation {number} and was rebuilt"
    if checked.faults:
        return f"{name} of generation {number} was damaged ({checked.faults[0]}) and was rebuilt"
    return f"{name} of generation {number} was rebuilt with the catalogue"

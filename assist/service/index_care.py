"""Use cases: look up every passage that serves in all that is derived, and mend what lacks one."""

from collections.abc import Sequence

from assist.domain.base import Model
from assist.domain.knowledge import Generation, Passage
from assist.errors import Unavailable
from assist.ports import Progress
from assist.retrieval.rows import in_rows
from assist.service.index_checks import NAMES, Checked, Part, check, told
from assist.service.index_repair import ALL, build, restore
from assist.service.indexing import Lent, embed
from assist.service.parts import Parts
from assist.service.reading_ahead import read_all


class PartReport(Model):
    """One derived part: how many passages were looked up, what was wrong, whether it is mended.

    `sampled` says that those looked up are a sample, spread evenly over all.
    """

    part: Part
    checked: int
    sampled: bool = False
    found: tuple[str, ...] = ()
    rebuilt: bool = False
    sound: bool
    unread: int = 0
    """Statements whose vectors are still to be made, which a server does as it serves."""


class IndexReport(Model):
    """What was checked and mended of the generation that serves."""

    generation: str
    passages: int
    parts: tuple[PartReport, ...]
    problems: tuple[str, ...] = ()
    """Why something could not be mended."""
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether everything is right, now at the latest."""
        return not self.problems and all(part.sound for part in self.parts)


def verify(parts: Parts, generation: Generation, progress: Progress) -> IndexReport:
    """Look up every passage in every part, and build again the parts that lack one."""
    started = parts.clock.now()
    truth = in_rows(parts.knowledge.passages(generation.id))
    before = check(parts, generation.id, truth, progress)
    after, rebuilt, problems = before, frozenset[Part](), _lost(generation, truth)
    if not all(one.whole for one in before.values()):
        try:
            rebuilt = restore(parts, generation, truth, before, progress)
            after = check(parts, generation.id, truth, progress)
        except Unavailable as error:
            problems = (*problems, str(error))
    return IndexReport(
        generation=generation.id,
        passages=len(truth),
        parts=tuple(_report(before[part], after[part], truth, rebuilt) for part in NAMES),
        problems=problems,
        seconds=(parts.clock.now() - started).total_seconds(),
    )


def rebuild(parts: Parts, generation: Generation, progress: Progress) -> IndexReport:
    """All parts anew, every passage and statement embedded again, and looked up.

    Raises `Unavailable` where there is no room or no model: what was there stays.
    """
    started = parts.clock.now()
    truth = in_rows(parts.knowledge.passages(generation.id))
    read = embed(parts, truth, Lent(), progress)
    build(parts, generation.id, truth, read, progress)
    read_all(parts, generation.id, truth, progress)
    after = check(parts, generation.id, truth, progress)
    return IndexReport(
        generation=generation.id,
        passages=len(truth),
        parts=tuple(_report(after[part], after[part], truth, ALL) for part in NAMES),
        problems=_lost(generation, truth),
        seconds=(parts.clock.now() - started).total_seconds(),
    )


def _lost(generation: Generation, truth: Sequence[Passage]) -> tuple[str, ...]:
    if len(truth) == generation.passages:
        return ()
    said = f"the store holds {len(truth)} of the generation's {generation.passages} passages"
    return (f"{said}: ingest again what they came from",)


def _report(
    before: Checked, after: Checked, truth: Sequence[Passage], rebuilt: frozenset[Part]
) -> PartReport:
    return PartReport(
        part=before.part,
        checked=after.passages,
        sampled=after.sampled,
        found=tuple(told(before, truth)),
        rebuilt=before.part in rebuilt,
        sound=after.whole,
        unread=after.unread,
    )

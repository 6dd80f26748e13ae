"""Copies with faults planted in them -> what lint finds, and what it finds that is none."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from assist.domain.base import Model
from assist.domain.gaps import LintFinding
from assist.ports import Embedder
from assist.service.kb_bench import put_up
from assist.service.kb_lint import LINTED, lint
from assist.settings import Settings
from assist.wiring import bench, kb_source
from evals.kb_lint.contradictions import plant_contradictions
from evals.kb_lint.copies import plant_copies
from evals.kb_lint.folder import Folder
from evals.kb_lint.hiding import plant_hiding
from evals.kb_lint.plants import KINDS, Plant
from evals.kb_lint.remembered import Remembered
from evals.kb_lint.staleness import plant_staleness

NUMBERS = (8, 8, 7, 7)
"""Contradictions, duplicates, stale and unfindable articles of one copy."""
Progress = Callable[[str], None]


class Copy(Model):
    """One copy: what was planted, which of it was found, and which findings are none.

    `beside` are findings about planted articles that name another fault than the planted one.
    """

    seed: int
    planted: tuple[Plant, ...]
    missed: tuple[Plant, ...]
    right: tuple[LintFinding, ...]
    false: tuple[LintFinding, ...]
    beside: tuple[LintFinding, ...]

    @property
    def recall(self) -> float:
        """Share of the plants that were found."""
        return 1 - len(self.missed) / len(self.planted)

    @property
    def precision(self) -> float:
        """Share of the findings that name a plant or its articles; the clean base's apart."""
        named = len(self.right) + len(self.beside)
        return named / max(1, named + len(self.false))

    @property
    def strict(self) -> float:
        """The same where a finding of another kind about a planted article is false too."""
        told = len(self.right) + len(self.beside) + len(self.false)
        return len(self.right) / max(1, told)


class Campaign(Model):
    """All copies, and what is found in the base itself."""

    on: date
    clean: tuple[LintFinding, ...]
    copies: tuple[Copy, ...]


def run_campaign(
    root: Path, settings: Settings, seeds: Sequence[int], on: date, progress: Progress
) -> Campaign:
    """Lint the base as it is, then a copy for each seed. Raises `BadKnowledgeBase`."""
    with bench(settings) as made:
        embedder = Remembered(made.embedder)
    progress("lint the base as it is")
    clean = _linted(root, settings, embedder, on)
    copies = []
    for seed in seeds:
        progress(f"plant and lint with seed {seed}")
        with planted(root, seed, on) as (copy, plants):
            copies.append(judged(seed, plants, _linted(copy, settings, embedder, on), clean))
    return Campaign(on=on, clean=clean, copies=tuple(copies))


@contextmanager
def planted(root: Path, seed: int, on: date) -> Iterator[tuple[Path, tuple[Plant, ...]]]:
    """A copy with faults in it, gone afterwards, and what they are."""
    with tempfile.TemporaryDirectory(prefix="assist-evals-") as below:
        copy = Path(below) / "kb"
        shutil.copytree(root, copy)
        folder = Folder(copy, random.Random(seed), on)  # noqa: S311 - drawn to be repeated, no secret
        contradictions, copies, stale, hidden = NUMBERS
        yield (
            copy,
            (
                *plant_copies(folder, copies),
                *plant_contradictions(folder, contradictions),
                *plant_staleness(folder, stale, on),
                *plant_hiding(folder, hidden),
            ),
        )


def judged(
    seed: int,
    plants: Sequence[Plant],
    findings: Sequence[LintFinding],
    clean: Sequence[LintFinding],
) -> Copy:
    """The findings sorted by what they name; those of the base itself are left out."""
    known = {(one.kind, one.documents, one.message) for one in clean}
    own = [one for one in findings if (one.kind, one.documents, one.message) not in known]
    right = [one for one in own if any(_names(one, plant) for plant in plants)]
    touched = {document for plant in plants for document in plant.documents}
    rest = [one for one in own if one not in right]
    return Copy(
        seed=seed,
        planted=tuple(plants),
        missed=tuple(p for p in plants if not any(_names(one, p) for one in right)),
        right=tuple(right),
        beside=tuple(one for one in rest if touched & set(one.documents)),
        false=tuple(one for one in rest if not touched & set(one.documents)),
    )


def _names(finding: LintFinding, plant: Plant) -> bool:
    """Whether a finding is about a plant: of its kind, and with all its documents."""
    return finding.kind == plant.kind and set(plant.documents) <= set(finding.documents)


def _linted(
    root: Path, settings: Settings, embedder: Embedder, on: date
) -> tuple[LintFinding, ...]:
    with bench(settings) as made:
        base = put_up(replace(made, embedder=embedder), kb_source().read(root, None))
        return lint(base, on, [kind for kind in LINTED if kind in KINDS])

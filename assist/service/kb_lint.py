"""Use case: what is wrong with a knowledge base, told from itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from assist.domain.gaps import GapKind, LintFinding
from assist.drafting.grounding.opposing import Side, opposer
from assist.errors import BadInput
from assist.insights.kb_lint.contradictory import contradictory
from assist.insights.kb_lint.duplicate import duplicate
from assist.insights.kb_lint.opposed import Opposed, opposed
from assist.insights.kb_lint.outdated import outdated
from assist.insights.kb_lint.shelf import Shelf, lay_open
from assist.insights.kb_lint.stale import stale
from assist.insights.kb_lint.unfindable import unfindable
from assist.insights.kb_lint.wrong_audience import wrong_audience
from assist.service.kb_bench import KnowledgeBase

LINTED: tuple[GapKind, ...] = (
    "contradictory",
    "duplicate",
    "stale",
    "unfindable",
    "wrong_audience",
)
"""The kinds that show without any ticket, in the order in which they are told."""


def lint(
    base: KnowledgeBase, on: date, kinds: Sequence[GapKind] = LINTED
) -> tuple[LintFinding, ...]:
    """What is wrong on this day, kind by kind, the surest first. Raises `BadInput`."""
    for kind in kinds:
        if kind not in LINTED:
            cure = f"give one of {', '.join(LINTED)}"
            raise BadInput(f"{kind} does not show without tickets", where="kind", cure=cure)
    looked = _Looked(base, lay_open(base.documents, base.passages, base.embed, on))
    return tuple(
        finding
        for kind in LINTED
        if kind in kinds
        for finding in sorted(_DETECTORS[kind](looked), key=_surest)
    )


def _surest(finding: LintFinding) -> tuple[float, tuple[str, ...], str]:
    return -finding.confidence, finding.documents, finding.message


class _Looked:
    """A knowledge base laid open; its contradictions are looked for once."""

    def __init__(self, base: KnowledgeBase, shelf: Shelf) -> None:
        self.base = base
        self.shelf = shelf

    @cached_property
    def pairs(self) -> tuple[Opposed, ...]:
        """Statements that contradict each other."""
        return opposed(self.shelf, self._oppose)

    @cached_property
    def left_over(self) -> Mapping[Opposed, LintFinding]:
        """Those of them where one side is left over from an edition that has ended."""
        return outdated(self.pairs, self.shelf, self._oppose)

    @cached_property
    def _oppose(self) -> Callable[[tuple[str, str], tuple[str, str], float], str]:
        compare = opposer(one.text for one in self.shelf.stated)
        return lambda one, other, cosine: compare(Side(*one), Side(*other), cosine)


def _contradictory(looked: _Looked) -> Iterator[LintFinding]:
    return contradictory(pair for pair in looked.pairs if pair not in looked.left_over)


def _stale(looked: _Looked) -> Iterator[LintFinding]:
    yield from stale(looked.shelf, looked.base.products)
    yield from looked.left_over.values()


def _unfindable(looked: _Looked) -> Iterator[LintFinding]:
    base = looked.base
    find = base.finding(looked.shelf.on)
    return unfindable(looked.shelf, find, base.rarity, base.embed)


_DETECTORS: Mapping[GapKind, Callable[[_Looked], Iterator[LintFinding]]] = {
    "contradictory": _contradictory,
    "duplicate": lambda looked: duplicate(looked.shelf),
    "stale": _stale,
    "unfindable": _unfindable,
    "wrong_audience": lambda looked: wrong_audience(looked.shelf),
}

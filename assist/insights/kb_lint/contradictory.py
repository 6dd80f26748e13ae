"""Pairs that cannot both be right -> a finding for each two documents, with both quotes."""

from collections.abc import Iterable, Iterator

from assist.domain.gaps import LintFinding
from assist.insights.kb_lint.opposed import Opposed

CONFIDENCE = 0.8


def contradictory(found: Iterable[Opposed]) -> Iterator[LintFinding]:
    """One finding for each pair of documents, or for one that contradicts itself."""
    between: dict[tuple[str, str], list[Opposed]] = {}
    for pair in found:
        first, second = sorted(side.passage.document_id for side in (pair.one, pair.other))
        between.setdefault((first, second), []).append(pair)
    for (first, second), pairs in between.items():
        who = f"{first} and {second} differ" if first != second else f"{first} differs in itself"
        told = "; ".join(dict.fromkeys(pair.says for pair in pairs))
        yield LintFinding(
            kind="contradictory",
            documents=tuple(dict.fromkeys((first, second))),
            message=f"{who}: {told}",
            evidence=tuple(side.span for pair in pairs for side in (pair.one, pair.other)),
            confidence=CONFIDENCE,
        )

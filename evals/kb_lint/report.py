"""A campaign -> what a person reads."""

from collections.abc import Iterator, Sequence

from assist.domain.gaps import LintFinding
from evals.kb_lint.campaign import Campaign, Copy
from evals.kb_lint.plants import KINDS


def markdown(found: Campaign) -> Iterator[str]:
    """Lines: a table of the copies, by kind, then what was missed and what is none."""
    yield f"{len(found.clean)} findings in the base itself on {found.on}."
    yield ""
    yield "| seed | found | recall | precision | other findings count as false |"
    yield "|---|---|---|---|---|"
    for copy in found.copies:
        yield _row(copy)
    yield ""
    for kind in KINDS:
        planted = sum(p.kind == kind for c in found.copies for p in c.planted)
        missed = sum(p.kind == kind for c in found.copies for p in c.missed)
        yield f"- {kind}: {planted - missed} of {planted}"
    for copy in found.copies:
        yield from _faults(copy)


def _row(copy: Copy) -> str:
    number = len(copy.planted)
    shares = " | ".join(f"{share:.2f}" for share in (copy.recall, copy.precision, copy.strict))
    return f"| {copy.seed} | {number - len(copy.missed)} of {number} | {shares} |"


def _faults(copy: Copy) -> Iterator[str]:
    if copy.missed or copy.false or copy.beside:
        yield ""
        yield f"Seed {copy.seed}:"
    for plant in copy.missed:
        yield f"- missed, {plant.kind} in {', '.join(plant.documents)}: {plant.how}"
    yield from _told("false", copy.false)
    yield from _told("other", copy.beside)


def _told(name: str, findings: Sequence[LintFinding]) -> Iterator[str]:
    for one in findings:
        yield f"- {name}, {one.kind} in {', '.join(one.documents)}: {one.message}"

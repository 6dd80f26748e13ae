"""Pairs that cannot both be right -> those where one still says what an ended edition said."""

from collections.abc import Iterator, Mapping, Sequence

from assist.domain.gaps import LintFinding
from assist.insights.kb_lint.opposed import NEAR, Oppose, Opposed
from assist.insights.kb_lint.shelf import Shelf, Stated, in_force

CONFIDENCE = 0.9


def outdated(
    found: Sequence[Opposed], shelf: Shelf, oppose: Oppose
) -> Mapping[Opposed, LintFinding]:
    """By pair, the finding that names the edition which one side is left over from."""
    ended = [one for one in shelf.stated if _has_ended(one, shelf)]
    told: dict[Opposed, LintFinding] = {}
    for pair in found if ended else ():
        for side in (pair, pair.turned):
            for former in _former(side, ended, shelf, oppose):
                told.setdefault(pair, _finding(_said_by(side, shelf, oppose), former))
    return told


def _has_ended(one: Stated, shelf: Shelf) -> bool:
    passage = one.passage
    return passage.expires is not None and not in_force(passage, shelf.on)


def _former(
    pair: Opposed, ended: Sequence[Stated], shelf: Shelf, oppose: Oppose
) -> Iterator[Stated]:
    """Statements of ended editions that agree with the one, and contradict the other as it does.

    They are compared without regard to dates: editions of two times never hold together.
    """
    cosines = shelf.rows(ended) @ shelf.rows((pair.one, pair.other)).T
    for at in range(len(ended)):
        near = [float(cosine) for cosine in cosines[at]]
        if min(near) < NEAR:
            continue
        sides = [_side(one) for one in (ended[at], pair.one, pair.other)]
        if oppose(sides[0], sides[2], near[1]) and not oppose(sides[0], sides[1], near[0]):
            yield ended[at]


def _said_by(pair: Opposed, shelf: Shelf, oppose: Oppose) -> Opposed:
    """The pair in words that name the one's side first."""
    rows = shelf.rows((pair.one, pair.other))
    says = oppose(_side(pair.one), _side(pair.other), float(rows[0] @ rows[1]))
    return pair._replace(says=says or pair.says)


def _side(one: Stated) -> tuple[str, str]:
    return one.text, one.heading


def _finding(pair: Opposed, former: Stated) -> LintFinding:
    one, other = pair.one.passage.document_id, pair.other.passage.document_id
    edition, day = former.passage.document_id, former.passage.expires
    return LintFinding(
        kind="stale",
        documents=(one, other),
        message=f"{one} still says what {edition} said until {day}; {other} says otherwise: "
        f"{pair.says}",
        evidence=(pair.one.span, pair.other.span, former.span),
        confidence=CONFIDENCE,
    )

"""What `document` and `document#Heading` mean among passages, and that each means something."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from assist.domain.eval_case import EvalCase
from assist.domain.knowledge import Passage
from assist.errors import BadInput

NEAREST = 3
"""References named where one is unknown."""
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`\\]")


def refers(reference: str, passage: Passage) -> bool:
    """Whether the reference means this passage."""
    document, mark, heading = reference.partition("#")
    if _folded(document) != _folded(passage.document_id):
        return False
    return not mark or _folded(heading) in _headings(passage)


def gold_passages(case: EvalCase, passages: Iterable[Passage]) -> dict[str, int]:
    """The ids of the passages that the case's gold means, with their grades.

    A document stands for all its passages, a heading for all below it; a passage that two
    references mean bears the higher grade. Raises `BadInput` as `require_gold` does.
    """
    of_document = _by_document(passages)
    require_gold([case], of_document)
    found: dict[str, int] = {}
    for reference, grade in case.expect.gold.items():
        for passage in _meant(reference, of_document):
            found[passage.id] = max(grade, found.get(passage.id, 0))
    return found


def check_gold(cases: Sequence[EvalCase], passages: Iterable[Passage]) -> None:
    """Raises `BadInput` for gold that is no passage: it would be a zero that nobody sees."""
    require_gold(cases, _by_document(passages))


def require_gold(cases: Sequence[EvalCase], of_document: Mapping[str, Sequence[Passage]]) -> None:
    """Raises `BadInput` with file, line, case and the nearest references."""
    for case in cases:
        for reference in case.expect.gold:
            if not any(_meant(reference, of_document)):
                near = ", ".join(_nearest(reference, of_document))
                raise BadInput(
                    f"expect.gold of {case.id}: no passage is {reference!r}",
                    where=case.where("expect", "gold", reference),
                    cure=f"the nearest are {near}" if near else "there are no passages: ingest",
                )


def _by_document(passages: Iterable[Passage]) -> Mapping[str, list[Passage]]:
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[_folded(passage.document_id)].append(passage)
    return found


def _meant(reference: str, of_document: Mapping[str, Sequence[Passage]]) -> Iterator[Passage]:
    document = _folded(reference.partition("#")[0])
    yield from (one for one in of_document.get(document, ()) if refers(reference, one))


def _nearest(reference: str, of_document: Mapping[str, Sequence[Passage]]) -> list[str]:
    """Headings of the document where it exists, else documents."""
    document, _, heading = reference.partition("#")
    within = of_document.get(_folded(document), ())
    if not within:
        return get_close_matches(_folded(document), of_document, NEAREST, 0.0)
    known = {_folded(name): name for one in within for name in _named(one)}
    near = get_close_matches(_folded(heading), known, NEAREST, 0.0)
    return [f"{within[0].document_id}#{known[one]}" for one in near]


def _headings(passage: Passage) -> set[str]:
    return {_folded(name) for name in _named(passage)}


def _named(passage: Passage) -> Iterator[str]:
    """Its title, the headings above it, and those of short sections that share it."""
    yield from (passage.title, *passage.headings, *_HEADING.findall(passage.text))


def _folded(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split()).casefold()

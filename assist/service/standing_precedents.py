"""Documents that are about to be published -> without the precedents that no longer stand."""

from collections.abc import Iterable

from assist.domain.knowledge import Document
from assist.domain.precedent import case_of
from assist.errors import NotFound
from assist.ports import CaseStore


def standing(documents: Iterable[Document], cases: CaseStore) -> tuple[Document, ...]:
    """Without those whose case has opened again, was forgotten, or is not solved any more."""
    return tuple(document for document in documents if _stands(case_of(document), cases))


def _stands(case_id: str | None, cases: CaseStore) -> bool:
    if case_id is None:
        return True
    try:
        return cases.get(case_id).status == "solved"
    except NotFound:
        return False

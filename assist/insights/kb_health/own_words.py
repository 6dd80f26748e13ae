"""Documents -> how each is found by its own title, headings and rare words."""

from collections.abc import Mapping, Sequence
from statistics import median

from assist.domain.kb_health import OwnWords
from assist.domain.knowledge import Document
from assist.insights.kb_lint.own_words import Rarity, own_queries, shared_headings
from assist.insights.kb_lint.unfindable import SCALE, Find


def own_words(documents: Sequence[Document], find: Find, rarity: Rarity) -> Mapping[str, OwnWords]:
    """By document."""
    shared, found = shared_headings(documents), {}
    for document in documents:
        queries = [query.text for query in own_queries(document, shared, rarity)]
        places = [_place(document.id, ids) for ids in find(document, queries)]
        found[document.id] = OwnWords(
            queries=len(queries),
            found=sum(place <= SCALE.depth for place in places),
            rank=median(places) if places else None,
        )
    return found


def _place(document_id: str, ids: Sequence[str]) -> int:
    return ids.index(document_id) + 1 if document_id in ids else len(ids) + 1

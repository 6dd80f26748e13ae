"""Does a citation's quote stand where the citation says?"""

from collections.abc import Iterator

from assist.domain.draft import Citation
from assist.domain.knowledge import Passage
from assist.errors import NotFound
from evals.scorers.grounds import Passages
from evals.scorers.scorer import fold


def found(citation: Citation, passages: Passages) -> Passage | None:
    """The passage cited; none where there is no such passage."""
    try:
        return passages(citation.passage_id)
    except NotFound:
        return None


def misquotes(citation: Citation, passage: Passage | None) -> Iterator[str]:
    """What is wrong with the citation, in words: nothing where it holds."""
    if passage is None:
        yield f"cites {citation.passage_id}, which does not exist"
    elif passage.document_id != citation.document_id:
        yield f"{citation.passage_id} is of {passage.document_id}, not {citation.document_id}"
    elif not fold(citation.quote):
        yield f"an empty quote from {citation.passage_id}"
    elif fold(citation.quote) not in fold(passage.text):
        yield f"not verbatim in {citation.passage_id}: “{citation.quote}”"

"""Is a question answered where its answer is in the corpus, and only there?"""

import asyncio
import math
from collections.abc import Mapping

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.service.desk import Desk
from evals.bench.results import Answering
from evals.bench.sets import EvalSet
from evals.bench.speed import AT

Z = 1.96
"""Of a 95 % interval."""


def own_questions(desk: Desk, one: EvalSet, queries: Mapping[str, str]) -> Answering:
    """Questions whose answer is in the corpus: the share answered, and rightly."""
    answers = {i: s for i, s in _suggestions(desk, queries).items() if s.abstention is None}
    right = sum(bool(cited(s) & one.relevant[i].keys()) for i, s in answers.items())
    low, high = wilson(len(answers), len(queries))
    return Answering(
        corpus=one.name,
        source=one.name,
        due="answered",
        n=len(queries),
        share=round(len(answers) / len(queries), 3),
        low=low,
        high=high,
        right=round(right / len(answers), 3) if answers else None,
    )


def foreign_questions(
    desk: Desk, corpus: str, source: str, queries: Mapping[str, str]
) -> Answering:
    """Questions of another source: the share on which there was an abstention."""
    found = _suggestions(desk, queries).values()
    abstained = sum(suggestion.abstention is not None for suggestion in found)
    low, high = wilson(abstained, len(queries))
    return Answering(
        corpus=corpus,
        source=source,
        due="abstained",
        n=len(queries),
        share=round(abstained / len(queries), 3),
        low=low,
        high=high,
        right=None,
    )


def cited(suggestion: Suggestion) -> set[str]:
    """The documents that the draft cites."""
    return {c.document_id for s in suggestion.draft.sentences for c in s.citations}


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share; it holds near 0 and 1, where the normal one does not."""
    share, spread = successes / n, Z * Z / n
    middle = share + spread / 2
    width = Z * math.sqrt((share * (1 - share) + spread / 4) / n)
    scale = 1 + spread
    low, high = (middle - width) / scale, (middle + width) / scale
    return round(max(0.0, low), 3), round(min(1.0, high), 3)


def _suggestions(desk: Desk, queries: Mapping[str, str]) -> dict[str, Suggestion]:
    return {
        query_id: asyncio.run(
            desk.suggest(Ticket.model_validate({"id": query_id, "text": text}), at=AT)
        )
        for query_id, text in queries.items()
    }

"""Passages that are found equally well, in the other order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from assist.domain.knowledge import Hit, Kind
from assist.graph.tools import Tools
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Inputs, Perturbation, Setting, Variant


def _turned(case: EvalCase, _: Setting) -> Found:
    touched: list[str] = []

    def turned(found: tuple[Hit, ...]) -> tuple[Hit, ...]:
        ties = [list(tied) for _, tied in groupby(found, lambda hit: hit.score)]
        touched.extend(tied[0].passage_id for tied in ties if len(tied) > 1)
        return tuple(hit for tied in ties for hit in reversed(tied))

    def tools(before: Tools) -> Tools:
        def search(
            query: str, kind: Kind | None, top_k: int, filters: Mapping[str, str]
        ) -> tuple[Hit, ...]:
            return turned(before.search(query, kind, top_k, filters))

        def search_each(
            queries: Sequence[str], kind: Kind | None, top_k: int, filters: Mapping[str, str]
        ) -> tuple[tuple[Hit, ...], ...]:
            return tuple(map(turned, before.search_each(queries, kind, top_k, filters)))

        return replace(before, search=search, search_each=search_each)

    yield Variant("ties", case, Inputs(touched, tools=tools))


PERTURBATION = Perturbation(
    "evidence", "order", "passages of equal score in the other order", _turned
)

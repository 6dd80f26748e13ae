"""Faults in finding: other passages, in another order, of other regions, times and readers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assist.domain.evaluation import EvalResult
from assist.domain.knowledge import Hit, Kind, Passage
from assist.domain.suggestion import Suggestion
from assist.graph.tools import Tools
from evals.cases import EvalCase
from evals.faults.fault import Fault, Hurts, Plant, answered, anywhere
from evals.faults.planting import returns, with_tools

FILTERS = "assist.graph.steps.gather:scope_filters"
OTHER_REGION = {"US": "UK", "UK": "US", "EU": "US"}
Found = tuple[Hit, ...]


def _searching(change: Callable[[Callable[[int], Found], int], Found]) -> Plant:
    """Search as `change` makes of it: it is handed what finds so many hits, and how many."""

    def changed(tools: Tools) -> Tools:
        def search(query: str, kind: Kind | None, top_k: int, filters: Mapping[str, str]) -> Found:
            return change(lambda many: tools.search(query, kind, many, filters), top_k)

        def search_each(
            queries: Sequence[str], kind: Kind | None, top_k: int, filters: Mapping[str, str]
        ) -> tuple[Found, ...]:
            return tuple(search(query, kind, top_k, filters) for query in queries)

        return replace(tools, search=search, search_each=search_each)

    return with_tools(changed)


def _second_page(find: Callable[[int], Found], top_k: int) -> Found:
    return find(2 * top_k)[top_k:]


def _one_hit(find: Callable[[int], Found], _: int) -> Found:
    return find(1)


def _upside_down(find: Callable[[int], Found], top_k: int) -> Found:
    """The worst of what would be found is called the best."""
    found = find(top_k)
    scores = [hit.score for hit in found]
    turned = zip(reversed(found), scores, strict=True)
    return tuple(hit.model_copy(update={"score": score}) for hit, score in turned)


def _without(name: str) -> Plant:
    return returns(FILTERS, lambda found, *_: {n: v for n, v in found.items() if n != name})


def _elsewhere(found: dict[str, str], *_: object) -> dict[str, str]:
    if "region" not in found:
        return found
    return {**found, "region": OTHER_REGION.get(found["region"], "US")}


def _a_year_ago(found: dict[str, str], *_: object) -> dict[str, str]:
    if "date" not in found:
        return found
    year, rest = found["date"].split("-", 1)
    return {**found, "date": f"{int(year) - 1}-{rest}"}


def _in_a_region(_: EvalCase, sound: EvalResult) -> bool:
    """Where what is cited holds in some regions only."""
    made = sound.suggestion
    cited = {c.passage_id for s in made.draft.sentences for c in s.citations} if made else set()
    return made is not None and any(h.passage.regions for h in made.hits if h.passage_id in cited)


def _cites(held: Callable[[EvalCase, Passage], bool]) -> Hurts:
    """Whether the faulty reply quotes such a passage."""

    def hurts(case: EvalCase, _: Suggestion, made: Suggestion) -> bool:
        passages = {hit.passage_id: hit.passage for hit in made.hits}
        cited = {c.passage_id for s in made.draft.sentences for c in s.citations}
        return any(held(case, passages[one]) for one in cited if one in passages)

    return hurts


def _ended(case: EvalCase, passage: Passage) -> bool:
    on = (case.ticket.created_at or case.at).date()
    return passage.expires is not None and passage.expires <= on


def _internal(_: EvalCase, passage: Passage) -> bool:
    return passage.audience == "internal"


def _with_internal(_: EvalCase, sound: EvalResult) -> bool:
    made = sound.suggestion
    return made is not None and any(
        hit.kind == "kb" and hit.passage.audience == "internal" for hit in made.hits
    )


FAULTS = (
    Fault(
        "second-page", "search returns its second page", "tools.search", ("retrieval_recall",),
        _searching(_second_page), anywhere,
    ),
    Fault(
        "one-hit", "search returns one passage", "tools.search", ("retrieval_recall",),
        _searching(_one_hit), anywhere,
    ),
    Fault(
        "upside-down", "the worst passage is ranked first", "tools.search",
        ("retrieval_mrr", "retrieval_ndcg", "retrieval_map"), _searching(_upside_down), anywhere,
    ),
    Fault(
        "region-ignored", "articles of every region are found", "graph.scope.scope_filters",
        ("evidence",), _without("region"), _in_a_region,
    ),
    Fault(
        "region-mistaken", "articles of another region are found", "graph.scope.scope_filters",
        ("evidence",), returns(FILTERS, _elsewhere), _in_a_region,
    ),
    Fault(
        "edition-ended", "articles are found as they were a year ago", "graph.scope.scope_filters",
        ("integrity",), returns(FILTERS, _a_year_ago), answered, _cites(_ended),
    ),
    Fault(
        "internal-quoted", "customers are quoted what is internal",
        "graph.steps.gather._is_quotable", ("integrity",),
        returns("assist.graph.steps.gather:_is_quotable", lambda _, hit: hit.kind == "kb"),
        _with_internal, _cites(_internal),
    ),
)  # fmt: skip

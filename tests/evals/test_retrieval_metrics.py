"""Metrics held to values computed by hand, and to the order documents were ranked in."""

from math import log2

import numpy as np
import pytest

from assist.errors import BadInput
from evals.retrieval.intervals import measures
from evals.retrieval.metrics import METRICS, of_kind, score, without_relevant

JUDGMENTS = {
    "both": {"a": 1, "b": 1},
    "graded": {"c": 2, "d": 1, "x": 0},
    "unfound": {"e": 1},
    "unasked": {"f": 0},
}
RANKING = {"both": ("x", "a", "y", "b"), "graded": ("d", "x", "c"), "foreign": ("a",)}


def test_each_metric_is_what_its_definition_says() -> None:
    scores = score(RANKING, JUDGMENTS)
    both = (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3))
    graded = (1 + 2 / log2(4)) / (2 + 1 / log2(3))
    assert scores.queries == ("both", "graded", "unfound")
    assert tuple(METRICS) == ("recall@1", "recall@5", "recall@10", "nDCG@10", "MRR@10")
    assert scores.values == pytest.approx(
        np.array([[0, 1, 1, both, 0.5], [0.5, 1, 1, graded, 1], [0, 0, 0, 0, 0]])
    )


def test_means_are_over_the_queries_that_have_a_relevant_document() -> None:
    found = measures(score(RANKING, JUDGMENTS))
    assert found.n == 3
    assert found.metrics["recall@1"].mean == pytest.approx(1 / 6, abs=1e-6)
    assert found.metrics["MRR@10"].mean == pytest.approx(0.5)
    assert without_relevant(JUDGMENTS) == ("unasked",)


def test_only_the_first_ten_documents_count() -> None:
    judged = {"q": {"late": 1}}
    tenth = score({"q": [*map(str, range(9)), "late"]}, judged).by_query()["q"]
    eleventh = score({"q": [*map(str, range(10)), "late"]}, judged).by_query()["q"]
    assert (tenth["recall@5"], tenth["recall@10"], tenth["MRR@10"]) == (0, 1, 0.1)
    assert set(eleventh.values()) == {0}


def test_a_long_ranking_keeps_its_order_though_ids_sort_otherwise() -> None:
    ids = [f"d{n}" for n in range(1_000)]
    first = score({"q": ids}, {"q": {"d0": 1}})
    last = score({"q": ids[::-1]}, {"q": {"d0": 1}})
    assert first.by_query()["q"]["MRR@10"] == 1
    assert last.by_query()["q"]["MRR@10"] == 0


def test_relevance_can_be_of_one_kind_and_leaves_out_queries_without_it() -> None:
    kinds = {"a": "policy", "b": "kb", "c": "kb", "d": "kb", "e": "kb", "x": "policy"}
    policies = of_kind(JUDGMENTS, kinds, "policy")
    assert policies == {"both": {"a": 1}}
    assert score(RANKING, policies).by_query()["both"]["MRR@10"] == 0.5
    assert list(of_kind(JUDGMENTS, kinds, "kb")) == ["both", "graded", "unfound"]
    assert of_kind(JUDGMENTS, kinds, "precedent") == {}


def test_judgments_without_a_relevant_document_are_refused() -> None:
    with pytest.raises(BadInput, match="no query has a relevant document"):
        score(RANKING, {"unasked": {"f": 0}})

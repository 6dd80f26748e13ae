"""ragas' metrics on ten cases small enough to reckon by hand, and on what it has no answer to."""

import asyncio
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from assist.domain.evaluation import CaseScore
from evals import ragas_scores
from evals.ragas_run import names
from evals.ragas_run.names import ID_PRECISION, ID_RECALL, TEXT_PRECISION, TEXT_RECALL
from evals.ragas_run.sample import Sample
from tests.evals.ragas.builders import a_sample
from tests.fake_embedder import ToyEmbedder


def scores(sample: Sample) -> dict[str, CaseScore]:
    return asyncio.run(ragas_scores.scored(sample, ragas_scores.model_free(ToyEmbedder())))


def of_texts(*texts: str, gold: tuple[str, ...]) -> Sample:
    ids = " ".join("abcdef"[: len(texts)])
    return a_sample(ids, texts=texts, gold_texts=gold)


@pytest.mark.parametrize(
    ("sample", "by_hand"),
    [
        # by ids: precision is gold found / found, recall gold found / gold
        (
            a_sample("a b c d", gold="a c"),
            {ID_PRECISION: Fraction(2, 4), ID_RECALL: Fraction(2, 2)},
        ),
        (a_sample("a b", gold="c"), {ID_PRECISION: Fraction(0, 2), ID_RECALL: Fraction(0, 1)}),
        (a_sample("a", gold="a b c"), {ID_PRECISION: Fraction(1, 1), ID_RECALL: Fraction(1, 3)}),
        # a passage found twice is one; and the order is none of its business
        (a_sample("b b a", gold="a"), {ID_PRECISION: Fraction(1, 2), ID_RECALL: Fraction(1, 1)}),
        # by texts: average precision, the mean of (gold so far / place) at each place of gold
        (
            of_texts("abcd", "wxyz", gold=("abcd",)),
            {TEXT_PRECISION: Fraction(1, 1), TEXT_RECALL: Fraction(1, 1)},
        ),
        (
            of_texts("wxyz", "abcd", gold=("abcd",)),
            {TEXT_PRECISION: Fraction(1, 2), TEXT_RECALL: Fraction(1, 1)},
        ),
        # "abce" is 3/4 of "abcd": gold at places 1 and 3, (1/1 + 2/3) / 2
        (
            of_texts("abcd", "wxyz", "abce", gold=("abcd",)),
            {TEXT_PRECISION: (Fraction(1, 1) + Fraction(2, 3)) / 2, TEXT_RECALL: Fraction(1, 1)},
        ),
        # alike by exactly a half: for precision that is enough, for recall it is not
        (
            of_texts("abcd", gold=("abxy",)),
            {TEXT_PRECISION: Fraction(1, 1), TEXT_RECALL: Fraction(0, 1)},
        ),
        (
            of_texts("abcd", gold=("abcd", "wxyz")),
            {TEXT_PRECISION: Fraction(1, 1), TEXT_RECALL: Fraction(1, 2)},
        ),
        # kitten and sitting: 3 changes in 7 characters
        (
            a_sample(reply="kitten", reference="sitting"),
            {names.STRING_SIMILARITY: 1 - Fraction(3, 7)},
        ),
    ],
)
def test_a_metric_agrees_with_what_was_reckoned_by_hand(
    sample: Sample, by_hand: dict[str, Fraction]
) -> None:
    found = scores(sample)
    for name, value in by_hand.items():
        assert found[name].value == pytest.approx(float(value), abs=1e-6), name
        assert not found[name].failed


def test_semantic_similarity_is_the_cosine_of_our_vectors() -> None:
    # "red jug filter" and "red jug" as bags of words: 2 / (√3 · √2)
    found = scores(a_sample(reply="red jug filter", reference="red jug"))
    assert found[names.SEMANTIC_SIMILARITY].value == pytest.approx(2 / sqrt(6), abs=1e-6)


def test_a_case_without_gold_is_not_eligible_for_what_compares_with_gold() -> None:
    found = scores(a_sample(gold="", gold_texts=(), reference=""))
    assert {name: one.value for name, one in found.items()} == dict.fromkeys(found)


def test_a_suggestion_that_abstains_is_not_eligible_for_what_looks_at_its_reply() -> None:
    found = scores(a_sample(reply=""))
    assert found[names.STRING_SIMILARITY].value is None
    assert found[names.SEMANTIC_SIMILARITY].value is None
    assert found[ID_RECALL].value == 1.0


@pytest.mark.parametrize("name", [ID_PRECISION, ID_RECALL, TEXT_PRECISION, TEXT_RECALL])
def test_nothing_found_is_a_zero_and_no_failure(name: str) -> None:
    score = scores(a_sample(found="", texts=()))[name]
    assert score == CaseScore(value=0.0, explanation="nothing was found")


@pytest.mark.parametrize(
    ("said", "why"),
    [(float("nan"), "it is no number"), (2.5, "2.5 is not within 0 to 1"), (-0.5, "not within")],
)
def test_what_is_no_share_is_a_failure_that_is_counted(said: float, why: str) -> None:
    async def metric(_: Sample) -> float:
        return said

    (score,) = asyncio.run(ragas_scores.scored(a_sample(), {ID_RECALL: metric})).values()
    assert (score.value, score.failed) == (0.0, True)
    assert why in score.explanation


@pytest.mark.parametrize("error", [ValueError("bad"), ZeroDivisionError(), KeyError("verdict")])
def test_what_ragas_raises_is_a_failure_that_is_counted(error: Exception) -> None:
    async def metric(_: Sample) -> Any:
        raise error

    (score,) = asyncio.run(ragas_scores.scored(a_sample(), {ID_RECALL: metric})).values()
    assert (score.value, score.failed) == (0.0, True)


def test_a_negative_cosine_says_no_more_than_zero() -> None:
    async def metric(_: Sample) -> float:
        return -0.25

    measured = {names.SEMANTIC_SIMILARITY: metric}
    (score,) = asyncio.run(ragas_scores.scored(a_sample(), measured)).values()
    assert score == CaseScore(value=0.0, explanation="the cosine is -0.25")


def test_a_metric_whose_package_is_missing_is_named_with_it() -> None:
    measured = ragas_scores.model_free(ToyEmbedder())
    assert set(measured) | set(ragas_scores.missing()) == {*names.MODEL_FREE, *names.OPTIONAL}
    assert not set(measured) & set(ragas_scores.missing())

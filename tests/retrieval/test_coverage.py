from hypothesis import given
from hypothesis import strategies as st

from assist.domain.knowledge import Hit, Why
from assist.retrieval.coverage import COVERAGE, coverage
from tests.builders import a_passage

RARITY = {"thermostat": 0.9, "frost": 0.7, "set": 0.2}
UNIT = st.floats(0, 1)


def hit(cosine: float | None, *terms: str, score: float = 0.5, number: int = 0) -> Hit:
    passage = a_passage("Text.", document_id=f"d{number}")
    return Hit.found(passage, score, Why(dense=cosine, terms=terms))


def test_a_near_passage_with_the_rare_words_covers_and_a_far_one_without_does_not() -> None:
    near = coverage([hit(0.75, "thermostat", "frost")], RARITY)
    far = coverage([hit(0.3, "set")], RARITY)

    assert near.value > 0.8
    assert far.value < 0.1
    assert near.missing == ("set",)
    assert far.missing == ("thermostat", "frost")
    assert near.reasons == (
        "the nearest passage is at cosine 0.75",
        "the best of the first 1 holds 89% of the query's rare words",
    )


def test_no_hit_covers_nothing() -> None:
    nothing = coverage([], RARITY)

    assert (nothing.value, nothing.reasons) == (0.0, ("nothing was found",))
    assert nothing.missing == ("thermostat", "frost", "set")


def test_a_query_of_function_words_only_rests_on_the_cosine_alone() -> None:
    assert coverage([hit(0.5)], {}).value == coverage([hit(0.5)], RARITY).value


@given(UNIT, UNIT)
def test_a_likelier_passage_never_covers_less(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert (
        coverage([hit(low, "frost")], RARITY).value <= coverage([hit(high, "frost")], RARITY).value
    )


@given(UNIT, st.sets(st.sampled_from(sorted(RARITY))), st.sampled_from(sorted(RARITY)))
def test_one_more_shared_word_never_covers_less(cosine: float, terms: set[str], more: str) -> None:
    fewer = coverage([hit(cosine, *terms)], RARITY)

    assert fewer.value <= coverage([hit(cosine, *(terms | {more}))], RARITY).value


@given(st.permutations([hit(0.2 * n, score=0.1 * n, number=n) for n in range(1, 6)]))
def test_the_order_of_the_hits_does_not_matter(hits: list[Hit]) -> None:
    assert coverage(hits, RARITY) == coverage(sorted(hits, key=lambda h: -h.score), RARITY)


def test_words_are_looked_for_in_the_best_hits_only() -> None:
    last = COVERAGE.read + 1
    hits = [hit(0.5, score=1.0 - n / 10, number=n) for n in range(last)]
    tail = hit(0.5, *RARITY, score=0.1, number=last)

    assert coverage([*hits, tail], RARITY) == coverage(hits, RARITY)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.trust import TRUST, reason, weight_of_words

SHARES = st.floats(0, 1, allow_nan=False)
TERMS = st.integers(0, 300)


@given(SHARES, SHARES, TERMS)
def test_words_weigh_more_the_more_of_the_rare_words_their_best_match_holds(one, other, terms):
    low, high = sorted((one, other))

    assert 0 <= weight_of_words(low, terms) <= weight_of_words(high, terms) <= TRUST.told


@given(SHARES, TERMS, TERMS)
def test_a_longer_query_never_trusts_words_less(share, one, other):
    short, long = sorted((one, other))

    assert weight_of_words(share, short) <= weight_of_words(share, long) + 1e-9


def test_a_paraphrase_trusts_meaning_a_quotation_words_and_a_story_both():
    assert weight_of_words(0.4, 4) == pytest.approx(TRUST.least, abs=0.01)
    assert weight_of_words(1.0, 4) == pytest.approx(TRUST.most, abs=0.01)
    assert weight_of_words(0.1, 60) == pytest.approx(TRUST.told, abs=0.01)


def test_a_query_of_twelve_terms_is_half_a_story():
    assert weight_of_words(0.0, 12) == pytest.approx((TRUST.least + TRUST.told) / 2)


def test_a_query_without_content_is_weighed_as_a_short_one():
    assert weight_of_words(0.0, 0) == TRUST.least


def test_the_reason_is_what_decided():
    assert reason(0.24, 12) == "their best match holds 24% of the query's rare words"
    assert reason(0.24, 50) == "the query is long, 50 terms"

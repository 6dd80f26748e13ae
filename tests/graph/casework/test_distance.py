"""How many words of a draft were changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.graph.casework import distance
from assist.graph.casework.distance import words_changed

TEXTS = st.lists(st.sampled_from("abc"), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("draft", "sent", "count"),
    [
        ("We will refund you.", "We will refund you.", 0),
        ("We will refund you.", "We\nwill  refund you.", 0),
        ("We will refund you.", "We will gladly refund you.", 1),
        ("We will refund you.", "I will refund you.", 1),
        ("We will refund you.", "", 4),
        ("", "Hello there.", 2),
        ("a b c d", "d c b a", 4),
    ],
)
def test_words_put_in_left_out_and_replaced_count(draft: str, sent: str, count: int) -> None:
    assert words_changed(draft, sent) == count


@given(TEXTS, TEXTS)
def test_it_is_the_same_both_ways_and_never_more_than_the_longer_text(one: str, two: str) -> None:
    found = words_changed(one, two)
    assert found == words_changed(two, one)
    assert found <= max(len(one.split()), len(two.split()))
    assert (found == 0) == (one == two)


@given(TEXTS, TEXTS)
def test_the_count_for_long_texts_is_never_more(one: str, two: str) -> None:
    exact = words_changed(one, two)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distance, "LONGEST", 0)
        assert words_changed(one, two) <= exact

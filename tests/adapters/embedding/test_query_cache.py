import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.embedding.query_cache import QueryCache

TEXTS = st.sampled_from(["a", "b", "c", "d", "e"])


def row(text):
    return np.array([ord(text), 1.0], dtype=np.float32)


@given(st.lists(TEXTS), st.integers(0, 4))
def test_the_last_ones_put_or_asked_for_are_kept_and_no_more(texts, limit):
    cache = QueryCache(limit)
    for text in texts:
        if cache.get(text) is None:
            cache.put(text, row(text))
    last = list(dict.fromkeys(reversed(texts)))[:limit]
    assert cache.size == len(last)
    assert all(np.array_equal(cache.get(text), row(text)) for text in last)


def test_what_is_kept_does_not_change_with_the_array_it_came_from():
    cache, given_row = QueryCache(1), row("a")
    cache.put("a", given_row)
    given_row[:] = 0
    assert cache.get("a").tolist() == [97.0, 1.0]

from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.embedding.batches import batches


@given(st.lists(st.integers(1, 300)), st.integers(0, 5000))
def test_every_text_is_in_one_batch_of_its_length_within_the_budget(lengths, budget):
    made = batches(lengths, budget)
    assert sorted(n for batch in made for n in batch) == list(range(len(lengths)))
    for batch in made:
        (length,) = {lengths[n] for n in batch}
        assert len(batch) == 1 or len(batch) * length <= budget


@given(st.lists(st.integers(1, 300), min_size=1), st.integers(0, 5000))
def test_the_longest_come_first(lengths, budget):
    longest = [lengths[batch[0]] for batch in batches(lengths, budget)]
    assert longest == sorted(lengths, reverse=True)[:1] + longest[1:]
    assert longest == sorted(longest, reverse=True)

"""What asks the same is one group, whatever the order; each group has a statement in its middle."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assist.insights.grouping import central, group
from tests.fake_embedder import ToyEmbedder

ASKED = [
    "parcel late",
    "parcel late again",
    "sensor alarm",
    "sensor alarm since monday",
    "late parcel",
    "cancel plan",
]


def statements(groups: tuple[tuple[int, ...], ...], texts: list[str]) -> set[frozenset[str]]:
    return {frozenset(texts[row] for row in rows) for rows in groups}


def test_what_asks_the_same_is_one_group_and_the_largest_comes_first() -> None:
    groups = group(ToyEmbedder().embed(ASKED))

    assert groups == ((0, 1, 4), (2, 3), (5,))


@given(st.permutations(ASKED))
def test_the_order_of_the_tickets_does_not_change_the_groups(texts: list[str]) -> None:
    embed = ToyEmbedder().embed

    assert statements(group(embed(texts)), texts) == statements(group(embed(ASKED)), ASKED)


@given(st.lists(st.sampled_from(ASKED), max_size=12))
def test_every_ticket_is_in_exactly_one_group(texts: list[str]) -> None:
    rows = [row for rows in group(ToyEmbedder().embed(texts)) for row in rows]

    assert sorted(rows) == list(range(len(texts)))


def test_the_middle_of_a_group_is_nearest_to_all_the_others() -> None:
    vectors = np.asarray([[1, 0], [0.8, 0.6], [0.6, 0.8]], dtype=np.float32)

    assert central(vectors, (0, 1, 2)) == 1
    assert central(vectors, (2,)) == 2

"""How alike two texts are, beside the table that everybody writes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.ragas_run.edit_distance import distance, similarity

TEXTS = st.text(alphabet="abé ", max_size=90)


def by_table(one: str, other: str) -> int:
    """Wagner and Fischer's table, row by row."""
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, start=1):
        above, row = row, [number]
        for place, right in enumerate(other, start=1):
            changed = above[place - 1] + (left != right)
            row.append(min(above[place] + 1, row[-1] + 1, changed))
    return row[-1]


@given(TEXTS, TEXTS)
def test_it_is_what_the_whole_table_says(one: str, other: str) -> None:
    assert distance(one, other) == by_table(one, other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("kitten", "sitting", 1 - 3 / 7),
        ("abcd", "abcd", 1.0),
        ("abcd", "wxyz", 0.0),
        ("abcd", "", 0.0),
        ("", "", 1.0),
    ],
)
def test_a_similarity_is_the_share_of_the_longer_text_that_stays(
    one: str, other: str, alike: float
) -> None:
    assert similarity(one, other) == pytest.approx(alike)
    assert similarity(other, one) == pytest.approx(alike)

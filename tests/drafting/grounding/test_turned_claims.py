"""What a sentence leaves out, turns round or puts in another order than its passage."""

from collections.abc import Sequence

import numpy as np
import pytest

from assist.domain.checking import Source
from assist.drafting.grounding import check
from assist.drafting.grounding.reading import read
from assist.drafting.grounding.runs import runs
from assist.drafting.grounding.steps import in_order
from assist.ports import Vectors


def embed(texts: Sequence[str]) -> Vectors:
    """Every text is near every other: only words tell them apart."""
    return np.full((len(texts), 4), 0.5, dtype=np.float32)


def support(sentence: str, passage: str) -> str:
    source = Source(passage_id="lamp", document_id="lamp", text=passage)
    (found,) = check(sentence, [source], embed).sentences
    return found.sentence.support


@pytest.mark.parametrize(
    ("passage", "edited"),
    [
        ("A guest may borrow the lamp for a week.", "A guest must borrow the lamp for a week."),
        ("A wet lamp can hum and can catch fire.", "A wet lamp will catch fire."),
        ("The lamp does not stop the alarm.", "The lamp stops the alarm."),
        ("While the plan is paused, lessons do not lapse.", "Your paid lessons still lapse."),
        (
            "Clean the shade before you mount the lamp.",
            "Mount the lamp before you clean the shade.",
        ),
        ("Clean the shade first.", "Mount the lamp first, and then clean the shade."),
    ],
)
def test_a_turn_of_the_passage_is_unsupported_and_the_passage_itself_is_not(
    passage: str, edited: str
) -> None:
    assert support(edited, passage) == "unsupported"
    assert support(passage, passage) == "supported"


def test_what_a_relative_clause_restricts_is_told_from_what_and_adds() -> None:
    claim = read("A lamp that waits for stock can be canceled, and a receipt follows.")
    found = runs(claim, read("A lamp can be canceled.").keys)
    assert [run.kind for run in found] == ["that"]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Wash the shade before you mount the lamp.", {(0, 1)}),
        ("Once the shade is washed, mount the lamp.", {(0, 1)}),
        ("Mount the lamp, but never before the shade is dry.", {(1, 0)}),
        ("Wash the shade, and after that mount the lamp.", {(0, 1)}),
        ("Dust the lamp once a year.", set()),
    ],
)
def test_small_words_order_the_steps(text: str, pairs: set[tuple[int, int]]) -> None:
    assert in_order(read(text)).pairs == pairs

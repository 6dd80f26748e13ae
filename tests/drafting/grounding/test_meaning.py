"""What turns a sentence of our own passage into another one, and what only says it otherwise."""

from collections.abc import Sequence

import numpy as np
import pytest

from assist.domain.checking import CheckedSentence, Source
from assist.drafting.grounding import check
from assist.ports import Vectors
from tests.drafting.grounding.test_checking import embed

LIBRARY = """## Rules of the tool library

A member collects the tool at the counter, and the courier collects it from a company.
The counter in Lyon is open until 18:00, and the counter in Porto is open until 20:00.
We call you before the loan is extended.
The Drill 3 is lent for 7 days and the Saw 5 is lent for 14 days.
Late tools usually cost a fee.
A lamp may be lent again.
The deposit is paid back if the tool is clean and the case is complete.
Blades are not refunded.

1. Unplug the tool.
2. Clean the blade with a brush.
3. Oil the chain lightly.
4. Close the case.
"""
SOURCE = Source(passage_id="lib#1", document_id="lib", text=LIBRARY, heading="Tool library")


def only(text: str) -> CheckedSentence:
    (found,) = check(text, [SOURCE], embed).sentences
    return found


@pytest.mark.parametrize(
    "text",
    [
        "The Saw 5 is lent for 14 days.",
        "The Saw 5 is lent for two weeks.",
        "The counter in Porto is open until 8 p.m.",
        "The counter in Porto stays open until 20:00.",
        "Before the loan is extended, we call you.",
        "There's no refund for blades.",
        "The deposit is paid back if the tool is clean and the case is complete.",
    ],
)
def test_the_same_said_otherwise_is_supported(text: str) -> None:
    found = only(text)
    assert found.sentence.support in ("supported", "inferred"), found.why
    assert found.sentence.flags == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Saw 5 is lent for 7 days.", "14 days"),
        ("The Drill 3 is lent for 14 days.", "7 days"),
        ("The counter in Porto is open until 18:00.", "20:00"),
        ("We call you after the loan is extended.", "exchanged"),
        ("The bank calls you before the loan is extended.", "bank"),
        ("Late tools always cost a fee.", "certain"),
        ("A lamp must be lent again.", "must"),
        ("The deposit is paid back.", "if"),
        ("Blades are refunded.", "denies"),
    ],
)
def test_another_value_actor_time_or_condition_is_unsupported(text: str, why: str) -> None:
    found = only(text)
    assert found.sentence.support == "unsupported"
    assert any(why in reason for reason in found.why)


def test_steps_in_the_order_of_the_source_are_supported() -> None:
    text = "1. Unplug the tool.\n2. Clean the blade with a brush.\n3. Oil the chain lightly."
    found = check(text, [SOURCE], embed).sentences
    assert [s.sentence.support for s in found] == ["supported"] * 3


def test_a_step_given_after_a_later_one_is_unsupported() -> None:
    text = "1. Unplug the tool.\n2. Oil the chain lightly.\n3. Clean the blade with a brush."
    found = check(text, [SOURCE], embed).sentences
    assert [s.sentence.support for s in found] == ["supported", "supported", "unsupported"]
    assert "the source has this step earlier" in found[2].why


def test_a_list_written_in_one_line_is_read_as_its_entries() -> None:
    text = "Do this: 1. Unplug the tool. 2. Clean the blade with a brush. 3. Close the case."
    found = check(text, [SOURCE], embed).sentences
    assert [s.sentence.text for s in found][1:] == [
        "Unplug the tool.",
        "Clean the blade with a brush.",
        "Close the case.",
    ]


@pytest.mark.parametrize(
    "wrong", ["The Saw 5 is lent for 21 days.", "See https://tools.example.net/lend for more."]
)
def test_a_reply_with_a_changed_value_or_a_foreign_link_is_never_called_supported(
    wrong: str,
) -> None:
    good = "Blades are not refunded. A lamp may be lent again. We call you before the loan is"
    assert check(f"{good} extended. {wrong}", [SOURCE], embed).support < 0.5


def test_a_word_near_in_meaning_counts_and_an_opposite_never_does() -> None:

    kin = {"borrowed": 0, "lent": 0, "wide": 1, "narrow": 1}

    def near(texts: Sequence[str]) -> Vectors:
        rows = embed(texts).copy()
        for at, text in enumerate(texts):
            if text in kin:
                rows[at] = np.eye(256, dtype=np.float32)[200 + kin[text]]
        return rows

    source = SOURCE.model_copy(update={"text": "The ladder is lent for a fee.\nThe box is wide."})
    same, opposite = check(
        "The ladder is borrowed for a fee. The box is narrow.", [source], near
    ).sentences
    assert same.sentence.support == "supported"
    assert opposite.sentence.support == "unsupported"

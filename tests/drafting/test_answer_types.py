"""A question for a time or a sum is answered by a sentence that holds one."""

import pytest

from assist.drafting.answer_types import answers_in_kind, asked_types


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("How long is the warranty?", "Region: US; Warranty: 12 months"),
        ("Until when can I send it back?", "You can return it within 30 days."),
        ("When will I see the money?", "A card shows it within 3 business days."),
        ("How much is the return label?", "The label costs $7.00."),
        ("Is it for free?", "The first label is free."),
    ],
)
def test_what_is_asked_for_is_found(question: str, statement: str) -> None:
    assert answers_in_kind(question)(statement)


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("How long is the warranty?", "The warranty covers every fault."),
        ("How much is the label?", "You get it within 2 days."),
        ("Where is my order?", "It takes 2 days."),
        ("", "It takes 2 days and $5.00."),
    ],
)
def test_nothing_counts_as_an_answer_of_another_kind(question: str, statement: str) -> None:
    assert not answers_in_kind(question)(statement)


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("What should I do?", ("steps",)),
        ("What now?", ("steps",)),
        ("How long does it take, and how much is it?", ("time", "sum")),
        ("Who decides about it?", ()),
    ],
)
def test_what_kind_of_answer_is_asked_for_is_told(question: str, types: tuple[str, ...]) -> None:
    assert asked_types(question) == types

"""What a text points at without having named it."""

import pytest

from assist.retrieval.covering.references import open_reference


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Which rooms does this museum have?", "What do you mean by “this museum”?"),
        ("What is the purpose of that form?", "What do you mean by “that form”?"),
        ("What did she write?", "Whom do you mean?"),
    ],
)
def test_what_nobody_has_named_is_asked_back(text: str, question: str) -> None:
    assert open_reference(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "How do I reset my password?",
        "I bought a lamp, and this lamp is dark.",
        "I know that this is late.",
        "Ana Lima wrote to you. What did she ask?",
    ],
)
def test_what_is_named_or_points_at_nothing_is_not(text: str) -> None:
    assert open_reference(text) == ""


def test_what_was_named_earlier_in_the_ticket_is_not_asked_back() -> None:
    assert open_reference("Which rooms does this museum have?", "The museum opens at 9.") == ""

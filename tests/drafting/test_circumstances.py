from collections.abc import Sequence

import pytest

from assist.drafting.circumstances import Similarity, tells_situation
from assist.drafting.selection import select
from tests.builders import a_passage

BREAK_IN = a_passage(
    "1. Reset your password at once.\n2. Tell us what happened.",
    document_id="break-in",
    headings=("Somebody else is in your account",),
)
RESET = a_passage(
    "1. Tap Forgot password on the sign-in page.\n2. Choose a new password.",
    document_id="reset",
    headings=("Reset a forgotten password",),
)


def near(break_in: float) -> Similarity:
    """Everything is near the question; the heading of the break-in as near as is said."""

    def similarity(_: str, texts: Sequence[str]) -> list[float]:
        return [
            break_in if t == BREAK_IN.headings[-1] else 0.9 if "at once" in t else 0.8
            for t in texts
        ]

    return similarity


def test_a_section_for_those_in_a_situation_is_not_quoted_to_whoever_is_in_another() -> None:
    chosen = select("How do I reset my password?", [BREAK_IN, RESET], near(0.2))
    assert {s.citation.document_id for s in chosen} == {"reset"}


def test_whoever_is_in_the_situation_gets_its_section() -> None:
    chosen = select("A stranger is in my account", [BREAK_IN, RESET], near(0.6))
    assert {s.citation.document_id for s in chosen} == {"break-in"}


def test_a_situation_is_quoted_where_there_is_nothing_else() -> None:
    assert select("How do I reset my password?", [BREAK_IN], near(0.2))


@pytest.mark.parametrize(
    ("heading", "tells"),
    [
        ("Somebody else is in your account", True),
        ("The parcel is late", True),
        ("You lost the phone with your sign-in codes", True),
        ("Reset a forgotten password", False),
        ("What is different from a private account", False),
        ("Is your Plug 2 recalled?", False),
    ],
)
def test_a_heading_tells_a_situation_or_names_a_subject(heading: str, *, tells: bool) -> None:
    assert tells_situation(heading) is tells

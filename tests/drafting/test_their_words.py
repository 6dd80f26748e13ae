"""What may be quoted back to a customer: short, plain, calm, and nothing personal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.drafting.their_words import MOST_CHARACTERS, first_fit, fit_to_quote


@pytest.mark.parametrize(
    "sentence",
    [
        "The light of my hub blinks amber.",
        "my camera shows a black picture",
        "my hub shows E-217",
    ],
)
def test_a_plain_sentence_may_be_quoted(sentence: str) -> None:
    assert fit_to_quote(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Write to me at ana@example.com about it",
        "See https://example.com/x for the photo",
        "My order FW-20418 is still not here",
        "I paid $129 for the broken hub",
        "A friend says I have 45 days for it",
        "WHY IS THE HUB STILL OFFLINE",
        "Why is the hub offline again??",
        "My hub <b>is</b> offline since noon",
        "Not been dropped by anybody here",
        "Hub offline",
    ],
)
def test_what_is_personal_loud_or_half_said_is_not(sentence: str) -> None:
    assert not fit_to_quote(sentence)


def test_the_first_that_fits_is_taken_without_its_full_stop() -> None:
    said = ["What a joke this hub is.", "The hub is offline since noon."]
    assert first_fit(said, unfit=("joke",)) == "The hub is offline since noon"
    assert first_fit(["Help"]) == ""


@given(st.text(max_size=400))
def test_nothing_with_an_address_a_link_or_a_long_number_is_ever_quoted(text: str) -> None:
    if fit_to_quote(text):
        assert len(text) <= MOST_CHARACTERS
        assert not any(mark in text for mark in ("@", "//", "\n", "{", "“"))

"""What a sentence says of this customer's own case is told from what holds for everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.drafting.case_claims import claims_of_case


@pytest.mark.parametrize(
    "sentence",
    [
        "Approved: your refund of $500 is confirmed.",
        "I have approved a full refund for order A-1.",
        "I've just refunded you 228 euros.",
        "You get a new doorbell at no cost.",
        "A replacement is on its way.",
        "Your plug is not part of the recall.",
        "A refund is owed to you.",
        "Your device is replaced.",
        "You are covered for the replacement.",
        "Your return has reached our warehouse.",
        "The hub was delivered on November 2.",
        "A refund of 145 euros is on its way to you.",
    ],
)
def test_a_sentence_about_the_customers_own_case(sentence: str) -> None:
    assert claims_of_case(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "You can return it within 30 days.",
        "Refunds take 5 days.",
        "If your device is damaged, we replace it.",
        "Unplug the adapter of your Hub 2 and wait.",
        "Your refund goes back to the card you paid with.",
        "The warranty covers your device for 24 months.",
        "A device that was damaged on the way is replaced.",
        "Once your return has arrived, you are refunded.",
        "We received your message.",
        "Has your refund been paid?",
    ],
)
def test_a_sentence_that_holds_for_everybody(sentence: str) -> None:
    assert not claims_of_case(sentence)


@given(st.text(max_size=2_000), st.sampled_from(["if", "unless", "once", "when"]))
def test_a_condition_makes_any_sentence_a_general_one(text: str, word: str) -> None:
    assert not claims_of_case(f"{word} {text}")

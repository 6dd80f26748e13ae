"""Two statements of a company contradict each other only where both are about one thing."""

import pytest

from assist.drafting.grounding.opposing import Side, opposer

ELSEWHERE = (
    "The warranty starts on the day of delivery.",
    "Open the app and tap the name of the device.",
    "An order can be changed for an hour.",
    "The invoice stands in the account under orders.",
    "Our courier collects the parcel from your door.",
)
"""Other statements of the same knowledge base: they say which words are common in it."""


def said(one: str, other: str, *, headings: tuple[str, str] = ("", ""), cosine: float = 0.9) -> str:
    oppose = opposer((*ELSEWHERE, one, other))
    sides = Side(one, headings[0]), Side(other, headings[1])
    found = oppose(*sides, cosine)
    assert bool(oppose(sides[1], sides[0], cosine)) == bool(found)
    return found


def test_another_figure_for_the_same_thing_is_named_with_both_values() -> None:
    one = "We refund a returned device within 5 business days after it reaches our warehouse."
    other = "After it reaches our warehouse, we refund a returned device within 7 business days."

    assert said(one, other) == "“5 business days” against “7 business days”"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The trial of the plan ends after 14 days.",
            "The trial of the plan ends after two weeks.",
        ),
        (
            "A monthly payment is refunded in full within 7 days of the charge.",
            "A yearly payment is refunded in full within 30 days of the charge.",
        ),
        (
            "Without the plan the recordings of the camera are kept for 24 hours.",
            "With the plan the recordings of the camera are kept for 30 days.",
        ),
        (
            "In the US the warranty of every device runs for 12 months from delivery.",
            "In the UK the warranty of every device runs for 24 months from delivery.",
        ),
        (
            "Hold the button of the Hub 2 for 10 seconds until it blinks.",
            "Hold the button of the Plug 2 for 5 seconds until it blinks.",
        ),
        (
            "The Camera 3, the Sensor 1 and the Plug 2 are always replaced under the warranty.",
            "The Camera 3, the Sensor 1 and the Plug 2 are never repaired under the warranty.",
        ),
        (
            "A senior agent extends a running trial once within 365 days for one customer.",
            "A senior agent may add up to 14 days to a running trial.",
        ),
    ],
)
def test_what_is_said_of_two_cases_or_in_two_ways_is_no_contradiction(one: str, other: str) -> None:
    assert said(one, other) == ""


def test_a_denial_of_the_same_sentence_is_a_contradiction() -> None:
    one = "A gift card can be used for a subscription of the plan."
    other = "Please note: a gift card cannot be used for a subscription of the plan."

    assert said(one, other) == "one denies what the other says"


def test_free_against_charged_is_a_contradiction() -> None:
    one = "The first replacement of a battery is free for every customer."
    other = "The first replacement of a battery is charged for every customer."

    assert said(one, other, headings=("Batteries", "Batteries")) == "“free” against “charged”"


def test_a_heading_with_a_date_sets_two_prices_apart() -> None:
    one, other = (
        "The monthly plan costs $8.00 in all regions.",
        "The monthly plan costs $7.00 in all regions.",
    )

    assert said(one, other) == "“$8.00” against “$7.00”"
    assert said(one, other, headings=("Prices", "Prices until February 28, 2026")) == ""


def test_a_short_sentence_is_compared_only_below_headings_that_share_a_subject() -> None:
    one, other = "Enter the 8-digit code.", "Enter the 6-digit code."
    apart = ("Set up the thermostat", "Two-step sign-in of your account")

    assert said(one, other, headings=apart, cosine=0.7) == ""
    assert said(one, other, headings=("Pair the device", "Pair the device"), cosine=0.7) != ""


def test_statements_that_only_resemble_each_other_are_not_compared() -> None:
    one = "When a returned parcel reaches us, we refund the order within 5 business days."
    other = "For an order canceled before it shipped, we send the refund within 1 business day."

    assert said(one, other, cosine=0.8) == ""

"""Clauses against the amounts and the other numbers of their own sentences."""

from typing import Any

import pytest

from assist.policies.audit.figures import figures_in, money_in
from tests.policies.audit.company import FACTS, a_document, a_rule, look

MORE = "  - {path: order.hours, type: number}\n  - {path: order.paid_in, type: money}\n"


def said(when: str, text: str, **fields: Any) -> list[str]:
    """What a clause with this condition and sentence is told about its figures."""
    document = a_document(a_rule(when=when, text=text, **fields))
    given = look(document, files={"facts.yaml": FACTS + MORE})
    return [f.message for f in given if f.code == "figures-differ"]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("order.items < 6", "Fewer than 6."),
        ("order.items < 6", "At most five."),
        ("order.items <= 30", "Before number 31."),
        ("order.items > 30", "From number 31 on."),
        ("order.items >= 31", "More than thirty."),
        ("31 <= order.items", "More than thirty."),
        ("order.items >= 31 && order.weight > 7", "More than thirty."),
        ("order.items in [3, 4]", "Three of them."),
        ("order.items >= 1", "From 12 hours on."),
        ("order.items == 0", "None within 90 days."),
        ("order.items >= 5", "A second one, the first, once or twice, and one more."),
        ("order.items >= 5", "The 3rd of them, as the edition of 2025 said on 2025-12-31."),
        ("order.items >= 5", "Many of them."),
        ("order.items >= 5 && order.note == 'Plug 2'", "Many of the Plug 2."),
        ("order.items >= 24", "Two dozen, or twenty-four."),
        ("order.hours <= 24", "Within a day."),
        ("order.hours <= 36", "Within 36 hours or two minutes."),
        ("order.hours <= 48", "Within two days."),
        ("order.hours <= 8760", "Within a year."),
        ("order.weight > 0.15", "More than 15 %."),
        ("order.weight < -5", "Less than minus 5."),
        ("order.items >= 300", "Three hundred or more."),
        ("order.items >= 5 && days_since(order.placed_at) <= 30", "Many within 30 days."),
        ("order.paid_in > money('60', 'EUR')", "More than 60 euros."),
        ("order.paid_in > money('60', 'EUR')", "More than €60.01, or 3 of them."),
        ("order.paid_in > money('60', 'EUR')", "More than sixty Euros."),
        ("order.paid_in > money('60', 'EUR')", "A lot, for 3 USB plugs."),
        ("order.paid_in > money('60', 'AUD')", "More than $60."),
        ("order.paid_in > money('60', 'SEK')", "More than 60 SEK or 50 GBP."),
        ("order.paid_in > money('60', 'SEK')", "More than $60."),
    ],
)
def test_a_sentence_may_say_its_figures_in_its_own_way(when: str, text: str) -> None:
    assert said(when, text) == []


@pytest.mark.parametrize(
    ("when", "text", "message"),
    [
        ("order.items < 5", "Under 6.", "compares order.items with 5, and its sentence names 6"),
        ("order.items > 14", "After 3 days.",
         "compares order.items with 14, and its sentence names 3 days"),
        ("order.items == 5", "Of 6.", "compares order.items with 5, and its sentence names 6"),
        ("order.items <= 5", "Up to 4.", "compares order.items with 5, and its sentence names 4"),
        ("5 > order.items", "Up to 6.", "compares order.items with 5, and its sentence names 6"),
        ("order.hours >= 7.0", "From 6 hours on.",
         "compares order.hours with 7.0, and its sentence names 6 hours"),
        ("order.hours <= 36", "Within a day or 24 hours.",
         "compares order.hours with 36, and its sentence names 24 hours"),
        ("order.weight > 0.2", "More than 15 %.",
         "compares order.weight with 0.2, and its sentence names 15 %"),
        ("order.items >= 5 && order.weight > 7", "From 6 or 8.5 on.",
         "compares order.items with 5, order.weight with 7, and its sentence names 6, 8.5"),
        ("order.items >= 5 && days_since(order.placed_at) <= 30", "From 6 on within 30 days.",
         "compares order.items with 5, and its sentence names 6"),
        ("order.paid_in > money('70.00', 'EUR')", "More than 60 euros.",
         "compares 70.00 EUR, and its sentence names 60 EUR"),
        ("order.paid_in > money('70.00', 'EUR') || order.paid_in > money('50.00', 'GBP')",
         "More than 60 euros or 50 pounds.", "compares 70.00 EUR, and its sentence names 60 EUR"),
        ("order.paid_in > money('70.00', 'SEK')", "More than €60.",
         "compares 70.00 SEK, and its sentence names 60 EUR"),
        ("order.paid_in > money('60.02', 'EUR')", "More than €60.",
         "compares 60.02 EUR, and its sentence names 60 EUR"),
    ],
)  # fmt: skip
def test_figures_that_a_sentence_says_otherwise_are_found(
    when: str, text: str, message: str
) -> None:
    assert said(when, text) == [f"returns.first {message}"]


def test_figures_that_a_limit_or_its_period_explains_are_no_other_ones() -> None:
    both = [{"amount": "20", "currency": "GBP"}, {"amount": "20", "currency": "USD"}]
    limit = {"effect": "limit", "limit": both}
    dear = "order.total > money('70', 'GBP')"
    assert said(dear, "Up to £20.00 or $20.", **limit) == []
    assert said(f"{dear} && order.items > 4", "Up to 20 in 90 days.", period_days=90, **limit) == []
    assert said(dear, "Up to £20.00 for more than £60.", **limit) == [
        "returns.first compares 70.00 GBP, and its sentence names 60 GBP"
    ]
    (message,) = said("order.items > 4", "Up to £20.00 in 90 days for 3.", period_days=90, **limit)
    assert message == "returns.first compares order.items with 4, and its sentence names 3"


def test_money_is_read_with_what_its_sign_can_stand_for() -> None:
    text = "£5, 7.50 SEK, USD 3, two euros, 9 pounds and 4 USB plugs"
    assert [f"{amount.number} {amount.currencies[0]}" for amount in money_in(text)] == [
        "5 GBP", "7.50 SEK", "3 USD", "2 EUR", "9 GBP",
    ]  # fmt: skip


def test_figures_are_read_with_what_they_count() -> None:
    text = "Two 14-day times, a year, 5 business days, 3rd, 20 percent, £7 and A4"
    assert [f"{figure.number} {figure.unit}".strip() for figure in figures_in(text)] == [
        "2", "14 day", "1 year", "5 day", "3 nth", "20 percent",
    ]  # fmt: skip

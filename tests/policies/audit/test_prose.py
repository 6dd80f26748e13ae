"""Clauses against the figures and regions of their own sentences."""

from typing import Any

import pytest

from tests.policies.audit.company import a_document, a_rule, look


def said(text: str, **fields: Any) -> list[str]:
    """Messages about a clause with this sentence, beside one that allows everything."""
    clause = a_rule("one", text=text, **fields)
    document = a_document(a_rule(type="exception", when="order.paid == true"), clause)
    return [f.message for f in look(document) if f.code.endswith("differ") or "differs" in f.code]


def counted(when: str, text: str) -> list[str]:
    return said(text, when=when)


LATE = "days_since(order.delivered_at) > 14"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (LATE, "After 14 days it has ended."),
        (LATE, "From day 15 on it has ended."),
        (LATE, "After two weeks it has ended."),
        (LATE, "After the fourteen-day time it has ended."),
        (LATE, "When the time is over, it has ended."),
        ("days_since(order.placed_at) <= 365", "For 12 months."),
        ("days_since(order.placed_at) <= 730", "For two years."),
        ("days_since(order.placed_at) <= 1826", "For 5 years."),
        (f"{LATE} && days_since(order.delivered_at) <= 74", "For 60 days afterwards."),
        ("days_since(order.placed_at) <= 425", "For 60 days after the first 12 months."),
        ("days_since(order.placed_at) <= -14", "At least 14 days before."),
        ("days_since(order.placed_at) >= 1", "After 3 days."),
    ],
)
def test_a_sentence_may_say_its_days_in_its_own_way(when: str, text: str) -> None:
    assert counted(when, text) == []


@pytest.mark.parametrize(
    ("when", "text", "named"),
    [
        (LATE, "After 12 days it has ended.", "12 days"),
        (LATE, "After 16 days it has ended.", "16 days"),
        (LATE, "After one week or day 20.", "7 days, 20 days"),
        (LATE, "After 3 months.", "84 to 93 days"),
    ],
)
def test_days_that_a_sentence_says_otherwise_are_found(when: str, text: str, named: str) -> None:
    message = f"returns.one counts 14 days, and its sentence names {named}"
    assert counted(when, text) == [message]


def limited(text: str, amount: str, **fields: Any) -> list[str]:
    limit = [{"amount": amount, "currency": currency} for currency in ("GBP", "USD")]
    return said(text, effect="limit", limit=limit, **fields)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("No more than £20.00 or $20.", "20.00"),
        ("No more than 1,500.00 GBP.", "1500"),
        ("No more than $1500.00.", "1500"),
        ("No more than USD 20.", "20.00"),
        ("No more than twenty.", "20.00"),
        ("A rest of 10.00 USD or more is not.", "9.99"),
    ],
)
def test_a_sentence_may_write_its_amounts_in_its_own_way(text: str, amount: str) -> None:
    assert limited(text, amount) == []


def test_amounts_that_a_sentence_says_otherwise_are_found() -> None:
    other = "returns.one limits to 20.00 {}, and its sentence names 25.00"
    assert limited("At most £25.00.", "20.00") == [other.format("GBP"), other.format("USD")]
    none = "returns.one limits to 20.00 {}, and its sentence names no amount"
    assert limited("Only a little.", "20.00") == [none.format("GBP"), none.format("USD")]
    assert len(limited("At most £20.02.", "20.00")) == 2
    assert limited("At most £20.01.", "20.00") == []


def test_the_days_of_a_period_stand_in_the_sentence() -> None:
    assert limited("At most £20.00 within 90 days.", "20", period_days=90) == []
    assert limited("At most £20.00 within 60 days.", "20", period_days=90) == [
        "returns.one counts 90 days, and its sentence names 60 days"
    ]
    assert limited("At most £20.00.", "20", period_days=90) == [
        "returns.one counts 90 days, and its sentence names no days"
    ]


@pytest.mark.parametrize(
    ("when", "text", "scope"),
    [
        ("true", "In the US it is so.", "US, UK, EU"),
        ("order.items > 2", "In the UK and the EU it is so.", "US, UK, EU"),
        ("customer.region == 'UK'", "It is so in the EU.", "UK"),
    ],
)
def test_a_region_that_the_clause_does_not_ask_for_is_found(
    when: str, text: str, scope: str
) -> None:
    (message,) = said(text, when=when)
    assert message.startswith("the sentence of returns.one speaks of ")
    assert message.endswith(f"and the clause holds for {scope}")


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("customer.region == 'US'", "In the US it is so."),
        ("customer.region in ['UK', 'EU']", "In the UK and the EU it is so."),
        ("true", "In the US, in the UK and in the EU it is so."),
        ("true", "Whatever was sold in the EU and all else."),
        ("true", "The batch LB-26-EU is so."),
        ("true", "So it is for US all."),
    ],
)
def test_a_region_that_is_asked_for_or_named_beside_is_fine(when: str, text: str) -> None:
    assert said(text, when=when) == []


def test_a_policy_of_one_region_may_name_it_and_no_other() -> None:
    own = a_rule(text="In the UK it is so.")
    assert look(a_document(own, regions=["UK"])) == []
    (finding,) = look(a_document(own, regions=["US"]))
    assert (finding.code, finding.severity, finding.line) == ("region-differs", "warning", 12)
    assert finding.message.endswith("speaks of UK, and the clause holds for US")

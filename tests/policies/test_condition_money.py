"""Money in conditions: compared in one currency, exactly, or not at all."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.base import Money
from assist.domain.facts import FactDeclaration
from assist.errors import BadKnowledgeBase
from assist.policies.condition_money import decimals, minor_units
from assist.policies.condition_tree import Truth
from assist.policies.conditions import compile_condition
from tests.policies.rules import TODAY, money

FACTS = (
    FactDeclaration(path="order.total", type="money"),
    FactDeclaration(path="order.fee", type="money"),
    FactDeclaration(path="uk.price", type="money", unit="GBP"),
    FactDeclaration(path="us.price", type="money", unit="USD"),
    FactDeclaration(path="customer.region", type="text"),
    FactDeclaration(path="order.items", type="integer"),
)
UK_SMALL = "customer.region == 'UK' && order.total <= money('50.00', 'GBP')"


def a_sum(amount: object, currency: str = "GBP") -> dict[str, Any]:
    return {"amount": str(amount), "currency": currency}


def weigh(text: str, **facts: Any) -> Truth:
    named = {name.replace("_", "."): value for name, value in facts.items()}
    return compile_condition(text, FACTS).weigh(named, TODAY)


@pytest.mark.parametrize(
    ("sign", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("==", False, True, False),
        ("!=", True, False, True),
    ],
)
def test_an_amount_is_compared_to_the_penny(
    sign: str, *, below: bool, equal: bool, above: bool
) -> None:
    totals = ["49.99", "50.00", "50.01"]
    written = [
        weigh(f"order.total {sign} money('50.00', 'GBP')", order_total=a_sum(t)) for t in totals
    ]
    stored = [
        weigh(f"order.total {sign} order.fee", order_total=a_sum(t), order_fee=a_sum("50.00"))
        for t in totals
    ]
    expected = [Truth(below), Truth(equal), Truth(above)]
    assert written == expected
    assert stored == expected


@given(
    st.decimals("-1e15", "1e15", places=2),
    st.decimals("-1e15", "1e15", places=2),
    st.sampled_from(["<", "<=", "=="]),
)
def test_amounts_compare_as_the_decimals_they_are(one: Decimal, other: Decimal, sign: str) -> None:
    truth = weigh(f"order.total {sign} money('{other:f}', 'GBP')", order_total=a_sum(one))
    holds = {"<": one < other, "<=": one <= other, "==": one == other}
    assert truth == Truth(holds[sign])


def test_an_amount_may_stand_on_either_side() -> None:
    text = "money('50.00', 'GBP') < order.total"
    assert weigh(text, order_total=a_sum("50.01")) == Truth(True)
    assert weigh(text, order_total=a_sum("50.00")) == Truth(False)
    assert weigh(text, order_total=a_sum("60.00", "USD")).problems == (
        "order.total is in USD, the condition compares GBP",
    )


def test_another_currency_is_unknown_in_words_and_asks_for_nothing() -> None:
    truth = weigh("order.total <= money('50.00', 'GBP')", order_total=a_sum("10.00", "USD"))
    assert truth == Truth(None, (), ("order.total is in USD, the condition compares GBP",))
    truth = weigh(
        "order.total > order.fee", order_total=a_sum("9.00", "USD"), order_fee=a_sum("1.00")
    )
    assert truth == Truth(None, (), ("order.total is in USD, order.fee in GBP",))


def test_a_region_decides_before_its_currency_is_asked_about() -> None:
    dollars, pounds = a_sum("10.00", "USD"), a_sum("10.00")
    assert weigh(UK_SMALL, customer_region="US", order_total=dollars) == Truth(False)
    assert weigh(UK_SMALL, customer_region="US") == Truth(False)
    assert weigh(UK_SMALL, customer_region="UK", order_total=pounds) == Truth(True)
    assert weigh(UK_SMALL, customer_region="UK", order_total=a_sum("50.01")) == Truth(False)
    assert weigh(UK_SMALL, customer_region="UK") == Truth(None, ("order.total",))
    assert weigh(UK_SMALL, order_total=pounds) == Truth(None, ("customer.region",))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (a_sum("12.345"), "order.total is 12.345 GBP, finer than the 2 decimal places of GBP"),
        (a_sum("1e19"), "order.total is 1E+19 GBP, which is too large to compare"),
        (a_sum("92233720368547758.08"), "which is too large to compare"),
        (a_sum("1e999999"), "which is too large to compare"),
    ],
)
def test_an_amount_that_has_no_minor_units_is_unknown_in_words(
    raw: dict[str, Any], problem: str
) -> None:
    truth = weigh("order.total > money('1.00', 'GBP')", order_total=raw)
    assert (truth.value, truth.missing) == (None, ())
    assert truth.problems[0].endswith(problem)


@pytest.mark.parametrize(
    ("amount", "expected"), [("92233720368547758.07", True), ("-92233720368547758.07", False)]
)
def test_the_largest_amounts_are_still_compared(amount: str, *, expected: bool) -> None:
    text = "order.total > money('1.00', 'GBP')"
    assert weigh(text, order_total=a_sum(amount)).value is expected


@pytest.mark.parametrize("raw", [50, "50.00", {"amount": "50.00"}, a_sum("much"), a_sum("1", "gb")])
def test_what_is_no_money_is_asked_for(raw: Any) -> None:
    truth = weigh("order.total > money('1.00', 'GBP')", order_total=raw)
    assert (truth.value, truth.missing) == (None, ("order.total",))


def test_a_fact_in_no_currency_cannot_be_compared_with_another() -> None:
    amounts = {"order_total": a_sum("5", "ABC"), "order_fee": a_sum("5", "ABC")}
    assert weigh("order.total == order.fee", **amounts) == Truth(
        None, (), ("order.total is 5 ABC, and ABC is no currency of ISO 4217",)
    )


def test_an_amount_may_be_below_zero_and_nothing() -> None:
    assert weigh("order.total < money('0', 'GBP')", order_total=a_sum("-0.01")) == Truth(True)
    assert weigh("order.total >= money('-5.00', 'GBP')", order_total=a_sum("-5")) == Truth(True)
    assert weigh("order.total == money('0', 'GBP')", order_total=a_sum("0E+50")) == Truth(True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("order.total > 100", "order.total is money and 100 is an integer"),
        ("order.total > '100.00'", "order.total is money and '100.00' is a text"),
        ("order.total == order.items", "order.total is money and order.items is an integer"),
        ("order.total", "order.total is money, neither true nor false"),
        ("order.total > money('50.001', 'GBP')", "50.001 is finer than the 2 decimal places of"),
        ("order.total > money('50.00', 'JPY')", "50.00 is finer than the 0 decimal places of JPY"),
        ("order.total > money('50.00', 'ABC')", "'ABC' is no currency of ISO 4217"),
        ("order.total > money('50.00', 'XXX')", "'XXX' is no currency of ISO 4217"),
        ("order.total > money('50.00', 'gbp')", "'gbp' is no currency of ISO 4217"),
        ("order.total > money('1e3', 'GBP')", "'1e3' is no amount"),
        ("order.total > money('fifty', 'GBP')", "'fifty' is no amount"),
        ("order.total > money('5.', 'GBP')", "'5.' is no amount"),
        ("order.total > money(' 5', 'GBP')", "' 5' is no amount"),
        ("order.total > money('٥', 'GBP')", "'٥' is no amount"),
        ("order.total > money('99999999999999999999', 'GBP')", "is no amount"),
        ("order.total > money('999999999999999999', 'GBP')", "too large"),
        ("order.total > money(50, 'GBP')", "money(50, 'GBP') is no amount of money"),
        ("order.total > money('50.00')", "money('50.00') is no amount of money"),
        ("order.total > money('5', 'GBP', 'UK')", "is no amount of money"),
        ("order.total > money(customer.region, 'GBP')", "is no amount of money"),
        ("money('1', 'GBP') < money('2', 'GBP')", "compares no fact"),
        ("uk.price < money('5.00', 'USD')", "uk.price is in GBP, the condition compares USD"),
        ("money('5.00', 'USD') < uk.price", "uk.price is in GBP, the condition compares USD"),
        ("uk.price < us.price", "uk.price is in GBP, us.price in USD"),
        ("order.total + order.fee > money('5', 'GBP')", "computes with money"),
        ("order.total * 2 > money('5', 'GBP')", "order.total * 2 computes with money"),
        ("2 * order.total > money('5', 'GBP')", "2 * order.total computes with money"),
        ("-order.total < money('5', 'GBP')", "computes with money"),
        ("order.total in [money('5', 'GBP')]", "looks for money in a list"),
        ("order.total.contains('5')", "reads text"),
        ("days_since(order.total) > 5", "counts from a date"),
    ],
)
def test_money_is_refused_where_it_cannot_be_compared(text: str, complaint: str) -> None:
    with pytest.raises(BadKnowledgeBase) as caught:
        compile_condition(text, FACTS, where="returns.md:7")
    assert complaint in caught.value.problem
    assert caught.value.cure


def test_arithmetic_on_money_says_what_to_write_instead() -> None:
    with pytest.raises(BadKnowledgeBase) as caught:
        compile_condition("order.total + order.fee > money('5', 'GBP')", FACTS)
    assert caught.value.cure == (
        "compare two amounts, declare a fact for the sum, or write a clause with a limit"
    )


def test_facts_declared_in_one_currency_are_compared() -> None:
    assert weigh("uk.price < money('5.00', 'GBP')", uk_price=a_sum("4.99")) == Truth(True)
    assert weigh("uk.price < order.total", uk_price=a_sum("5"), order_total=a_sum("6")).value


@pytest.mark.parametrize(
    ("currency", "places"),
    [
        ("GBP", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4),
        ("RSD", 2), ("IQD", 3), ("AFN", 2),  # CLDR says 0 of all three
        ("XAU", None), ("XAF", 0), ("ABC", None), ("", None),
    ],
)  # fmt: skip
def test_a_currency_has_the_decimal_places_of_iso_4217(currency: str, places: int | None) -> None:
    assert decimals(currency) == places


@given(st.integers(-(10**16), 10**16), st.sampled_from(["GBP", "JPY", "KWD"]))
def test_minor_units_are_the_amount_exactly(units: int, currency: str) -> None:
    places = decimals(currency)
    assert places is not None
    assert minor_units(money(Decimal(units).scaleb(-places), currency)) == units


def test_trailing_zeros_of_a_stored_amount_change_nothing() -> None:
    assert minor_units(Money(amount=Decimal("50.0000"), currency="GBP")) == 5000
    assert minor_units(Money(amount=Decimal("5000.00"), currency="JPY")) == 5000

"""What is no sound condition is refused when it is written, with what to write instead."""

import pytest

from assist.domain.facts import FactDeclaration
from assist.errors import BadKnowledgeBase
from assist.policies.conditions import compile_condition
from tests.policies.rules import FACTS

DECLARED = (
    *FACTS,
    FactDeclaration(path="order.fee", type="money"),
    FactDeclaration(path="uk.price", type="money", unit="GBP"),
)
SUPPORTED = (
    "use facts, literals, money('50.00', 'GBP'), comparisons, in, && || !, days_since() and"
    " business_days_since()"
)
AMOUNT = "write the amount as money('50.00', 'GBP')"
LITERAL = "write an amount and its currency: money('50.00', 'GBP')"
TOO_LARGE = (
    "money('999999999999999999', 'GBP'): the amount is 999999999999999999 GBP, which is"
    " too large to compare"
)
SUM = "compare two amounts, declare a fact for the sum, or write a clause with a limit"


@pytest.mark.parametrize(
    ("text", "problem", "cure"),
    [
        ("order.payed", "the fact 'order.payed' is not declared", "declare it in facts.yaml"),
        (
            "order.items <=",
            "'order.items <=' does not compile at character 13",
            "correct the condition",
        ),
        ("", "'' does not compile at character 1", "correct the condition"),
        ("order.items", "order.items is integer, neither true nor false", "compare it"),
        ("order.total", "order.total is money, neither true nor false", "compare it"),
        (
            "order.items == 'three'",
            "order.items is an integer and 'three' is a text",
            "compare like with like",
        ),
        (
            "order.paid == 'yes'",
            "order.paid is a boolean and 'yes' is a text",
            "compare like with like",
        ),
        (
            "order.paid == device.age",
            "order.paid is a boolean and device.age is a number",
            "compare like with like",
        ),
        (
            "order.items in [1, 'a']",
            "order.items is an integer and 'a' is a text",
            "compare like with like",
        ),
        (
            "(order.items + 1) * 2 == 'a'",
            "(order.items + 1) * 2 is an integer and 'a' is a text",
            "compare like with like",
        ),
        (
            "device.state == 'wron'",
            "device.state can never be 'wron'",
            "it is one of new, worn, broken",
        ),
        (
            "'wron' != device.state",
            "device.state can never be 'wron'",
            "it is one of new, worn, broken",
        ),
        (
            "device.state in ['new', 'wron']",
            "device.state can never be 'wron'",
            "it is one of new, worn, broken",
        ),
        (
            "device.state < 'new'",
            "device.state < 'new' has no order",
            "order numbers or dates only",
        ),
        ("order.paid >= true", "order.paid >= true has no order", "order numbers or dates only"),
        ("order.delivered_at < 'Tuesday'", "'Tuesday' is no date", "write 2026-01-31"),
        ("order.delivered_at < 5", "5 is no date", "compare a date with a date"),
        (
            "order.delivered_at == device.serial",
            "device.serial is no date",
            "compare a date with a date",
        ),
        ("order.items / 0 > 1", "order.items / 0 divides by zero", "correct the divisor"),
        ("order.items % 0 > 1", "order.items % 0 divides by zero", "correct the divisor"),
        ("device.age / 0.0 > 1", "device.age / 0.0 divides by zero", "correct the divisor"),
        ("1 / (2 - 2) > 1", "1 / (2 - 2) > 1 cannot be computed", "correct it"),
        (
            "9223372036854775807 + 1 > 1",
            "9223372036854775807 + 1 > 1 cannot be computed",
            "correct it",
        ),
        (
            "days_since(order.items) > 1",
            "days_since counts from a date; order.items is integer",
            "use a date",
        ),
        (
            "business_days_since(order.paid) > 1",
            "business_days_since counts from a date; order.paid is boolean",
            "use a date",
        ),
        (
            "days_since(order.delivered_at, 1) > 1",
            "days_since(...) is not part of conditions",
            SUPPORTED,
        ),
        ("days_since('2026-01-01') > 1", "literal is not part of conditions", SUPPORTED),
        ("has(order.paid)", "has(...) is not part of conditions", SUPPORTED),
        ("device.serial.matches('(a+)+')", ".matches(...) is not part of conditions", SUPPORTED),
        ("device.serial.contains('a', 'b')", ".contains(...) is not part of conditions", SUPPORTED),
        ("[1, 2].all(x, x > 0)", ".all(...) is not part of conditions", SUPPORTED),
        ("order.items[0] == 1", "member index is not part of conditions", SUPPORTED),
        (
            "device.serial.contains(5)",
            ".contains() reads text, not device.serial and 5",
            "use text facts",
        ),
        (
            "order.items.contains('5')",
            ".contains() reads text, not order.items and '5'",
            "use text facts",
        ),
        (
            "order.items == null",
            "null is not part of conditions",
            "use numbers, texts, true and false",
        ),
        ("order.items == 1u", "1u is not part of conditions", "use numbers, texts, true and false"),
        (
            "order.items == 9223372036854775808",
            "9223372036854775808 is too large",
            "use a smaller number",
        ),
        (
            "order.items == -9223372036854775808",
            "-9223372036854775808 is too large",
            "use a smaller number",
        ),
        ("device.age > 1e400", "1e400 is too large", "use a smaller number"),
        ("!" * 60 + "order.paid", "nested deeper than 12 levels", "split the clause"),
        (
            "-(" * 12 + "order.items" + ")" * 12 + " > 1",
            "nested deeper than 12 levels",
            "split the clause",
        ),
        (
            "order.paid || " * 200 + "order.paid",
            "the condition has 2810 characters, at most 2000",
            "split the clause",
        ),
        ("order.paid||" * 100 + "order.paid", "more than 100 comparisons", "split the clause"),
        (
            "order.items in [" + "1, " * 100 + "1]",
            "a list has 101 items, at most 100",
            "shorten it",
        ),
        ("order.items in 3", "3 is not a list", "write: fact in ['one', 'two']"),
        ("order.items + 'a' == 3", "order.items + 'a' is not arithmetic on numbers", "use numbers"),
        ("-order.paid == 1", "-order.paid is not arithmetic on numbers", "use numbers"),
        ("device.age % 2 == 1", "device.age % 2 needs whole numbers", "use integers"),
        ("device.serial == '\\z'", "'\\z' is no text", "correct its quotes and escapes"),
        ("device.serial == '\\ud800'", "'\\ud800' is no text", "correct its quotes and escapes"),
        (
            "(" * 300,
            "'" + "(" * 80 + "…' does not compile at character 300",
            "correct the condition",
        ),
        ("order.total > 100", "order.total is money and 100 is an integer", AMOUNT),
        (
            "order.total + order.fee > money('5', 'GBP')",
            "order.total + order.fee computes with money, which conditions only compare",
            SUM,
        ),
        (
            "-order.total > money('5', 'GBP')",
            "-order.total computes with money, which conditions only compare",
            SUM,
        ),
        (
            "order.total in [money('5', 'GBP')]",
            "order.total in ... looks for money in a list",
            "compare each amount with ==",
        ),
        (
            "money('1', 'GBP') < money('2', 'GBP')",
            "money('1', 'GBP') < money('2', 'GBP') compares no fact",
            "compare a money fact",
        ),
        (
            "uk.price < money('5', 'USD')",
            "uk.price is in GBP, the condition compares USD",
            "compare amounts in one currency",
        ),
        (
            "order.total > money('5.001', 'GBP')",
            "money('5.001', 'GBP'): 5.001 is finer than the 2 decimal places of GBP",
            LITERAL,
        ),
        (
            "order.total > money('999999999999999999', 'GBP')",
            TOO_LARGE,
            LITERAL,
        ),
        ("order.total > money(50, 'GBP')", "money(50, 'GBP') is no amount of money", LITERAL),
    ],
)
def test_a_refusal_names_the_problem_the_cure_and_the_place(
    text: str, problem: str, cure: str
) -> None:
    with pytest.raises(BadKnowledgeBase) as caught:
        compile_condition(text, DECLARED, where="returns.md:7")
    assert (caught.value.problem, caught.value.cure) == (problem, cure)
    assert caught.value.where == "returns.md:7"


def test_the_limits_themselves_are_read() -> None:
    assert compile_condition("!" * 10 + "order.paid", DECLARED)
    assert compile_condition("order.items == 9223372036854775807", DECLARED)
    assert compile_condition("order.paid" + " " * 1990, DECLARED)
    with pytest.raises(BadKnowledgeBase):
        compile_condition("order.paid" + " " * 1991, DECLARED)

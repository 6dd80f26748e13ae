"""Rules at their edges: scopes with letters of their own, counts beside each other, no answer."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from assist.domain.facts import FactDeclaration
from assist.policies.audit.compared import compared_in
from assist.policies.audit.figures import amounts_in, numbers_in, spans_in, spoken_of
from assist.policies.audit.representatives import representatives
from assist.policies.audit.undecided import unanalyzed
from assist.policies.condition_terms import business_days_between
from tests.policies.audit.company import FACTS, a_document, a_rule, forbids, look

ODD = "order.items * order.items == 77"
ON = date(2026, 11, 20)


def messages(*rules: dict[str, object], regions: list[str], facts: str = FACTS) -> list[str]:
    document = a_document(*rules, regions=regions)
    return [f.message for f in look(document, files={"facts.yaml": facts})]


def test_regions_are_written_as_they_are() -> None:
    abroad = a_rule("abroad", when="customer.region == 'US'")
    facts = FACTS.replace("[US, UK, EU]", "[US, Zürich]")
    assert messages(a_rule(), abroad, regions=["Zürich"], facts=facts) == [
        (
            "returns.abroad never holds: no case meets customer.region == 'US' with "
            'customer.region in ["Zürich"]'
        )
    ]


def test_a_policy_for_regions_that_nobody_lives_in_never_holds() -> None:
    assert messages(a_rule(), regions=["UKK"]) == [
        "no case can have the region 'UKK'",
    ]


def test_the_clause_that_keeps_another_from_being_decided_is_named() -> None:
    odd = forbids("odd", f"!({ODD})", type="mandatory")
    apart = forbids("apart", f"device.state == 'new' && {ODD}", type="mandatory")
    small = a_rule("small", when="order.paid == true && device.state == 'worn'")
    found = [f for f in look(a_document(apart, odd, small)) if "small" in f.message]
    assert [(f.code, f.line, f.message, f.cure) for f in found] == [
        (
            "not-decided",
            22,
            (
                "it is not known whether returns.small ever decides refund, because returns.odd's "
                "condition is not analyzed: it calculates with order.items"
            ),
            "use a fact of its own or plain comparisons",
        )
    ]


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("days_since(order.placed_at) - days_since(order.delivered_at) == 3",
         "it calculates with days_since"),
        ("order.items % 2 == 7", "it calculates with order.items"),
        ("order.note.contains('a') && !order.note.contains('a')",
         "it looks into a text with contains"),
        ("order.items * order.items == 77 && order.weight * order.weight == 77.5",
         "it calculates with order.items and it calculates with order.weight"),
        ("days_since(order.placed_at) > 3 && order.placed_at > '2030-01-01'",
         "it both counts the days since order.placed_at and compares it with a day"),
        ("order.items == 3", ""),
    ],
)  # fmt: skip
def test_what_keeps_a_condition_from_being_looked_through_is_said(when: str, why: str) -> None:
    assert unanalyzed([when]) == (f"is not analyzed: {why}" if why else "")


def test_clauses_that_disagree_about_one_action_only_are_found_with_its_facts() -> None:
    paid = a_rule("paid", when="order.paid == true", actions=["refund", "repair"])
    many = forbids("many", "order.items > 3")
    first = a_rule("first", type="mandatory", actions=["refund"], when="order.items > 2")
    others = a_rule("others", type="exception", actions=["credit"])
    found = [f for f in look(a_document(paid, many, first, others)) if f.code == "conflict"]
    assert [finding.message for finding in found] == [
        (
            "returns.many and returns.paid (returns.md:10) rank alike and disagree about repair: "
            "forbid against allow, where order.items is 4, order.paid is true (on 2026-01-01)"
        )
    ]


def spans(*days: int) -> list[range]:
    return [range(day, day + 1) for day in days]


@pytest.mark.parametrize(
    ("count", "others", "said", "spoken"),
    [
        (14, (), spans(14), ["yes"]),
        (14, (), spans(13), ["yes"]),
        (14, (), spans(15), ["yes"]),
        (14, (), spans(12), []),
        (14, (), spans(16), []),
        (14, (74,), spans(60), ["yes"]),
        (14, (74,), spans(61), ["yes"]),
        (14, (74,), spans(62), []),
        (14, (14,), spans(1), []),
        (14, (), [range(12, 14), range(30, 40)], ["yes"]),
        (14, (), [], []),
    ],
)
def test_a_count_one_beside_what_is_said_is_the_same_rule(
    count: int, others: tuple[int, ...], said: list[range], spoken: list[str]
) -> None:
    assert ["yes"] * spoken_of(count, others, said) == spoken


def counted(count: int) -> Iterable[date]:
    """The dates that stand for all in a condition on so many business days."""
    declared = {"d": FactDeclaration(path="d", type="date")}
    comparisons = compared_in(f"business_days_since(d) > {count}")
    return [date.fromisoformat(str(d)) for d in representatives(comparisons, declared, ON)["d"]]


@pytest.mark.parametrize("count", [-7, -1, 0, 1, 4, 5, 23, 60, 250])
def test_the_first_and_the_last_date_of_each_number_of_business_days_is_tried(count: int) -> None:
    around = (ON + timedelta(n) for n in range(-2 * abs(count) - 20, 2 * abs(count) + 20))
    near = [day for day in around if abs(business_days_between(day, ON) - count) <= 1]
    ends = [
        [day for day in near if business_days_between(day, ON) == n]
        for n in (count - 1, count, count + 1)
    ]
    assert sorted(set(counted(count))) == sorted({d for days in ends for d in (days[0], days[-1])})


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("Up to £20.00 or $1,500.", ["20.00", "1500"]),
        ("USD 20 or 25 GBP after 30 days.", ["20", "25"]),
        ("No more than twenty, once.", ["20", "1"]),
        ("Nothing.", []),
    ],
)
def test_amounts_are_those_with_a_currency_else_every_number(
    sentence: str, amounts: list[str]
) -> None:
    assert [str(amount) for amount in amounts_in(sentence)] == amounts


def test_numbers_and_days_are_read_in_digits_and_in_words() -> None:
    assert list(map(int, numbers_in("Two of 1,000,000 and THIRTEEN"))) == [2, 1000000, 13]
    assert spans_in("Day 15, two weeks, 3-month, one year, 10 Business Days") == (
        range(14, 15), range(84, 94), range(365, 367), range(10, 11), range(15, 16),
    )  # fmt: skip

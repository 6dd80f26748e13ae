"""Clauses of equal rank that disagree."""

import pytest

from tests.policies.audit.company import a_document, a_rule, forbids, look, looked

PAID = {"when": "order.paid == true"}
MANY = {"when": "order.items > 3"}


def test_two_clauses_of_equal_rank_that_disagree_are_named_with_a_case() -> None:
    many = forbids("many", "order.items > 3", actions=["refund", "repair"])
    (finding,) = look(a_document(a_rule("paid", **PAID), many))
    assert (finding.code, finding.severity, finding.line) == ("conflict", "error", 20)
    assert finding.message.startswith(
        "returns.many and returns.paid (returns.md:10) rank alike and disagree about refund, "
        "repair: forbid against allow, where "
    )
    assert "order.paid is true" in finding.message
    assert "order.items is 4" in finding.message
    assert finding.message.endswith(" (on 2026-01-01)")


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"when": "order.paid != true"}, []),
        ({"when": "order.paid == true && order.items > 3", "type": "exception"}, []),
        ({**MANY, "actions": ["credit"]}, []),
        ({**MANY, "effect": "allow"}, []),
        ({**MANY}, ["conflict"]),
        ({**MANY, "effect": "needs_approval", "level": "lead"}, ["conflict"]),
    ],
)
def test_only_what_can_meet_and_says_something_else_is_a_conflict(
    other: dict[str, str], codes: list[str]
) -> None:
    paid = a_rule("paid", actions=["refund", "repair"], **PAID)
    second = a_rule("other", **{"effect": "forbid", **other})
    found = [finding.code for finding in look(a_document(paid, second))]
    assert [code for code in found if code != "no-clause"] == codes


def test_two_levels_of_approval_disagree_and_one_level_does_not() -> None:
    one = a_rule("one", effect="needs_approval", level="lead", **PAID)
    other = a_rule("other", effect="needs_approval", level="manager", **MANY)
    assert looked(a_document(one, other)) == ["conflict policies/returns.md:10"]
    assert looked(a_document(one, {**other, "level": "lead"})) == []


def test_a_conflict_that_a_stronger_clause_settles_is_none() -> None:
    paid, many = a_rule("paid", **PAID), forbids("many", "order.items > 3")
    first = a_rule("first", type="mandatory", when="order.items > 2 && order.paid == true")
    assert looked(a_document(paid, many, first)) == []
    first = a_rule("first", type="mandatory", when="order.items > 4 && order.paid == true")
    (finding,) = look(a_document(paid, many, first))
    assert "order.items is 4" in finding.message


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ["conflict policies/a.md:10"]),
        ({"effective": "2026-01-02"}, []),
        ({"regions": ["UK"]}, []),
    ],
)
def test_policies_of_other_scope_or_date_do_not_rank_alike(
    fields: dict[str, object], found: list[str]
) -> None:
    one = a_document(a_rule("paid", **PAID), policy="a")
    other = a_document(forbids("many", "order.items > 3"), policy="b", **fields)
    assert looked(one, other) == found


def test_scopes_that_do_not_meet_are_no_conflict() -> None:
    one = a_document(a_rule("paid", **PAID), policy="a", regions=["UK"])
    other = forbids("many", "order.items > 3")
    assert looked(one, a_document(other, policy="b", regions=["US"])) == []
    found = ["conflict policies/a.md:10"]
    assert looked(one, a_document(other, policy="b", regions=["US", "UK"])) == found


def test_days_that_do_not_meet_are_no_conflict() -> None:
    one = a_document(a_rule("paid", **PAID), policy="a", expires="2026-06-01")
    other = forbids("many", "order.items > 3")
    assert looked(one, a_document(other, policy="b", expires="2026-03-01")) == [
        "conflict policies/a.md:10"
    ]
    newer = a_document(other, policy="b", effective="2026-06-01", supersedes="a 1")
    assert looked(one, newer) == []


def test_a_conflict_that_cannot_be_told_is_said() -> None:
    paid = a_rule("paid", when="order.items * order.items == 77 || order.paid == true")
    not_paid = forbids("odd", "order.items * order.items == 78 || order.paid == false")
    (finding,) = look(a_document(paid, not_paid))
    assert (finding.code, finding.severity) == ("not-decided", "warning")
    assert "whether returns.odd and returns.paid (returns.md:10) can disagree" in finding.message

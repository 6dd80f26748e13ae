"""Clauses that can never make a difference."""

import pytest

from tests.policies.audit.company import a_document, a_rule, forbids, look, looked

ACTIONS_OFTEN = "actions:\n  - {kind: refund, title: R, when: order.items > 3 && order.items < 4}\n"


def test_rules_that_all_make_a_difference_are_clean() -> None:
    late = forbids("late", "days_since(order.delivered_at) > 30")
    open_ = a_rule("open", when="days_since(order.delivered_at) <= 30")
    assert looked(a_document(open_, late)) == []


@pytest.mark.parametrize(
    "when",
    [
        "order.items > 3 && order.items < 4",
        "order.paid && !order.paid",
        "device.state != 'new' && device.state != 'worn' && device.state != 'broken'",
        "days_since(order.delivered_at) > 30 && days_since(order.delivered_at) <= 30",
        "order.placed_at < '2026-01-01' && order.placed_at > '2026-01-01'",
        "order.total > money('50.00', 'GBP') && order.total < money('50.01', 'GBP')",
        "false",
    ],
)
def test_a_condition_that_contradicts_itself_is_found_at_its_line(when: str) -> None:
    (finding,) = look(a_document(a_rule("always"), a_rule("never", when=when)))
    assert (finding.code, finding.line) == ("never-true", 22)
    assert finding.file == "policies/returns.md"
    assert finding.message == f"returns.never never holds: no case meets {when}"


def test_a_condition_that_the_scope_of_its_policy_contradicts_never_holds() -> None:
    abroad = a_rule("abroad", when="customer.region == 'US'")
    (finding,) = look(a_document(a_rule("always"), abroad, regions=["UK", "EU"]))
    assert finding.code == "never-true"
    assert finding.message == (
        "returns.abroad never holds: no case meets customer.region == 'US' with "
        'customer.region in ["UK", "EU"]'
    )
    assert looked(a_document(a_rule("always"), abroad, regions=["US"])) == []


def test_a_clause_that_a_stronger_one_always_goes_before_is_overruled() -> None:
    small = a_rule("small", when="order.items < 3", effect="forbid")
    never = forbids("never", "order.items < 5", type="mandatory")
    (finding,) = look(a_document(a_rule("always"), small, never))
    assert (finding.code, finding.severity, finding.line) == ("overruled", "error", 20)
    assert finding.message == (
        "returns.small never decides refund, credit, repair: wherever it holds, "
        "returns.never goes first"
    )


def test_a_clause_that_stronger_ones_only_cover_together_is_overruled() -> None:
    some = a_rule("some", when="order.items < 5", effect="forbid")
    few = a_rule("few", when="order.items < 3", type="mandatory")
    more = a_rule("more", when="order.items > 2", type="exception")
    assert looked(a_document(some, few, more)) == ["overruled policies/returns.md:10"]
    more = a_rule("more", when="order.items > 3", type="exception")
    assert looked(a_document(some, few, more)) == []


def test_a_clause_overruled_for_one_action_only_is_a_warning() -> None:
    small = forbids("small", "order.items < 3", actions=["refund", "repair"])
    never = a_rule("never", type="mandatory", actions=["refund"])
    other = a_rule("other", actions=["credit"])
    (finding,) = look(a_document(small, never, other))
    assert (finding.code, finding.severity) == ("overruled-in-part", "warning")
    assert "never decides refund: wherever it holds, returns.never goes" in finding.message


def test_facts_to_be_known_and_limits_count_beside_what_decides() -> None:
    never = forbids("never", "true", type="mandatory")
    asks = a_rule("asks", effect="require", facts=["order.paid"])
    pounds = [{"amount": "5", "currency": "GBP"}, {"amount": "5", "currency": "USD"}]
    most = a_rule("most", effect="limit", limit=pounds, text="At most 5.00 GBP.")
    in_all = a_rule(
        "in-all", type="mandatory", effect="limit", limit=pounds, period_days=30,
        text="At most 5.00 GBP in 30 days.",
    )  # fmt: skip
    codes = [f.code for f in look(a_document(never, asks, most, in_all))]
    assert "overruled" not in codes
    ceiling = {**most, "id": "ceiling", "type": "mandatory"}
    assert "overruled" not in [f.code for f in look(a_document(asks, most, ceiling))]
    again = {**most, "id": "again", "type": "exception"}
    (finding,) = [f for f in look(a_document(asks, most, again)) if f.code == "overruled"]
    assert finding.message.startswith("returns.most never decides refund, credit, repair: ")
    assert finding.message.endswith("wherever it holds, returns.again goes first")


def test_a_policy_that_another_supersedes_on_all_its_days_never_rules() -> None:
    older = a_document(a_rule(), effective="2026-02-01", expires="2026-03-01")
    newer = a_document(a_rule(), policy="newer", supersedes="returns 1")
    assert looked(older, newer) == ["never-in-force policies/returns.md:4"]


def test_a_policy_for_a_region_that_nobody_lives_in_is_found() -> None:
    (finding, *_) = look(a_document(a_rule(), regions=["UKK"]))
    assert (finding.code, finding.line) == ("unknown-scope", 8)
    assert finding.message == "no case can have the region 'UKK'"
    assert finding.cure == "did you mean UK?"


def test_a_scope_that_no_fact_tells_holds_for_some() -> None:
    gold = forbids("gold", "order.paid == true")
    assert looked(a_document(a_rule()), a_document(gold, policy="tiers", tiers=["gold"])) == []


@pytest.mark.parametrize(
    ("file", "text", "line", "name"),
    [
        ("actions.yaml", ACTIONS_OFTEN, 2, "refund never applies"),
        (
            "authority.yaml",
            "levels: [agent]\ngrants:\n  - {level: agent, action: refund, when: 'false'}\n",
            3,
            "the grant of refund never applies",
        ),
    ],
)
def test_actions_and_grants_whose_condition_nobody_meets_are_found(
    file: str, text: str, line: int, name: str
) -> None:
    documents = a_document(a_rule(actions=["refund"]))
    only_refund = {"actions.yaml": "actions:\n  - {kind: refund, title: Refund}\n"}
    found = look(documents, files={**only_refund, "authority.yaml": "levels: [agent]", file: text})
    never = [finding for finding in found if finding.code == "never-true"]
    assert [(f.file, f.line) for f in never] == [(file, line)]
    assert never[0].message.startswith(name)


def test_what_cannot_be_told_is_said_and_not_passed_over() -> None:
    odd = a_rule("odd", when="order.items * order.items == 77")
    (finding,) = look(a_document(a_rule(), odd))
    assert (finding.code, finding.severity, finding.line) == ("not-decided", "warning", 22)
    assert finding.message == (
        "it is not known whether order.items * order.items == 77 can hold, because returns.odd's "
        "condition is not analyzed: it calculates with order.items"
    )


def test_an_action_whose_condition_cannot_be_told_is_said_too() -> None:
    when = "when: order.items * order.items == 77"
    actions = f"actions:\n  - {{kind: refund, title: R, {when}}}\n"
    grant = "levels: [agent]\ngrants: [{level: agent, action: refund}]\n"
    files = {"actions.yaml": actions, "authority.yaml": grant}
    assert looked(a_document(a_rule(actions=["refund"])), files=files) == [
        "not-decided actions.yaml:2"
    ]

"""Gaps between actions, policies and grants."""

from typing import Any

import pytest

from tests.policies.audit.company import (
    ACTIONS,
    AUTHORITY,
    a_document,
    a_rule,
    forbids,
    look,
    looked,
)

EVERY = a_document(a_rule())
CAPPED = (
    "  - {level: agent, action: refund, limit: [{amount: '5', currency: GBP}, "
    "{amount: '6', currency: USD}], cap: {days: 30, amount: [{amount: '9', currency: GBP}]}}\n"
)


def authority(changed: str, to: str) -> dict[str, str]:
    assert changed in AUTHORITY
    return {"authority.yaml": AUTHORITY.replace(changed, to)}


def test_an_action_that_no_policy_speaks_of_is_a_warning() -> None:
    (finding,) = look(a_document(a_rule(actions=["refund", "repair"])))
    assert (finding.code, finding.severity) == ("no-clause", "warning")
    assert (finding.file, finding.line) == ("actions.yaml", 3)
    assert finding.message == "no clause of any policy governs credit"


def test_an_action_that_no_grant_names_is_the_highest_levels() -> None:
    (finding,) = look(EVERY, files=authority("  - {level: agent, action: repair}\n", ""))
    assert (finding.code, finding.file, finding.line) == ("no-grant", "actions.yaml", 4)
    assert finding.message == "no grant names repair, so only manager may do it"


@pytest.mark.parametrize(
    ("approvers", "lines"),
    [
        ("approvers: {lead: the team lead}\n", [1]),
        ("approvers: {lead: ' ', manager: the support manager}\n", [1]),
        ("", [1, 1]),
        ("approvers: {agent: nobody, lead: a, manager: b}\n", []),
    ],
)
def test_every_level_above_the_lowest_names_who_approves(approvers: str, lines: list[int]) -> None:
    named = "approvers: {lead: the team lead, manager: the support manager}\n"
    found = look(EVERY, files=authority(named, approvers))
    assert [(f.code, f.line) for f in found] == [("no-approver", line) for line in lines]


def test_a_grant_for_what_is_always_forbidden_grants_nothing() -> None:
    never = forbids("never", "true", actions=["repair"])
    (finding,) = look(a_document(a_rule(actions=["refund", "credit"]), never))
    assert (finding.code, finding.file, finding.line) == ("never-allowed", "authority.yaml", 6)
    assert finding.message == "policies forbid repair in every case, so nobody may grant it"


@pytest.mark.parametrize(
    "beside",
    [
        forbids("never", "order.items > 3", actions=["repair"]),
        a_rule("yes", actions=["repair"], type="exception", when="order.items > 3"),
        a_rule(
            "ask", actions=["repair"], type="exception", effect="needs_approval", level="lead",
            when="order.paid == true",
        ),
    ],
)  # fmt: skip
def test_what_is_allowed_in_some_case_is_not_always_forbidden(beside: dict[str, Any]) -> None:
    clauses = [a_rule(actions=["refund", "credit"]), beside]
    if beside["effect"] != "forbid":
        clauses.append(forbids("else", "true", actions=["repair"]))
    assert looked(a_document(*clauses)) == []


def test_forbidden_in_parts_that_leave_nothing_is_forbidden_always() -> None:
    paid = forbids("paid", "order.paid == true", actions=["repair"])
    unpaid = forbids("unpaid", "order.paid == false", actions=["repair"])
    found = look(a_document(a_rule(actions=["refund", "credit"]), paid, unpaid))
    assert [finding.code for finding in found] == ["never-allowed"]


def test_what_an_older_edition_allowed_is_not_always_forbidden() -> None:
    older = a_document(a_rule(), expires="2026-06-01")
    never = forbids("never", "true", actions=["repair"])
    others = a_rule("others", actions=["refund", "credit"])
    newer = a_document(
        others, never, policy="newer", effective="2026-06-01", supersedes="returns 1"
    )
    assert looked(older, newer) == []


@pytest.mark.parametrize(
    ("grant", "message"),
    [
        (CAPPED, "the cap of agent for refund has no amount in USD, in which customers pay"),
        (
            "  - {level: agent, action: refund, limit: [{amount: '5', currency: EUR}]}\n",
            "the limit of agent for refund has no amount in GBP, USD, in which customers pay",
        ),
    ],
)
def test_a_grant_that_forgets_a_currency_is_an_error(grant: str, message: str) -> None:
    (finding,) = look(EVERY, files=authority("  - {level: agent, action: refund}\n", grant))
    assert (finding.code, finding.severity, finding.line) == ("no-currency", "error", 4)
    assert finding.message == message


def limited(*currencies: str, **fields: Any) -> dict[str, Any]:
    limit = [{"amount": "5.00", "currency": currency} for currency in currencies]
    return a_rule("most", effect="limit", limit=limit, text="At most 5.00 GBP.", **fields)


def test_a_limit_that_forgets_a_currency_is_an_error() -> None:
    (finding,) = look(a_document(a_rule(), limited("GBP")))
    assert (finding.code, finding.line) == ("no-currency", 22)
    assert finding.message == "returns.most has no amount in USD of US"
    assert looked(a_document(a_rule(), limited("GBP", "USD"))) == []


@pytest.mark.parametrize(
    ("clauses", "fields"),
    [
        ([limited("GBP", when="customer.region != 'US'")], {}),
        ([limited("GBP"), forbids("no", "customer.region == 'US'", type="mandatory")], {}),
        ([limited("GBP")], {"regions": ["UK"]}),
    ],
)
def test_a_limit_needs_no_currency_that_it_cannot_meet(
    clauses: list[dict[str, Any]], fields: dict[str, Any]
) -> None:
    allowed = a_document(a_rule(), policy="all")
    assert looked(allowed, a_document(*clauses, **fields)) == []


def test_alternatives_that_the_lowest_level_may_never_grant_help_nobody() -> None:
    line = "{kind: repair, title: Repair"
    actions = {"actions.yaml": ACTIONS.replace(line, line + ", alternatives: [credit, refund]")}
    higher = AUTHORITY.replace("agent, action: credit", "lead, action: credit").replace(
        "agent, action: refund", "lead, action: refund"
    )
    (finding,) = look(EVERY, files={**actions, "authority.yaml": higher})
    assert (finding.code, finding.file, finding.line) == ("no-alternative", "actions.yaml", 4)
    assert finding.message == "agent may never grant any alternative of repair: credit, refund"
    assert looked(EVERY, files=actions) == []
    asking = ACTIONS.replace(line, line + ", alternatives: [credit, ask]")
    assert looked(EVERY, files={"actions.yaml": asking, "authority.yaml": higher}) == []
    only_when = AUTHORITY.replace("action: credit}", "action: credit, when: 'false'}").replace(
        "agent, action: refund", "lead, action: refund"
    )
    codes = [f.code for f in look(EVERY, files={**actions, "authority.yaml": only_when})]
    assert codes == ["no-alternative", "never-true"]


def test_an_approval_by_a_level_that_may_not_grant_it_is_found() -> None:
    ask = a_rule("ask", effect="needs_approval", level="lead", actions=["repair"])
    asked = a_document(a_rule(actions=["refund", "credit"]), ask)
    higher = authority("agent, action: repair", "manager, action: repair")
    (finding,) = look(asked, files=higher)
    assert (finding.code, finding.line) == ("approver-may-not", 22)
    assert finding.message == "returns.ask asks for lead, who may not grant repair either"
    assert looked(asked, files=authority("agent, action: repair", "lead, action: repair")) == []
    top = a_document(a_rule(actions=["refund", "credit"]), {**ask, "level": "manager"})
    assert looked(top, files=authority("  - {level: agent, action: repair}\n", "")) == [
        "no-grant actions.yaml:4"
    ]


def test_packaged_defaults_are_not_looked_through() -> None:
    assert looked(files={"actions.yaml": "actions: []", "authority.yaml": "levels: [agent]"}) == []

from typing import Any

from assist.domain.policy import PolicySet
from assist.domain.proof import ProofLine
from assist.domain.solution import Action
from assist.policies.proof import concluded, prove, prove_all
from assist.policies.verdicts import judge, judge_all
from tests.policies.rules import (
    TODAY,
    a_cap,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    granted,
    money,
    rules,
)

WINDOW = "days_since(order.delivered_at) <= 30"
IN_TIME = {"order.delivered_at": "2026-11-02"}
DAYS = "order.delivered_at is 2026-11-02: 18 days before 2026-11-20"


def proof(policy_set: PolicySet, action: Action | None = None, **case: Any) -> list[ProofLine]:
    given = {"facts": {}, "on": TODAY, "level": "agent", "granted": (), **case}
    asked = action or a_refund()
    lines = prove(asked, policy_set, **given)
    verdict = judge(asked, policy_set, **given)
    assert lines[-1] == concluded(verdict, policy_set.authority, given["level"])
    return list(lines)


def outcomes(lines: list[ProofLine], part: str) -> list[str]:
    return [f"{line.outcome} {line.clause_id or line.text}" for line in lines if line.part == part]


def clauses_of(*clauses: Any, **fields: Any) -> PolicySet:
    return rules(a_policy(*clauses, **fields))


def test_a_proof_begins_with_what_was_asked_and_ends_with_the_verdict() -> None:
    lines = proof(rules(), region="UK", product="Hub 2", tier="gold")
    assert lines[0] == ProofLine(
        part="asked",
        outcome="stated",
        text="refund of 50.00 GBP, asked at level agent on 2026-11-20",
        because=("region UK", "product Hub 2", "tier gold"),
    )
    assert lines[-1] == ProofLine(
        part="conclusion",
        outcome="decides",
        text="allowed at level agent: within the authority of agent",
    )


def test_an_amount_that_is_not_known_is_said() -> None:
    lines = proof(rules(grants=(a_grant("agent", money(80)),)), Action(kind="refund"))
    assert lines[0].text == "refund, asked at level agent on 2026-11-20"
    assert lines[0].because == ("the amount of refund is not known",)
    assert (lines[-1].outcome, lines[-1].text) == (
        "unknown", "unknown without order.total: the amount of refund is not known"
    )  # fmt: skip


def test_a_clause_that_decides_is_shown_with_its_type_its_effect_and_its_values() -> None:
    lines = proof(clauses_of(a_clause(when=WINDOW)), facts=IN_TIME)
    assert lines[1] == ProofLine(
        part="clause",
        outcome="decides",
        text="returns.window (standard) allows it: The text of returns.window.",
        clause_id="returns.window",
        because=(DAYS,),
    )


def test_what_each_effect_does_is_said_in_words() -> None:
    def said(**fields: Any) -> str:
        clause = a_clause("returns.x", **fields)
        return proof(clauses_of(clause))[1].text.removesuffix(": The text of returns.x.")

    assert said(effect="forbid", type="mandatory") == "returns.x (mandatory) forbids it"
    assert said(effect="needs_approval", level="lead") == (
        "returns.x (standard) needs the approval of lead"
    )
    assert said(effect="needs_approval").endswith("needs the approval of manager")
    assert said(effect="require", facts=("order.paid", "order.items")) == (
        "returns.x (standard) asks for order.paid, order.items first"
    )
    both = (money(60), money(70, "USD"))
    assert said(effect="limit", limit=both).endswith("limits it to 60.00 GBP or 70.00 USD")
    assert said(effect="limit", limit=both[:1], period_days=90).endswith(
        "limits it to 60.00 GBP in 90 days"
    )


def test_clauses_are_shown_in_order_of_precedence_with_what_became_of_each() -> None:
    first = a_clause("p.open", type="mandatory", when="order.items > 2")
    second = a_clause("p.holds", type="exception")
    third = a_clause("p.late", type="discretionary", effect="forbid", when="order.paid")
    fourth = a_clause("p.no", effect="forbid", when="!order.paid")
    lines = proof(clauses_of(fourth, third, second, first), facts={"order.paid": True})
    assert outcomes(lines, "clause") == [
        "unknown p.open", "decides p.holds", "holds p.late", "fails p.no"
    ]  # fmt: skip
    assert [line.because for line in lines[1:5]] == [
        ("order.items is not known",),
        (),
        ("order.paid is true", "p.holds goes first"),
        ("order.paid is true",),
    ]


def test_a_clause_is_unknown_where_its_region_is() -> None:
    lines = proof(clauses_of(a_clause(effect="forbid"), regions=("UK",)))
    assert lines[1].outcome == "unknown"
    assert lines[1].because == ("customer.region is not known",)


def test_an_approval_that_is_needed_decides_and_one_that_is_given_does_not() -> None:
    policy_set = rules(
        a_policy(a_clause(effect="needs_approval", level="senior")), grants=(a_grant("lead"),)
    )
    assert outcomes(proof(policy_set), "clause") == ["holds returns.window"]
    assert outcomes(proof(policy_set), "authority") == ["decides the lead may grant refund"]
    policy_set = rules(a_policy(a_clause(effect="needs_approval", level="lead")))
    assert outcomes(proof(policy_set), "clause") == ["decides returns.window"]
    assert outcomes(proof(policy_set), "authority") == ["holds the agent may grant refund"]
    assert proof(policy_set)[-1].text == (
        "needs the approval of level lead, the team lead: returns.window says so"
    )
    assert proof(policy_set, level="lead")[1].outcome == "decides"


def test_clauses_that_disagree_both_decide() -> None:
    lines = proof(clauses_of(a_clause("p.a"), a_clause("p.b", effect="forbid")))
    assert outcomes(lines, "clause") == ["decides p.a", "decides p.b"]
    assert lines[-1].text == ("needs the approval of level manager: clauses p.a and p.b disagree")


def test_a_requirement_shows_which_facts_are_there() -> None:
    policy_set = clauses_of(a_clause(effect="require", facts=("order.paid", "order.items")))
    lines = proof(policy_set, facts={"order.paid": True})
    assert (lines[1].part, lines[1].outcome) == ("requirement", "decides")
    assert lines[1].because == ("order.paid is known", "order.items is not known")
    lines = proof(policy_set, facts={"order.paid": True, "order.items": 1})
    assert (lines[1].outcome, lines[1].because) == (
        "holds", ("order.paid is known", "order.items is known")
    )  # fmt: skip
    failing = clauses_of(a_clause(effect="require", facts=("order.items",), when="order.paid"))
    lines = proof(failing, facts={"order.paid": False})
    assert (lines[1].outcome, lines[1].because) == ("fails", ("order.paid is false",))


def test_a_limit_shows_its_arithmetic_and_decides_only_where_it_is_passed() -> None:
    policy_set = clauses_of(a_clause("p.most", effect="limit", limit=(money(60),)))
    line = proof(policy_set, a_refund("60"))[1]
    assert (line.part, line.outcome) == ("limit", "holds")
    assert line.because == ("60.00 GBP <= 60.00 GBP, the limit of p.most",)
    line = proof(policy_set, a_refund("60.01"))[1]
    assert (line.outcome, line.because) == (
        "decides", ("60.01 GBP > 60.00 GBP, the limit of p.most",)
    )  # fmt: skip


def test_a_limit_that_is_raised_by_another_says_so() -> None:
    low = a_clause("p.low", effect="limit", limit=(money(60),))
    high = a_clause("p.high", type="exception", effect="limit", limit=(money(90),))
    year = a_clause("p.year", effect="limit", limit=(money(99),), period_days=365)
    lines = proof(clauses_of(low, high, year), a_refund("70"))
    assert outcomes(lines, "limit") == ["holds p.high", "fails p.low", "holds p.year"]
    assert lines[2].because == ("70.00 GBP > 60.00 GBP, the limit of p.low", "p.high goes first")
    assert lines[3].because == (
        (
            "0.00 GBP granted in the last 365 days + 70.00 GBP = 70.00 GBP <= 99.00 GBP, "
            "the limit of p.year in 365 days"
        ),
    )
    assert lines[-1].text.startswith("allowed")


GRANTS = (
    a_grant("agent", money(20), cap=a_cap(money(50)), spirit="Small things are yours."),
    a_grant("senior", money(60), money(70, "USD"), when="order.paid"),
    a_grant("lead", money(90), cap=a_cap(count=3)),
    a_grant("manager"),
)


def test_grants_are_shown_up_to_the_one_that_covers_it_and_caps_with_their_arithmetic() -> None:
    lines = proof(rules(grants=GRANTS), facts={"order.paid": False}, granted=(granted("10"),))
    assert lines[1:-1] == [
        ProofLine(
            part="authority", outcome="fails",
            text="the agent may grant refund up to 20.00 GBP: Small things are yours.",
            because=("50.00 GBP > 20.00 GBP, the agent's limit for refund",),
        ),
        ProofLine(
            part="cap", outcome="fails",
            text="the agent may grant one customer 50.00 GBP in 90 days",
            because=(
                ("10.00 GBP granted in the last 90 days + 50.00 GBP = 60.00 GBP > 50.00 GBP, "
                "the agent's cap for refund in 90 days"),
            ),
        ),
        ProofLine(
            part="authority", outcome="fails",
            text="the senior may grant refund up to 60.00 GBP",
            because=(
                "the senior may grant refund only if order.paid",
                "50.00 GBP <= 60.00 GBP, the senior's limit for refund",
            ),
        ),
        ProofLine(
            part="authority", outcome="decides",
            text="the lead may grant refund up to 90.00 GBP",
            because=("50.00 GBP <= 90.00 GBP, the lead's limit for refund",),
        ),
        ProofLine(
            part="cap", outcome="holds", text="the lead may grant one customer 3 times in 90 days",
            because=(
                "1 granted in the last 90 days + 1 = 2 <= 3, the lead's cap for refund in 90 days",
            ),
        ),
    ]  # fmt: skip


def test_an_own_grant_that_covers_it_is_the_last_shown() -> None:
    lines = proof(rules(grants=GRANTS), a_refund("15"))
    assert outcomes(lines, "authority") == [
        "decides the agent may grant refund up to 20.00 GBP: Small things are yours."
    ]


def test_grants_that_cannot_be_told_are_unknown() -> None:
    lines = proof(rules(grants=GRANTS), granted=None)
    assert [(line.part, line.outcome) for line in lines[1:-1]] == [
        ("authority", "fails"), ("cap", "unknown"), ("authority", "unknown"),
        ("authority", "holds"), ("cap", "unknown"), ("authority", "holds"),
    ]  # fmt: skip
    assert lines[-1].text == (
        "unknown without order.paid, customer.id: "
        "depends on order.paid; what the customer was granted before is not known"
    )
    assert lines[2].because == ("what the customer was granted before is not known",)
    assert lines[3].because == (
        "50.00 GBP <= 60.00 GBP, the senior's limit for refund", "depends on order.paid"
    )  # fmt: skip


def test_where_no_grant_covers_it_the_proof_says_who_decides() -> None:
    capped = rules(grants=(a_grant("agent", money(20)),))
    lines = proof(capped)
    assert outcomes(lines, "authority")[-1] == (
        "decides no grant covers it for certain: what none covers is decided by manager"
    )
    lines = proof(capped, level="manager")
    assert outcomes(lines, "authority")[-1] == (
        "decides no grant binds the highest level, manager, which may decide it"
    )
    lines = proof(capped, a_refund("5", "USD"))
    assert outcomes(lines, "authority")[-1] == (
        "unknown 5.00 USD has no limit in its currency for refund"
    )
    assert lines[-1].text == "unknown: 5.00 USD has no limit in its currency for refund"


def test_what_everybody_may_do_and_what_is_not_declared_need_no_rules() -> None:
    assert [line.text for line in proof(clauses_of(a_clause()), Action(kind="ask"))] == [
        "ask, asked at level agent on 2026-11-20",
        "allowed at level agent: everybody may ask",
    ]
    assert proof(rules(), Action(kind="teleport"))[-1].text == (
        "needs the approval of level manager: teleport is not declared"
    )


def test_what_is_forbidden_is_forbidden_at_every_level() -> None:
    lines = proof(clauses_of(a_clause(effect="forbid")), level="manager")
    assert outcomes(lines, "clause") == ["decides returns.window"]
    assert lines[-1].text == "forbidden at every level: returns.window says so"


def test_several_actions_are_proved_one_kind_after_the_other_and_concluded_together() -> None:
    policy_set = rules(grants=(a_grant("agent", money(80)),))
    case: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent", "granted": ()}
    actions = (a_refund(), Action(kind="ask"), a_refund())
    lines = prove_all(actions, policy_set, **case)
    assert [line.text for line in lines if line.part == "asked"] == [
        "2 times, together refund of 100.00 GBP, asked at level agent on 2026-11-20",
        "ask, asked at level agent on 2026-11-20",
    ]
    assert len([line for line in lines if line.part == "conclusion"]) == 3
    verdict = judge_all(actions, policy_set, **case)
    assert lines[-1] == concluded(verdict, policy_set.authority, "agent")
    assert prove_all(actions[:1], policy_set, **case) == prove(actions[0], policy_set, **case)
    assert [line.text for line in prove_all((), policy_set, **case)] == [
        "allowed at level agent: nothing is done that a policy governs"
    ]

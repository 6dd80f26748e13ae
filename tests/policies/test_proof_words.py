"""What a proof says where nobody stands above who asks, and on days without a policy."""

from datetime import date
from typing import Any

from assist.domain.policy import PolicySet
from assist.domain.proof import ProofLine
from assist.domain.solution import Action
from assist.policies.proof import prove
from assist.policies.verdicts import judge
from tests.policies.rules import (
    TODAY,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    an_action_type,
    money,
    rules,
)

LIMITED = a_policy(a_clause("p.most", effect="limit", limit=(money(60),), reason="Enough is it."))


def proof(policy_set: PolicySet, action: Action, **case: Any) -> tuple[ProofLine, ...]:
    given = {"facts": {}, "on": TODAY, "level": "manager", "granted": (), **case}
    return prove(action, policy_set, **given)


def test_above_a_limit_at_the_top_a_second_of_that_level_decides() -> None:
    policy_set = rules(LIMITED)

    found = judge(a_refund("60.01"), policy_set, facts={}, on=TODAY, level="manager")

    assert (found.value, found.level) == ("needs_approval", "manager")
    assert found.reason == "Enough is it; a second manager decides"
    assert proof(policy_set, a_refund("60.01"))[-1].text == (
        "needs the approval of a second manager: Enough is it; a second manager decides"
    )
    assert proof(policy_set, a_refund("60.01"), level="lead")[-1].text == (
        "needs the approval of level manager: Enough is it."
    )


def test_above_a_grant_that_binds_the_top_a_second_of_that_level_decides() -> None:
    policy_set = rules(grants=(a_grant("manager", money(60)),))

    assert proof(policy_set, a_refund("60.01"))[-1].text == (
        "needs the approval of a second manager: refund of 60.01 GBP is decided by a second manager"
    )
    assert proof(policy_set, a_refund("60.01"), level="lead")[-1].text == (
        "needs the approval of level manager: refund of 60.01 GBP is decided by manager"
    )


def governed(lines: tuple[ProofLine, ...]) -> list[ProofLine]:
    return [line for line in lines if line.text.startswith("no policy governs")]


def test_a_day_on_which_no_policy_governs_the_action_is_said_in_one_line() -> None:
    policy_set = rules(LIMITED)

    lines = proof(policy_set, a_refund("70"), on=date(2025, 12, 31))

    assert lines[1] == ProofLine(
        part="clause", outcome="stated", text="no policy governs refund on 2025-12-31"
    )
    assert lines[-1].text.startswith("allowed at level manager")
    assert governed(lines) == [lines[1]]
    assert governed(proof(policy_set, a_refund("70"), on=date(2026, 1, 1))) == []


def test_an_action_that_policies_never_speak_of_is_not_said_to_lack_one() -> None:
    other = an_action_type("credit")
    policy_set = rules(LIMITED, actions=(an_action_type(), other), grants=(a_grant("agent"),))
    early = date(2025, 12, 31)

    assert governed(proof(policy_set, Action(kind="credit"), on=early)) == []
    assert governed(proof(policy_set, Action(kind="ask"), on=early)) == []


def test_a_policy_of_another_region_still_governs_on_that_day() -> None:
    abroad = rules(LIMITED.model_copy(update={"regions": ("US",)}))

    assert governed(proof(abroad, a_refund("70"), region="UK")) == []

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from assist.domain.authority import Grant
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.verdicts import judge, judge_all
from tests.policies.rules import (
    NOW,
    TODAY,
    a_cap,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    an_action_type,
    granted,
    money,
    rules,
)

CAPPED = (
    a_grant("agent", money(50), cap=a_cap(money(60))),
    a_grant("senior", money(100), cap=a_cap(money(90))),
    a_grant("lead", money(900)),
)
COUNTED = (
    a_grant("agent", cap=a_cap(count=2)),
    a_grant("senior", cap=a_cap(count=3)),
    a_grant("lead"),
)


def verdict(
    grants: tuple[Grant, ...],
    action: Action,
    *before: Granted,
    policy_set: PolicySet | None = None,
    **case: Any,
) -> Verdict:
    given = {"facts": {}, "on": TODAY, "level": "agent", "granted": before, **case}
    return judge(action, policy_set or rules(grants=grants), **given)


@pytest.mark.parametrize(
    ("amount", "value", "level"),
    [
        ("15.00", "allowed", None),
        ("15.01", "needs_approval", "senior"),
        ("45.00", "needs_approval", "senior"),
        ("45.01", "needs_approval", "lead"),
    ],
)
def test_a_cap_counts_what_was_granted_before_and_what_is_asked(
    amount: str, value: str, level: str | None
) -> None:
    found = verdict(CAPPED, a_refund(amount), granted("45.00"))
    assert (found.value, found.level) == (value, level)


def test_the_arithmetic_of_a_cap_is_shown() -> None:
    assert verdict(CAPPED, a_refund("20.00"), granted("45.00")).arithmetic == (
        "20.00 GBP <= 50.00 GBP, the agent's limit for refund",
        (
            "45.00 GBP granted in the last 90 days + 20.00 GBP = 65.00 GBP > 60.00 GBP, "
            "the agent's cap for refund in 90 days"
        ),
    )
    assert verdict(CAPPED, a_refund("15.00"), granted("45.00")).arithmetic[1] == (
        "45.00 GBP granted in the last 90 days + 15.00 GBP = 60.00 GBP <= 60.00 GBP, "
        "the agent's cap for refund in 90 days"
    )


@pytest.mark.parametrize(
    ("days_ago", "value"),
    [(0, "needs_approval"), (90, "needs_approval"), (91, "allowed"), (-1, "needs_approval")],
)
def test_a_grant_as_old_as_the_period_still_counts_and_one_a_day_older_does_not(
    days_ago: int, value: str
) -> None:
    found = verdict(CAPPED, a_refund("20.00"), granted("45.00", days_ago=days_ago))
    assert found.value == value


def test_the_day_of_a_grant_is_the_day_that_its_time_says() -> None:
    east = timezone(timedelta(hours=10))
    midnight = datetime(2026, 8, 22, 0, 0, tzinfo=east)
    for at, value in (
        (midnight, "needs_approval"),
        (midnight - timedelta(seconds=1), "allowed"),
        (datetime(2026, 8, 22, 23, 59, tzinfo=UTC), "needs_approval"),
    ):
        assert verdict(CAPPED, a_refund("20.00"), granted("45.00", at=at)).value == value


def test_every_levels_grants_count_but_not_those_taken_back_nor_of_another_action() -> None:
    assert verdict(CAPPED, a_refund("20"), granted("45", level="lead")).value == "needs_approval"
    assert verdict(CAPPED, a_refund("20"), granted("45", voided_at=NOW)).value == "allowed"
    assert verdict(CAPPED, a_refund("20"), granted("45", action="credit")).value == "allowed"


def test_several_grants_add_up() -> None:
    before = (granted("20.00", days_ago=1), granted("25.00", days_ago=89))
    assert verdict(CAPPED, a_refund("15.00"), *before).value == "allowed"
    assert verdict(CAPPED, a_refund("15.01"), *before).level == "senior"


@pytest.mark.parametrize(
    ("before", "value", "level"),
    [(0, "allowed", None), (1, "allowed", None), (2, "needs_approval", "senior"),
     (3, "needs_approval", "lead")],
)  # fmt: skip
def test_a_cap_may_count_how_often(before: int, value: str, level: str | None) -> None:
    found = verdict(COUNTED, a_refund(), *[granted(days_ago=n) for n in range(before)])
    assert (found.value, found.level) == (value, level)
    sign = "<=" if value == "allowed" else ">"
    assert found.arithmetic == (
        (
            f"{before} granted in the last 90 days + 1 = {before + 1} {sign} 2, "
            "the agent's cap for refund in 90 days"
        ),
    )


def test_a_cap_of_both_holds_only_within_both() -> None:
    both = (a_grant("agent", cap=a_cap(money(60), count=2)), a_grant("senior"))
    assert verdict(both, a_refund("15"), granted("45")).value == "allowed"
    assert verdict(both, a_refund("16"), granted("45")).level == "senior"
    assert verdict(both, a_refund("1"), granted("1"), granted("1")).level == "senior"


def test_a_higher_level_may_use_the_cap_of_a_lower_one() -> None:
    wide_below = (
        a_grant("agent", cap=a_cap(money(90))),
        a_grant("senior", money(500), cap=a_cap(money(60))),
    )
    assert verdict(wide_below, a_refund("30"), granted("60"), level="senior").value == "allowed"
    found = verdict(wide_below, a_refund("31"), granted("60"), level="senior")
    assert (found.value, found.level) == ("needs_approval", "manager")


def test_where_nobody_knows_who_asks_a_cap_leaves_it_open() -> None:
    found = verdict(CAPPED, a_refund("20.00"), granted=None)
    assert (found.value, found.facts) == ("unknown", ("customer.id",))
    assert found.reason == "what the customer was granted before is not known"
    assert found.arithmetic == ("20.00 GBP <= 50.00 GBP, the agent's limit for refund",)
    found = verdict(COUNTED, a_refund(), granted=None)
    assert (found.value, found.facts) == ("unknown", ("customer.id",))
    assert found.reason == "what the customer was granted before is not known"


def test_who_asks_is_not_asked_where_it_makes_no_difference() -> None:
    assert verdict(CAPPED, a_refund("20.00"), granted=None, level="lead").value == "allowed"
    beyond = verdict(CAPPED, a_refund("90.01"), granted=None)
    assert (beyond.value, beyond.level) == ("needs_approval", "lead")
    assert verdict(CAPPED, a_refund("90.00"), granted=None).value == "unknown"
    forbidding = rules(a_policy(a_clause(effect="forbid")), grants=CAPPED)
    assert verdict((), a_refund("20"), policy_set=forbidding, granted=None).value == "forbidden"
    approving = rules(a_policy(a_clause(effect="needs_approval", level="manager")), grants=CAPPED)
    found = verdict((), a_refund("20"), policy_set=approving, granted=None)
    assert (found.value, found.level) == ("needs_approval", "manager")


def test_a_cap_that_the_amount_alone_passes_needs_no_customer() -> None:
    grants = (a_grant("agent", cap=a_cap(money(60))), a_grant("senior"))
    found = verdict(grants, a_refund("60.01"), granted=None)
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.arithmetic == ("60.01 GBP > 60.00 GBP, the agent's cap for refund in 90 days",)
    once = (a_grant("agent", cap=a_cap(count=1)), a_grant("senior"))
    parts = (a_refund("1"), a_refund("1"))
    case: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent"}
    assert judge_all(parts[:1], rules(grants=once), **case).value == "unknown"
    found = judge_all(parts, rules(grants=once), **case)
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.arithmetic == ("2 > 1, the agent's cap for refund in 90 days",)
    twice = (a_grant("agent", cap=a_cap(count=2)), a_grant("senior"))
    assert judge_all(parts, rules(grants=twice), **case).value == "unknown"


def test_each_currency_has_its_own_cap() -> None:
    both = (a_grant("agent", cap=a_cap(money(60), money(70, "USD"))), a_grant("senior"))
    before = (granted("45"), granted("30", "USD"))
    assert verdict(both, a_refund("15"), *before).value == "allowed"
    assert verdict(both, a_refund("40", "USD"), *before).value == "allowed"
    assert verdict(both, a_refund("40.01", "USD"), *before).level == "senior"


def test_what_a_cap_cannot_count_goes_to_the_next_level_in_words() -> None:
    for before, words in (
        (
            granted("5", "CHF", days_ago=10),
            (
                "5.00 CHF granted on 2026-11-10: the agent's cap for refund in 90 days "
                "names no amount in that currency"
            ),
        ),
        (
            granted(None, days_ago=10),
            "a refund granted on 2026-11-10 has no amount to count",
        ),
        (
            granted("-500", days_ago=10),
            "a refund granted on 2026-11-10 has no amount to count",
        ),
    ):
        found = verdict(CAPPED, a_refund("20"), before)
        assert (found.value, found.level) == ("needs_approval", "lead")
        assert found.arithmetic[1:] == (
            (
                "0.00 GBP granted in the last 90 days + 20.00 GBP = 20.00 GBP <= 60.00 GBP, "
                "the agent's cap for refund in 90 days"
            ),
            words,
        )
        assert verdict(COUNTED, a_refund("20"), before).value == "allowed"


def test_an_amount_in_a_currency_that_the_cap_does_not_name_is_not_covered_by_it() -> None:
    grants = (a_grant("agent", cap=a_cap(money(60))), a_grant("senior"))
    found = verdict(grants, a_refund("1", "USD"))
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.arithmetic == ("the agent's cap for refund in 90 days names no amount in USD",)


def test_a_capped_action_without_its_amount_asks_for_the_amount() -> None:
    grants = (a_grant("agent", cap=a_cap(money(60))), a_grant("senior"))
    found = verdict(grants, Action(kind="refund"))
    assert (found.value, found.facts) == ("unknown", ("order.total",))
    assert found.reason == "the amount of refund is not known"


def test_several_of_one_kind_at_once_are_added_up_and_counted() -> None:
    case: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent"}
    parts = (a_refund("10"), a_refund("10"))
    capped = rules(grants=CAPPED)
    assert judge_all(parts, capped, **case, granted=[granted("40")]).value == "allowed"
    found = judge_all(parts, capped, **case, granted=[granted("41")])
    assert (found.value, found.level) == ("needs_approval", "senior")
    counted = rules(grants=COUNTED)
    assert judge_all(parts, counted, **case, granted=[]).value == "allowed"
    found = judge_all(parts, counted, **case, granted=[granted()])
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.arithmetic[-1] == (
        "1 granted in the last 90 days + 2 = 3 > 2, the agent's cap for refund in 90 days"
    )


def test_acts_of_a_fixed_cost_are_added_up_and_counted_too() -> None:
    replacement = an_action_type(
        "replacement", parameters={}, cost_parameter=None, cost=(money(40),)
    )
    grants = (a_grant("agent", money(80), action="replacement", cap=a_cap(count=2)),)
    policy_set = rules(grants=grants, actions=(replacement,))
    case: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent", "granted": ()}
    one = Action(kind="replacement")
    values = [judge_all((one,) * n, policy_set, **case).value for n in (1, 2, 3)]
    assert values == ["allowed", "allowed", "needs_approval"]
    assert "120.00 GBP > 80.00 GBP, the agent's limit for replacement" in (
        judge_all((one,) * 3, policy_set, **case).arithmetic
    )


def test_an_unknown_amount_is_counted_once_beside_the_sum_of_those_that_are_known() -> None:
    case: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent", "granted": ()}
    grants = (a_grant("agent", money(50), cap=a_cap(money(60), count=9)), a_grant("senior"))
    parts = (a_refund("40"), Action(kind="refund"), a_refund("11"))
    found = judge_all(parts, rules(grants=grants), **case)
    assert (found.value, found.facts) == ("unknown", ("order.total",))
    counts = [line for line in found.arithmetic if line.startswith("0 granted")]
    assert counts == [
        f"0 granted in the last 90 days + {n} = {n} <= 9, the agent's cap for refund in 90 days"
        for n in (1, 3)
    ]
    assert "51.00 GBP > 50.00 GBP, the agent's limit for refund" in found.arithmetic

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from assist.domain.authority import Cap, Grant
from assist.domain.base import Money
from assist.domain.grants import Granted
from assist.domain.solution import Action
from assist.policies.alternatives import best_alternative
from assist.policies.combining import severity
from assist.policies.verdicts import judge, judge_all
from tests.policies.judged_companies import (
    AMOUNTS,
    BEFORE,
    CENT,
    CURRENCIES,
    DECIDED,
    GRANTS,
    LEVELS,
    NO_CLAUSES,
    REFUNDS,
    SMALL,
    VALUES,
    Company,
    asked_of,
    companies,
)
from tests.policies.rules import (
    NOW,
    a_refund,
    granted,
    money,
)


def holds(when: str, facts: dict[str, Any]) -> bool:
    """The conditions of these tests, decided by hand; one that is not known does not hold."""
    paid, items = facts.get("order.paid"), facts.get("order.items")
    return {
        "true": True,
        "order.paid": paid is True,
        "!order.paid": paid is False,
        "order.items > 2": items is not None and items > 2,
    }[when]


def counted(before: list[Granted], days: int) -> list[Granted]:
    oldest = NOW - timedelta(days=days)
    return [one for one in before if one.action == "refund" and one.counts and one.at >= oldest]


def fits(most: tuple[Money, ...], asked: Money, before: list[Granted], *, strange: bool) -> bool:
    """Whether the sum is within, where it can be counted at all."""
    named = {one.currency: one.amount for one in most}
    if strange and any(one.amount is None or one.amount.currency not in named for one in before):
        return False
    so_far = sum(
        one.amount.amount for one in before if one.amount and one.amount.currency == asked.currency
    )
    return asked.currency in named and so_far + asked.amount <= named[asked.currency]


def covers(grant: Grant, company: Company, asked: Money) -> bool:
    """What a grant means, said once more and differently."""
    if not holds(grant.when, company.facts):
        return False
    if grant.limit and not fits(grant.limit, asked, [], strange=False):
        return False
    if grant.cap is None:
        return True
    if company.before is None:
        return not grant.cap.amount and grant.cap.count is None
    earlier = counted(company.before, grant.cap.days)
    if grant.cap.count is not None and len(earlier) + 1 > grant.cap.count:
        return False
    return not grant.cap.amount or fits(grant.cap.amount, asked, earlier, strange=True)


def covered(company: Company, asked: Money) -> bool:
    rank = LEVELS.index(company.level)
    own = [g for g in company.grants if LEVELS.index(g.level) <= rank]
    unbound = company.level == "manager" and all(g.level != "manager" for g in company.grants)
    return unbound or any(covers(grant, company, asked) for grant in own)


@given(companies(NO_CLAUSES, DECIDED, BEFORE), REFUNDS)
def test_grants_alone_allow_exactly_what_one_of_them_covers(
    company: Company, refund: Action
) -> None:
    found = company.judged(refund)
    event(found.value)
    assert (found.value == "allowed") == covered(company, asked_of(refund))


@given(companies(), REFUNDS)
def test_nothing_above_a_limit_or_a_cap_is_ever_allowed(company: Company, refund: Action) -> None:
    found, asked = company.judged(refund), asked_of(refund)
    event(found.value)
    if found.value != "allowed":
        return
    assert covered(company, asked)
    for clause in company.clauses:
        if clause.effect != "limit" or clause.type != "mandatory" or clause.when != "true":
            continue
        if clause.period_days is None:
            assert fits(clause.limit, asked, [], strange=False)
        else:
            assert company.before is not None
            earlier = counted(company.before, clause.period_days)
            assert fits(clause.limit, asked, earlier, strange=True)


@given(companies(), AMOUNTS, AMOUNTS)
def test_what_is_above_a_limit_is_not_allowed_in_parts_either(
    company: Company, one: Decimal, other: Decimal
) -> None:
    parts, policy_set = (a_refund(one), a_refund(other)), company.rules()
    found = judge_all(parts, policy_set, **company.case())
    event(found.value)
    for action in (*parts, a_refund(one + other)):
        verdict = company.judged(action)
        assert found.value != "allowed" or verdict.value == "allowed"
        assert found.value == "forbidden" or verdict.value != "forbidden"


@given(companies(), REFUNDS, SMALL.map(lambda more: more + CENT))
def test_raising_limits_and_caps_never_takes_back_what_was_allowed(
    company: Company, refund: Action, more: Decimal
) -> None:
    before = company.judged(refund)
    after = judge(refund, company.rules(more), **company.case())
    event(f"{before.value} -> {after.value}")
    assert before.value != "allowed" or after.value == "allowed"
    assert before.value == "forbidden" or after.value != "forbidden"


@given(companies(facts=DECIDED, before=BEFORE), REFUNDS)
def test_a_higher_level_is_never_judged_more_strictly(company: Company, refund: Action) -> None:
    verdicts = [company.judged(refund, level=level) for level in ("visitor", *LEVELS)]
    strictness = [VALUES.index(verdict.value) for verdict in verdicts]
    event(f"{verdicts[0].value} .. {verdicts[-1].value}")
    assert strictness == sorted(strictness, reverse=True)


@given(companies(), REFUNDS)
def test_what_a_lower_level_may_do_a_higher_one_may_and_what_none_may_none_may(
    company: Company, refund: Action
) -> None:
    values = [company.judged(refund, level=level).value for level in ("visitor", *LEVELS)]
    event(values[2])
    assert [value == "allowed" for value in values] == sorted(v == "allowed" for v in values)
    assert len({value == "forbidden" for value in values}) == 1


@given(companies(NO_CLAUSES, DECIDED, BEFORE), REFUNDS)
def test_without_clauses_a_higher_level_asks_no_higher_one(
    company: Company, refund: Action
) -> None:
    verdicts = [company.judged(refund, level=level) for level in LEVELS]
    found = [severity(verdict, company.rules().authority) for verdict in verdicts]
    assert found == sorted(found, reverse=True)


@given(
    companies(before=BEFORE),
    REFUNDS,
    st.builds(granted, SMALL, CURRENCIES, days_ago=SMALL.map(int)),
)
def test_more_granted_before_never_allows_more(
    company: Company, refund: Action, more: Granted
) -> None:
    assert company.before is not None
    before = company.judged(refund)
    after = company.judged(refund, granted=[*company.before, more])
    event(f"{before.value} -> {after.value}")
    assert VALUES.index(after.value) >= VALUES.index(before.value)


@given(companies(), REFUNDS, BEFORE)
def test_what_is_decided_without_knowing_who_asks_holds_whoever_asks(
    company: Company, refund: Action, history: list[Granted]
) -> None:
    nobody = company.judged(refund, granted=None)
    event(nobody.value)
    if nobody.value != "unknown":
        somebody = company.judged(refund, granted=history)
        assert (somebody.value, somebody.level) == (nobody.value, nobody.level)


CAPPED_AGENT = (Grant(level="agent", action="refund", cap=Cap(days=9, amount=(money(15),))),)
CAPPED = GRANTS.map(lambda grants: tuple(g for g in grants if g.cap) or CAPPED_AGENT)


@given(companies(NO_CLAUSES, DECIDED, grants=CAPPED), st.builds(a_refund, SMALL))
def test_who_asks_is_asked_only_where_it_makes_a_difference(
    company: Company, refund: Action
) -> None:
    nobody = company.judged(refund, granted=None)
    event(nobody.value)
    much = [granted(9999, currency) for currency in ("GBP", "USD") for _ in range(4)]
    little, plenty = (company.judged(refund, granted=history) for history in ([], much))
    told = (little.value, little.level) == (plenty.value, plenty.level)
    assert told == (nobody.facts == ())
    assert told == (nobody.value != "unknown")


@given(companies(), REFUNDS, st.text(max_size=5))
def test_a_fact_that_no_rule_reads_changes_nothing(
    company: Company, refund: Action, serial: str
) -> None:
    more = {**company.facts, "device.serial": serial, "undeclared.fact": serial}
    assert company.judged(refund, facts=more) == company.judged(refund)
    case = company.case()
    one, other = (
        best_alternative(refund, company.rules(), **case | {"facts": f})
        for f in (more, company.facts)
    )
    assert one == other

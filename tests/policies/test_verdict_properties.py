from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from assist.domain.authority import Grant
from assist.domain.policy import Clause, PolicySet
from assist.domain.solution import Action
from assist.policies.combining import severity
from assist.policies.verdicts import judge, judge_all
from tests.policies.rules import (
    FACTS,
    TODAY,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    money,
    rules,
)

LEVELS = ("agent", "senior", "lead", "manager")
AMOUNTS = st.decimals(min_value=0, max_value=1000, places=2)
CONDITIONS = st.sampled_from(
    ["true", "false", "order.paid", "!order.paid", "days_since(order.delivered_at) <= 30",
     "order.items > 2 || order.paid", "device.state in ['new', 'worn']"]
)  # fmt: skip
EFFECTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{"effect": "allow"}, {"effect": "forbid"}, {"effect": "require", "facts": ("order.items",)},
     *({"effect": "needs_approval", "level": level} for level in LEVELS)]
)  # fmt: skip
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "order.paid": st.booleans(),
        "order.items": st.integers(0, 5),
        "order.delivered_at": st.sampled_from(["2026-11-02", "2026-09-02", "soon"]),
        "device.state": st.sampled_from(["new", "worn", "broken"]),
    },
)


@st.composite
def clauses(draw: st.DrawFn) -> tuple[Clause, ...]:
    kinds = st.sampled_from(["mandatory", "exception", "discretionary", "standard"])
    return tuple(
        a_clause(f"p.c{n}", type=draw(kinds), when=draw(CONDITIONS), **draw(EFFECTS))
        for n in range(draw(st.integers(0, 4)))
    )


def limits(**by_level: Decimal) -> tuple[Grant, ...]:
    return tuple(a_grant(level, money(amount)) for level, amount in by_level.items())


def case(facts: dict[str, Any], level: str = "agent") -> dict[str, Any]:
    return {"facts": facts, "on": TODAY, "level": level}


def company(given: tuple[Clause, ...], grants: tuple[Grant, ...], cap: Decimal | None) -> PolicySet:
    capped = (a_clause("p.cap", effect="limit", limit=(money(cap),)),) if cap is not None else ()
    return rules(a_policy(*given, *capped), grants=grants)


class Asked(NamedTuple):
    """A refund asked for under some clauses, limits and facts."""

    clauses: tuple[Clause, ...]
    amount: Decimal
    limit: Decimal
    cap: Decimal | None
    facts: dict[str, Any]

    def company(self, more: Decimal = Decimal(0)) -> PolicySet:
        """The company whose limits are higher by so much."""
        cap = None if self.cap is None else self.cap + more
        return company(
            self.clauses, limits(agent=self.limit + more, lead=self.limit * 2 + more), cap
        )


ASKED = st.builds(Asked, clauses(), AMOUNTS, AMOUNTS, st.none() | AMOUNTS, KNOWN)


@given(ASKED, st.sampled_from(LEVELS[:2]))
def test_no_amount_above_a_limit_is_ever_allowed(asked: Asked, level: str) -> None:
    limit = min(asked.limit, asked.limit if asked.cap is None else asked.cap)
    amount = limit + asked.amount + Decimal("0.01")
    parts = [a_refund(amount / 2), a_refund(amount - amount / 2)]
    the_case = case(asked.facts, level)
    assert judge(a_refund(amount), asked.company(), **the_case).value != "allowed"
    assert judge_all(parts, asked.company(), **the_case).value != "allowed"


@given(ASKED, AMOUNTS)
def test_raising_a_limit_never_takes_back_what_was_allowed(asked: Asked, more: Decimal) -> None:
    refund, the_case = a_refund(asked.amount), case(asked.facts)
    before, after = (judge(refund, asked.company(m), **the_case) for m in (Decimal(0), more))
    assert before.value != "allowed" or after.value == "allowed"


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_raising_a_limit_never_asks_a_higher_level(
    amount: Decimal, limit: Decimal, more: Decimal
) -> None:
    sets = [company((), limits(agent=x, lead=x * 2), x) for x in (limit, limit + more)]
    before, after = (judge(a_refund(amount), rules, **case({})) for rules in sets)
    assert severity(after, sets[0].authority) <= severity(before, sets[0].authority)


@given(clauses(), AMOUNTS, KNOWN, st.text(max_size=5))
def test_a_fact_that_no_clause_reads_changes_nothing(
    given: tuple[Clause, ...], amount: Decimal, facts: dict[str, Any], serial: str
) -> None:
    policy_set = company(given, limits(agent=Decimal(100)), None)
    with_it = {**facts, "device.serial": serial, "device.age": 3, "undeclared.fact": serial}
    before = judge(a_refund(amount), policy_set, **case(facts))
    assert judge(a_refund(amount), policy_set, **case(with_it)) == before


@given(clauses(), AMOUNTS, KNOWN, st.data())
def test_what_is_decided_stays_decided_when_more_becomes_known(
    given: tuple[Clause, ...], amount: Decimal, facts: dict[str, Any], data: st.DataObject
) -> None:
    policy_set = company(given, limits(agent=Decimal(100)), None)
    before = judge(a_refund(amount), policy_set, **case(facts))
    learned = {
        "order.paid": True, "order.items": 1, "order.delivered_at": "2026-11-02",
        "device.state": data.draw(st.sampled_from(["new", "worn", "broken"])),
    }  # fmt: skip
    readable = {k: v for k, v in facts.items() if v != "soon"}
    after = judge(a_refund(amount), policy_set, **case({**learned, **readable}))
    if before.value == "unknown":
        assert after.value != "unknown" or not before.facts
    else:
        assert (after.value, after.level) == (before.value, before.level)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
PARAMETERS = st.dictionaries(
    st.sampled_from(["amount", "note"]),
    st.builds(money, AMOUNTS, st.sampled_from(["GBP", "USD"]))
    | st.booleans()
    | st.text(max_size=5),
)


@given(
    clauses(),
    st.builds(Action, kind=st.sampled_from(["refund", "teleport", "ask"]), parameters=PARAMETERS),
    st.dictionaries(st.sampled_from([fact.path for fact in FACTS]), VALUES),
    st.text(max_size=5),
)
def test_every_input_gets_exactly_one_verdict(
    given: tuple[Clause, ...], action: Action, facts: dict[str, Any], level: str
) -> None:
    found = judge(action, company(given, limits(agent=Decimal(10)), None), **case(facts, level))
    assert found.value in ("allowed", "needs_approval", "forbidden", "unknown")
    assert (found.level is not None) == (found.value == "needs_approval")
    assert found.value != "unknown" or found.reason
    assert not found.facts or found.value == "unknown"

"""Strategies of companies: clauses, grants with limits and caps, and what was granted before."""

from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from assist.domain.authority import Cap, Grant
from assist.domain.base import Money
from assist.domain.grants import Granted
from assist.domain.policy import Clause, PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.verdicts import judge
from tests.policies.rules import (
    NOW,
    TODAY,
    a_clause,
    a_policy,
    a_refund,
    an_action_type,
    granted,
    money,
    rules,
)

LEVELS = ("agent", "senior", "lead", "manager")
VALUES = ("allowed", "needs_approval", "unknown", "forbidden")
CENT = Decimal("0.01")
AMOUNTS = st.integers(0, 400).map(lambda quarters: Decimal(quarters) / 4)
SMALL = st.integers(0, 80).map(lambda quarters: Decimal(quarters) / 4)
CURRENCIES = st.sampled_from(["GBP", "GBP", "GBP", "USD"])
CONDITIONS = st.sampled_from(
    ["true", "true", "true", "order.paid", "!order.paid", "order.items > 2"]
)
KNOWN = st.fixed_dictionaries(
    {}, optional={"order.paid": st.booleans(), "order.items": st.integers(0, 5)}
)
DECIDED = st.fixed_dictionaries({"order.paid": st.booleans(), "order.items": st.integers(0, 5)})


NOTHING: st.SearchStrategy[tuple[Money, ...]] = st.just(())
GBP, USD = AMOUNTS.map(money), AMOUNTS.map(lambda amount: money(amount, "USD"))
LIMITS = st.tuples(GBP) | st.tuples(GBP, USD)
CAPS = st.builds(
    Cap,
    days=st.integers(1, 99),
    amount=NOTHING | LIMITS,
    count=st.none() | st.integers(1, 3),
)
GRANTS = st.lists(
    st.builds(
        Grant,
        level=st.sampled_from(("agent", *LEVELS)),
        action=st.just("refund"),
        limit=NOTHING | LIMITS,
        cap=st.none() | CAPS,
        when=CONDITIONS,
    ),
    min_size=1,
    max_size=4,
).map(tuple)
BEFORE = st.lists(
    st.builds(
        lambda amount, currency, days, action, voided: granted(
            amount, currency, days_ago=days, action=action, voided_at=NOW if voided else None
        ),
        st.none() | SMALL,
        CURRENCIES,
        st.integers(-1, 100),
        st.sampled_from(["refund", "refund", "refund", "credit"]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=4,
)


@st.composite
def clauses(draw: st.DrawFn) -> tuple[Clause, ...]:
    types = st.sampled_from(["mandatory", "exception", "discretionary", "standard"])
    effects = st.one_of(
        st.just({"effect": "allow"}),
        st.just({"effect": "allow"}),
        st.just({"effect": "forbid"}),
        st.just({"effect": "require", "facts": ("order.items",)}),
        st.builds(
            lambda level: {"effect": "needs_approval", "level": level}, st.sampled_from(LEVELS)
        ),
        st.builds(
            lambda limit, days: {"effect": "limit", "limit": limit, "period_days": days},
            LIMITS,
            st.none() | st.integers(1, 99),
        ),
    )
    return tuple(
        a_clause(f"p.c{n}", type=draw(types), when=draw(CONDITIONS), **draw(effects))
        for n in range(draw(st.integers(0, 4)))
    )


BASE = rules(
    actions=(
        an_action_type(alternatives=("credit",)),
        an_action_type("credit", parameters={"amount": {"type": "money"}}),
    )
)


class Company(NamedTuple):
    """Some clauses and grants, and a case."""

    clauses: tuple[Clause, ...]
    grants: tuple[Grant, ...]
    facts: dict[str, Any]
    before: list[Granted] | None
    level: str

    def rules(self, more: Decimal = Decimal(0)) -> PolicySet:
        """The company, with every limit and cap raised by so much, and counts by one."""
        grants = tuple(_raised(grant, more) for grant in self.grants)
        clauses = tuple(_clause_raised(clause, more) for clause in self.clauses)
        return BASE.model_copy(
            update={
                "policies": (a_policy(*clauses),),
                "authority": BASE.authority.model_copy(update={"grants": grants}),
            }
        )

    def judged(self, action: Action, **changed: Any) -> Verdict:
        return judge(action, self.rules(), **{**self.case(), **changed})

    def case(self) -> dict[str, Any]:
        return {"facts": self.facts, "on": TODAY, "level": self.level, "granted": self.before}


def _amounts_raised(amounts: tuple[Money, ...], more: Decimal) -> tuple[Money, ...]:
    return tuple(money(one.amount + more, one.currency) for one in amounts)


def _raised(grant: Grant, more: Decimal) -> Grant:
    cap = grant.cap and Cap(
        days=grant.cap.days,
        amount=_amounts_raised(grant.cap.amount, more),
        count=grant.cap.count and grant.cap.count + (1 if more else 0),
    )
    limit = _amounts_raised(grant.limit, more)
    return grant.model_copy(update={"limit": limit, "cap": cap})


def _clause_raised(clause: Clause, more: Decimal) -> Clause:
    return clause.model_copy(update={"limit": _amounts_raised(clause.limit, more)})


NO_CLAUSES: st.SearchStrategy[tuple[Clause, ...]] = st.just(())
ANY_CLAUSES = NO_CLAUSES | clauses()
PERHAPS_BEFORE: st.SearchStrategy[list[Granted] | None] = BEFORE | BEFORE | st.none()
REFUNDS = st.builds(a_refund, SMALL | AMOUNTS, CURRENCIES)


def companies(
    clauses: st.SearchStrategy[tuple[Clause, ...]] = ANY_CLAUSES,
    facts: st.SearchStrategy[dict[str, Any]] = KNOWN,
    before: st.SearchStrategy[list[Granted] | None] = PERHAPS_BEFORE,
    grants: st.SearchStrategy[tuple[Grant, ...]] = GRANTS,
) -> st.SearchStrategy[Company]:
    return st.builds(Company, clauses, grants, facts, before, st.sampled_from(LEVELS))


def asked_of(action: Action) -> Money:
    amount = action.parameters["amount"]
    assert isinstance(amount, Money)
    return amount

"""A company with 500 clauses in 40 policies, and cases for it: the same ones every time."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from pydantic import JsonValue

from assist.domain.actions import ActionType, ParameterType
from assist.domain.authority import Authority, Cap, Grant
from assist.domain.base import Money
from assist.domain.facts import FactDeclaration
from assist.domain.grants import Granted
from assist.domain.policy import Clause, Policy, PolicySet
from assist.domain.sla import Sla
from assist.domain.solution import Action

POLICIES, CLAUSES = 40, 500
REGIONS = {"UK": "GBP", "US": "USD", "EU": "EUR"}
PRODUCTS = ("Hub 2", "Camera 3", "Plug 2", "Doorbell 1", "Thermostat 1")
TIERS = ("standard", "gold", "business")
KINDS = (
    "refund", "partial_refund", "credit", "replacement", "return_label", "price_adjustment",
    "plan_refund", "repair", "resend_order", "fee_waiver",
)  # fmt: skip
LEVELS = ("agent", "senior", "lead", "manager")
FACTS: tuple[FactDeclaration, ...] = (
    FactDeclaration(path="order.delivered_at", type="date"),
    FactDeclaration(path="order.placed_at", type="date"),
    FactDeclaration(path="parcel.last_scan_at", type="date"),
    FactDeclaration(path="order.total", type="money"),
    FactDeclaration(path="order.paid", type="boolean"),
    FactDeclaration(path="order.final_sale", type="boolean"),
    FactDeclaration(path="order.replacement_count", type="integer"),
    FactDeclaration(path="order.status", type="choice", choices=("processing", "shipped", "done")),
    FactDeclaration(path="device.faulty", type="boolean"),
    FactDeclaration(path="device.condition", type="choice", choices=("new", "worn", "broken")),
    FactDeclaration(path="device.serial", type="text"),
    FactDeclaration(path="customer.region", type="choice", choices=tuple(REGIONS)),
    FactDeclaration(path="customer.tier", type="choice", choices=TIERS),
    FactDeclaration(path="customer.product", type="choice", choices=PRODUCTS),
    FactDeclaration(path="customer.fraud_flag", type="boolean"),
    FactDeclaration(path="customer.credits_90_days", type="integer"),
)
CONDITIONS = (
    "days_since(order.delivered_at) <= {days}",
    "days_since(order.delivered_at) > {days} && days_since(order.delivered_at) <= {days} + 10",
    "device.faulty == true && days_since(order.delivered_at) <= {days}",
    "order.final_sale == true && !(device.faulty == true)",
    "order.status == 'shipped' && business_days_since(parcel.last_scan_at) >= {days}",
    "device.condition in ['worn', 'broken'] && days_since(order.placed_at) <= {days} * 12",
    "customer.fraud_flag == true || order.replacement_count >= {few}",
    "customer.credits_90_days * 2 + order.replacement_count > {few}",
    "customer.region == '{region}' && order.total <= money('{days}.00', '{currency}')",
    "order.paid == false || device.serial.startsWith('FW-{few}')",
    "customer.tier == 'gold' ? days_since(order.placed_at) <= 365 : order.paid == true",
    "true",
)
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


class Asking(NamedTuple):
    """One case: an action asked for, and all that its verdict depends on."""

    action: Action
    given: dict[str, Any]
    """The arguments of `judge` beside the action and the policy set."""


def company(seed: int, sla: Sla) -> PolicySet:
    """The company: every fourth policy supersedes the one before it, most have a scope."""
    draw = random.Random(seed)  # noqa: S311  a fixed choice, no secret
    sizes = [CLAUSES // POLICIES + (n < CLAUSES % POLICIES) for n in range(POLICIES)]
    return PolicySet(
        version="bench",
        currency=REGIONS,
        policies=tuple(_policy(draw, number, size) for number, size in enumerate(sizes)),
        facts=FACTS,
        actions=tuple(_action_type(kind) for kind in KINDS),
        authority=Authority(levels=LEVELS, grants=tuple(_grants())),
        sla=sla,
    )


def cases(seed: int, count: int) -> list[Asking]:
    """As many cases: days of two years, four of five facts known, up to six earlier grants."""
    draw = random.Random(seed)  # noqa: S311  a fixed choice, no secret
    return list(islice(_cases(draw), count))


def _policy(draw: random.Random, number: int, size: int) -> Policy:
    effective = FIRST + timedelta(days=draw.randrange(0, 600))
    policy_id = f"policy-{number}"
    return Policy(
        id=policy_id,
        title=policy_id,
        version="1",
        owner="Care",
        purpose="To be fair to both sides.",
        effective=effective,
        expires=effective + timedelta(days=400) if draw.random() < 0.3 else None,
        regions=tuple(draw.sample(list(REGIONS), 1)) if draw.random() < 0.6 else (),
        products=tuple(draw.sample(PRODUCTS, 2)) if draw.random() < 0.3 else (),
        tiers=tuple(draw.sample(TIERS, 2)) if draw.random() < 0.2 else (),
        supersedes=f"policy-{number - 1} 1" if number % 4 == 3 else None,
        clauses=tuple(_clause(draw, policy_id, n) for n in range(size)),
    )


def _clause(draw: random.Random, policy_id: str, number: int) -> Clause:
    region = draw.choice(list(REGIONS))
    when = draw.choice(CONDITIONS).format(
        days=draw.randrange(7, 90),
        few=draw.randrange(1, 5),
        region=region,
        currency=REGIONS[region],
    )
    effect = draw.choices(
        ("allow", "forbid", "needs_approval", "limit", "require"), (5, 2, 2, 2, 1)
    )
    fields: dict[str, Any] = {"effect": effect[0]}
    if effect[0] == "needs_approval":
        fields["level"] = draw.choice(LEVELS[1:])
    if effect[0] == "limit":
        fields["limit"] = _in_each_currency(draw.randrange(20, 400))
        fields["period_days"] = draw.choice((None, None, 90, 365))
    if effect[0] == "require":
        fields["facts"] = (draw.choice(FACTS).path,)
    kinds = draw.choices(("standard", "discretionary", "exception", "mandatory"), (6, 2, 2, 1))
    return Clause(
        id=f"{policy_id}.{number}",
        policy_id=policy_id,
        type=kinds[0],
        actions=tuple(draw.sample(KINDS, draw.choice((1, 1, 2)))),
        when=when,
        reason=f"{policy_id}.{number} says so",
        text=f"What {policy_id}.{number} says.",
        **fields,
    )


def _action_type(kind: str) -> ActionType:
    amount = ParameterType(type="money", default_fact="order.total")
    return ActionType(kind=kind, title=kind, parameters={"amount": amount}, cost_parameter="amount")


def _grants() -> Iterator[Grant]:
    for kind in KINDS:
        for level, limit in zip(LEVELS[:3], (60, 200, 800), strict=True):
            cap = Cap(days=90, amount=_in_each_currency(3 * limit))
            yield Grant(level=level, action=kind, limit=_in_each_currency(limit), cap=cap)
        yield Grant(level=LEVELS[3], action=kind)


def _in_each_currency(amount: int) -> tuple[Money, ...]:
    return tuple(Money(amount=Decimal(amount), currency=code) for code in REGIONS.values())


def _cases(draw: random.Random) -> Iterator[Asking]:
    while True:
        region = draw.choice(list(REGIONS))
        on = FIRST + timedelta(days=draw.randrange((LAST - FIRST).days))
        kind = draw.choice(KINDS)
        money = Money(amount=Decimal(draw.randrange(100, 50_000)) / 100, currency=REGIONS[region])
        facts = _facts(draw, region, on)
        given = {
            "facts": {path: raw for path, raw in facts.items() if draw.random() < 0.8},
            "on": on,
            "level": draw.choice(LEVELS),
            "region": region,
            "product": draw.choice((*PRODUCTS, None)),
            "tier": draw.choice((*TIERS, None)),
            "granted": [_granted(draw, kind, region, on) for _ in range(draw.randrange(7))],
        }
        yield Asking(Action(kind=kind, parameters={"amount": money}), given)


def _facts(draw: random.Random, region: str, on: date) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {}
    for fact in FACTS:
        if fact.type == "date":
            values[fact.path] = (on - timedelta(days=draw.randrange(120))).isoformat()
        elif fact.type == "money":
            amount = f"{draw.randrange(5, 300)}.{draw.randrange(100):02}"
            values[fact.path] = {"amount": amount, "currency": REGIONS[region]}
        elif fact.type == "boolean":
            values[fact.path] = draw.random() < 0.3
        elif fact.type == "integer":
            values[fact.path] = draw.randrange(4)
        else:
            values[fact.path] = draw.choice(fact.choices or ("FW-1007", "FW-2", "X-3"))
    return {**values, "customer.region": region}


def _granted(draw: random.Random, kind: str, region: str, on: date) -> Granted:
    day = on - timedelta(days=draw.randrange(120))
    return Granted(
        id=f"g{draw.randrange(10**9)}",
        customer_id="c1",
        action=draw.choice((kind, *KINDS[:2])),
        amount=Money(amount=Decimal(draw.randrange(5, 80)), currency=REGIONS[region]),
        level="agent",
        by="someone",
        at=datetime.combine(day, time(10), UTC),
    )

"""How fast a verdict is, over a company with 500 clauses: the heart of every suggestion."""

import time
from collections.abc import Callable, Sequence

from assist.domain.policy import PolicySet
from assist.policies.clauses import Scope, standing
from assist.policies.reading import read_policy_set
from assist.policies.verdicts import judge
from evals.bench.company import CLAUSES, POLICIES, Asking, cases, company
from evals.bench.results import Latency
from evals.bench.sizes import SEED
from evals.bench.speed import percentile

AIM_MS = 2.0
"""Half of the verdicts take at most this long on one core."""
COUNT = 2000
WARMING = 200
"""Verdicts before the clock starts, which compile the conditions they touch."""


def verdict_speed(count: int = COUNT) -> list[Latency]:
    """A full verdict, and the part of it that finds the clauses in force; one core, in process."""
    rules = company(SEED, read_policy_set({}, (), "defaults").sla)
    asked = cases(SEED, count)
    return [
        _timed(f"verdict (aim p50 {AIM_MS:.0f} ms)", asked, lambda one: _judge(rules, one)),
        _timed("clauses in force", asked, lambda one: _standing(rules, one)),
    ]


def _judge(rules: PolicySet, one: Asking) -> object:
    return judge(one.action, rules, **one.given)


def _standing(rules: PolicySet, one: Asking) -> object:
    given = one.given
    scope = Scope(region=given["region"], product=given["product"], tier=given["tier"])
    return standing(rules, given["facts"], given["on"], scope, {one.action.kind})


def _timed(operation: str, asked: Sequence[Asking], act: Callable[[Asking], object]) -> Latency:
    for one in asked[:WARMING]:
        act(one)
    taken = []
    for one in asked:
        began = time.perf_counter()
        act(one)
        taken.append((time.perf_counter() - began) * 1000)
    return Latency(
        operation=operation,
        corpus=f"{CLAUSES} clauses, {POLICIES} policies",
        n=len(taken),
        p50_ms=round(percentile(taken, 50), 3),
        p95_ms=round(percentile(taken, 95), 3),
    )

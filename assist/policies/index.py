"""The clauses of a policy set, arranged once so that a case touches only those it may be about.

By the kinds of action they govern, in order of precedence; and by day, the policies that hold.
"""

import functools
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from assist.domain.policy import Clause, ClauseType, Policy, PolicySet
from assist.policies.conditions import Condition, compile_condition

PRECEDENCE: tuple[ClauseType, ...] = ("mandatory", "exception", "discretionary", "standard")
SETS = 64
"""Policy sets kept arranged: a server has one per workspace and a few for old dates."""

Rank = tuple[int, int, int]
"""Order of precedence, first wins: type, then narrower scope, then later date."""


def rank_of(policy: Policy, clause: Clause) -> Rank:
    """The precedence of a clause of this policy."""
    scoped = sum(bool(scope) for scope in (policy.regions, policy.products, policy.tiers))
    return PRECEDENCE.index(clause.type), -scoped, -policy.effective.toordinal()


class Entry:
    """A clause with all that does not depend on the case. `policy` is the number of its policy."""

    __slots__ = ("_condition", "_set", "clause", "policy")

    def __init__(self, policy_set: PolicySet, policy: int, clause: Clause) -> None:
        self.policy, self.clause = policy, clause
        self._set = policy_set
        self._condition: Condition | None = None

    @property
    def condition(self) -> Condition:
        """Its condition, compiled when first asked for. Raises `BadKnowledgeBase`."""
        if self._condition is None:
            clause = self.clause
            self._condition = compile_condition(clause.when, self._set.facts, where=clause.id)
        return self._condition


class PolicyIndex:
    """A policy set, arranged. Policies are numbered in the set's order. Safe between threads."""

    def __init__(self, policy_set: PolicySet) -> None:
        self.policies = policy_set.policies
        self.scope_facts = {
            name: _fact_of(policy_set, name) for name in ("region", "product", "tier")
        }
        """The declared fact that tells a case's region, product or tier."""
        self._entries = _arranged(policy_set)
        self._by_kind = _by_kind(self._entries)
        self._turns = _turns(self.policies)
        self._holding: dict[int, frozenset[int]] = {}

    def entries(self, actions: Collection[str] | None) -> Sequence[Entry]:
        """The clauses that govern one of these kinds, or all; highest precedence first."""
        if actions is None:
            return self._entries
        found = [self._by_kind[kind] for kind in set(actions) if kind in self._by_kind]
        if len(found) == 1:
            return [self._entries[number] for number in found[0]]
        return [self._entries[number] for number in sorted({n for few in found for n in few})]

    def holding(self, on: date) -> frozenset[int]:
        """The policies in force on the day, without those that another in force supersedes.

        Between two days on which a policy begins or ends it is always the same.
        """
        turn = bisect_right(self._turns, on)
        if turn not in self._holding:
            self._holding[turn] = frozenset(_in_force(self.policies, on))
        return self._holding[turn]


def index_of(policy_set: PolicySet) -> PolicyIndex:
    """The set's index, made once per set."""
    return _made(_Same(policy_set))


class _Same:
    """A policy set known by identity: comparing two of them takes longer than a verdict."""

    __slots__ = ("policy_set",)

    def __init__(self, policy_set: PolicySet) -> None:
        self.policy_set = policy_set

    def __hash__(self) -> int:
        return id(self.policy_set)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.policy_set is other.policy_set


@functools.lru_cache(SETS)
def _made(same: _Same) -> PolicyIndex:
    return PolicyIndex(same.policy_set)


def _arranged(policy_set: PolicySet) -> list[Entry]:
    """All clauses, highest precedence first; equal ones by id, then in the set's order."""
    numbered = enumerate(policy_set.policies)
    entries = [Entry(policy_set, n, clause) for n, policy in numbered for clause in policy.clauses]
    policies = policy_set.policies
    return sorted(entries, key=lambda e: (rank_of(policies[e.policy], e.clause), e.clause.id))


def _by_kind(entries: Sequence[Entry]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for kind in dict.fromkeys(entry.clause.actions):
            found.setdefault(kind, []).append(number)
    return found


def _turns(policies: Sequence[Policy]) -> list[date]:
    """The days on which a policy begins or is no longer in force, in order."""
    return sorted({day for p in policies for day in (p.effective, p.expires) if day is not None})


def _in_force(policies: Sequence[Policy], on: date) -> Iterator[int]:
    live = [
        (number, policy)
        for number, policy in enumerate(policies)
        if policy.effective <= on and (policy.expires is None or on < policy.expires)
    ]
    replaced = {policy.supersedes for _, policy in live if policy.supersedes}
    for number, policy in live:
        if replaced.isdisjoint((policy.id, f"{policy.id} {policy.version}")):
            yield number


def _fact_of(policy_set: PolicySet, name: str) -> str:
    """The first declared fact with that last name, else the name itself."""
    paths = (fact.path for fact in policy_set.facts)
    return next((path for path in paths if path.split(".")[-1] == name), name)

"""Which clauses rule on which days, each as a rule that a search over facts can weigh."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from assist.domain.facts import FactDeclaration
from assist.domain.policy import Clause, Policy, PolicySet
from assist.policies.audit.worlds import Sought, Weighed, World, world
from assist.policies.condition_tree import Facts, Truth
from assist.policies.conditions import Condition, compile_condition
from assist.policies.index import PolicyIndex, Rank, index_of, rank_of
from assist.policies.located import Page, Path
from assist.policies.permission import DECIDING
from assist.policies.policy_documents import PolicyPage
from assist.policies.reading import Rulebook

SCOPES = ("region", "product", "tier")
NO_POLICY_DAY = date(2026, 1, 1)
"""The day of questions about a knowledge base without policies; any day gives the same answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A clause with the scope of its policy: it holds where both do."""

    policy: Policy
    clause: Clause
    page: Page
    at: Path
    conditions: tuple[Condition, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What it asks, as conditions."""
        return tuple(condition.text for condition in self.conditions)

    @property
    def rank(self) -> Rank:
        """Its precedence."""
        return rank_of(self.policy, self.clause)

    @property
    def family(self) -> tuple[str, int | None]:
        """Rules of one family decide in each other's place; of different ones beside each other."""
        if self.clause.effect in DECIDING:
            return "decides", None
        ceiling = self.clause.effect == "limit" and self.clause.type == "mandatory"
        return "ceiling" if ceiling else self.clause.effect, self.clause.period_days

    @property
    def says(self) -> tuple[str, str | None]:
        """What it says where it holds."""
        return self.clause.effect, self.clause.level

    def weigh(self, facts: Facts, on: date) -> Truth:
        """All its conditions together."""
        truths = [condition.weigh(facts, on) for condition in self.conditions]
        if any(truth.value is False for truth in truths):
            return Truth(False)
        missing = dict.fromkeys(path for truth in truths for path in truth.missing)
        problems = dict.fromkeys(text for truth in truths for text in truth.problems)
        open_ = any(truth.value is None for truth in truths)
        return Truth(None if open_ else True, tuple(missing), tuple(problems))


@dataclass(frozen=True, slots=True)
class Alone:
    """A condition that no policy's scope stands around."""

    condition: Condition

    @property
    def texts(self) -> tuple[str, ...]:
        """What it asks."""
        return (self.condition.text,)

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Its truth."""
        return self.condition.weigh(facts, on)


class Era(NamedTuple):
    """Days on which the same policies hold: from `first` until before `until`, none: for good.

    `rules` are in order of precedence.
    """

    first: date
    until: date | None
    rules: tuple[Rule, ...]

    def stronger(self, rule: Rule, action: str) -> tuple[Rule, ...]:
        """The rules that go before this one about the action."""
        return tuple(
            other
            for other in self.rules
            if other.rank < rule.rank
            and other.family == rule.family
            and action in other.clause.actions
        )


class Ruling:
    """A policy set without faults, laid out by the days on which its policies hold."""

    def __init__(self, book: Rulebook, policy_set: PolicySet) -> None:
        self.book, self.policy_set = book, policy_set
        self._index = index_of(policy_set)
        self._declared = _with_scopes(policy_set, self._index)
        self.declarations: Mapping[str, FactDeclaration] = {f.path: f for f in self._declared}
        self.rules = tuple(rule for item in book.policies for rule in self._rules(item))
        self.eras = tuple(self._eras())
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...], date | None], World] = {}

    def world(self, holding: Sequence[Rule], failing: Sequence[Rule], era: Era) -> World:
        """Facts with which these rules hold and those fail in the era, as far as can be told."""
        ids = tuple(r.clause.id for r in holding), tuple(r.clause.id for r in failing)
        key = *ids, era.first if _dated((*holding, *failing)) else None
        if key not in self._known:
            self._known[key] = self.asked(holding, failing, era)
        return self._known[key]

    @property
    def today(self) -> date:
        """A day on which the newest editions hold, for questions that no edition is part of."""
        return self.eras[-1].first if self.eras else NO_POLICY_DAY

    def asked(self, holding: Sequence[Weighed], failing: Sequence[Weighed], era: Era) -> World:
        """As `world`, for more than rules."""
        return world(Sought(tuple(holding), tuple(failing)), self.declarations, era.first)

    def met(self, when: str, on: date) -> World:
        """Facts with which the condition holds on that day, as far as can be told."""
        return world(Sought((Alone(self.compiled(when)),)), self.declarations, on)

    def compiled(self, text: str) -> Condition:
        """A condition over the company's facts. Raises `BadKnowledgeBase`."""
        return compile_condition(text, self._declared)

    def where(self, name: str, allowed: Collection[str]) -> Condition:
        """The condition that a case's region, product or tier is one of these.

        Values that the fact cannot have are left out; with none left it never holds.
        """
        path = self._index.scope_facts[name]
        choices = self.declarations[path].choices
        possible = [value for value in allowed if not choices or value in choices]
        listed = ", ".join(json.dumps(value, ensure_ascii=False) for value in possible)
        return self.compiled(f"{path} in [{listed}]" if possible else "false")

    def choices(self, name: str) -> tuple[str, ...]:
        """The regions, products or tiers that a case can have; none where any may be."""
        return self.declarations[self._index.scope_facts[name]].choices

    def _rules(self, item: PolicyPage) -> Iterator[Rule]:
        policy = item.policy
        if policy is None:
            return
        scope = [
            self.where(name, allowed)
            for name, allowed in zip(SCOPES, scopes_of(policy), strict=True)
            if allowed
        ]
        for clause, at in item.located():
            conditions = (*scope, self.compiled(clause.when))
            yield Rule(policy, clause, item.page, at, conditions)

    def _eras(self) -> Iterator[Era]:
        ends = {policy.expires for policy in self._index.policies if policy.expires}
        turns = sorted(ends | {policy.effective for policy in self._index.policies})
        ranked = sorted(self.rules, key=lambda rule: (rule.rank, rule.clause.id))
        for first, until in zip_longest(turns, turns[1:]):
            held = {self._index.policies[n].id for n in self._index.holding(first)}
            rules = tuple(rule for rule in ranked if rule.policy.id in held)
            if rules:
                yield Era(first, until, rules)


def scopes_of(policy: Policy) -> tuple[tuple[str, ...], ...]:
    """Its regions, products and tiers, in the order of `SCOPES`."""
    return policy.regions, policy.products, policy.tiers


def in_words(facts: Facts, rules: Iterable[Rule]) -> str:
    """Those of the facts that the rules read: `order.final_sale is true, device.damage is drop`."""
    read = {term.path for rule in rules for part in rule.conditions for term in part.terms}
    shown = [f"{path} is {_shown(value)}" for path, value in facts.items() if path in read]
    return ", ".join(shown) or "whatever the facts are"


def named(rules: Iterable[Rule]) -> str:
    """The ids of the rules' clauses, as a list in words."""
    ids = [rule.clause.id for rule in rules]
    return " and ".join([", ".join(ids[:-1]), ids[-1]] if ids[1:] else ids)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{value['amount']} {value['currency']}"
    return str(value)


def _with_scopes(policy_set: PolicySet, index: PolicyIndex) -> tuple[FactDeclaration, ...]:
    """The declared facts, and a text for a scope that no fact tells and the ticket says."""
    declared = {fact.path for fact in policy_set.facts}
    lacking = [path for path in index.scope_facts.values() if path not in declared]
    return (
        *policy_set.facts,
        *(FactDeclaration(path=path, type="text") for path in dict.fromkeys(lacking)),
    )


def _dated(rules: Iterable[Rule]) -> bool:
    """Whether a rule names a day, so that its answer may differ from era to era."""
    return any("-" in text and "since" in text for rule in rules for text in rule.texts)

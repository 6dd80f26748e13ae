"""Cases against the corpus they run over: what they name there must be there.

A name that nothing bears is never met and never seen: a typing error would be a fault of the
product, or a pass that means nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assist.domain.escalation_rules import Route
from assist.domain.eval_case import NO_ACTION, EvalCase
from assist.domain.knowledge import Passage
from assist.domain.policy import PolicySet
from assist.errors import BadInput
from assist.policies.known_names import ALWAYS
from assist.policies.located import suggestion
from evals.scorers.gold import check_gold


class _Kind(NamedTuple):
    """Where names of one kind stand in `expect`, and which there are."""

    what: str
    keys: tuple[str, ...]
    known: frozenset[str]


def check_names(cases: Sequence[EvalCase], rules: PolicySet, passages: Iterable[Passage]) -> None:
    """Raises `BadInput` with file, line, case and the nearest names for the first that is unknown.

    Gold, documents, categories, actions, facts, clauses and who takes over are looked at.
    """
    every = tuple(passages)
    check_gold(cases, every)
    kinds = _kinds(rules, frozenset(passage.document_id for passage in every))
    for case in cases:
        for kind in kinds:
            for key in kind.keys:
                for name in _named(case, key):
                    _require(case, kind, key, name)


def _kinds(rules: PolicySet, documents: frozenset[str]) -> tuple[_Kind, ...]:
    actions = frozenset({*ALWAYS, *(declared.kind for declared in rules.actions)})
    clauses = frozenset(c.id for policy in rules.policies for c in policy.clauses)
    facts = frozenset({*(fact.path for fact in rules.facts), "customer.id"})
    takers = tuple(_takers(rules))
    return (
        _Kind("document", ("documents", "never_documents"), documents),
        _Kind("category", ("category",), frozenset(c.id for c in rules.categories)),
        _Kind("action", ("verdicts",), actions),
        _Kind("action", ("acceptable", "unacceptable"), actions | {NO_ACTION}),
        _Kind("fact", ("facts",), facts),
        _Kind("clause", ("clauses",), clauses),
        _Kind("team", ("escalation.path.team",), frozenset(taker.team for taker in takers)),
        _Kind("role", ("escalation.path.role",), frozenset(taker.role for taker in takers)),
    )


def _takers(rules: PolicySet) -> Iterator[Route]:
    """Everybody whom `escalation.yaml` lets take over."""
    yield from rules.escalation.languages.values()
    for rule in rules.escalation.rules:
        yield Route(team=rule.team, role=rule.role)
        for route in (rule.on_call, *rule.routes.values()):
            if route is not None:
                yield route
        yield from (r.on_call for r in rule.routes.values() if r.on_call is not None)


def _named(case: EvalCase, key: str) -> Iterator[str]:
    """What stands below a dotted key; nothing where a part of it is left out."""
    found: Any = case.expect
    for name in key.split("."):
        found = getattr(found, name, None)
    if isinstance(found, str):
        yield found
    elif found is not None:
        yield from found


def _require(case: EvalCase, kind: _Kind, key: str, name: str) -> None:
    if name not in kind.known:
        raise BadInput(
            f"expect.{key} of {case.id}: there is no {kind.what} {name!r}",
            where=case.where("expect", *key.split("."), name),
            cure=suggestion(name, tuple(sorted(kind.known))),
        )

"""Cases against the company they are about: names it does not know, sentences it never wrote."""

import difflib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assist.domain.base import Money
from assist.domain.facts import FactDeclaration, FactType
from assist.domain.policy import PolicySet
from assist.errors import BadInput
from assist.policies.known_names import ALWAYS
from assist.policies.located import suggestion
from assist.policies.values import read_value
from evals.decisions.cases import AskedAction
from evals.decisions.company import Company
from evals.decisions.files import Filed
from evals.decisions.situation import SCOPES, scope_fact
from evals.scorers.scorer import fold

_PARAMETERS: dict[FactType, type] = {
    "money": Money,
    "boolean": bool,
    "integer": Decimal,
    "number": Decimal,
}
"""Of which type a parameter is read; all others are text."""


def faults(cases: Sequence[Filed], company: Company) -> Iterator[BadInput]:
    """Everything in the cases that the company cannot be asked about, case by case."""
    for filed in cases:
        yield from _levels(filed, company.policy_set)
        yield from _facts(filed, company.policy_set)
        yield from _scope(filed, company.policy_set)
        yield from _kinds(filed, company.policy_set)
        yield from _parameters(filed, company.policy_set)
        yield from _days(filed)
        yield from _sentences(filed, company)


def _levels(filed: Filed, policy_set: PolicySet) -> Iterator[BadInput]:
    levels = policy_set.authority.levels
    for path, level in (("level", filed.case.level), ("expect/level", filed.case.expect.level)):
        if level is not None and level not in levels:
            yield _unknown(filed, path, "level", level, levels)


def _facts(filed: Filed, policy_set: PolicySet) -> Iterator[BadInput]:
    declared = {fact.path: fact for fact in policy_set.facts}
    for path, value in filed.case.facts.items():
        if path not in declared:
            yield _unknown(filed, f"facts/{path}", "fact", path, tuple(declared))
        elif read_value(declared[path].type, value, declared[path].choices) is None:
            problem = f"{value!r} is no value of the fact {path}"
            yield filed.fault(f"facts/{path}", problem, cure=_wanted(declared[path]))
    for path in filed.case.expect.facts:
        if path not in declared:
            yield _unknown(filed, "expect/facts", "fact", path, tuple(declared))


def _scope(filed: Filed, policy_set: PolicySet) -> Iterator[BadInput]:
    for name in SCOPES:
        fact, given = scope_fact(policy_set, name), getattr(filed.case, name)
        if fact is None or given is None:
            continue
        if read_value(fact.type, given, fact.choices) is None:
            yield filed.fault(name, f"{given!r} is no value of {fact.path}", cure=_wanted(fact))
        if filed.case.facts.get(fact.path, given) != given:
            problem = f"is {given}, and the fact {fact.path} says otherwise"
            yield filed.fault(name, problem, cure="give it once")


def _kinds(filed: Filed, policy_set: PolicySet) -> Iterator[BadInput]:
    kinds = (*ALWAYS, *(declared.kind for declared in policy_set.actions))
    named = [(f"actions/{n}/kind", asked.kind) for n, asked in enumerate(filed.case.actions)]
    if filed.case.granted != "unknown":
        named += [(f"granted/{n}/action", g.action) for n, g in enumerate(filed.case.granted)]
    if filed.case.expect.alternative is not None:
        named.append(("expect/alternative/kind", filed.case.expect.alternative.kind))
    for path, kind in named:
        if kind not in kinds:
            yield _unknown(filed, path, "action", kind, kinds)


def _parameters(filed: Filed, policy_set: PolicySet) -> Iterator[BadInput]:
    declared = {kind.kind: kind.parameters for kind in policy_set.actions}
    for number, asked in enumerate(filed.case.actions):
        types = {name: p.type for name, p in declared.get(asked.kind, {}).items()}
        for name in asked.parameters:
            path = f"actions/{number}/parameters/{name}"
            if asked.kind in declared and name not in types:
                yield _unknown(filed, path, f"parameter of {asked.kind}", name, tuple(types))
            elif name in types and not _typed(asked, name, types[name]):
                problem = f"{asked.parameters[name]!r} is not of type {types[name]}"
                yield filed.fault(path, problem, cure="see the vocabulary of actions.yaml")


def _typed(asked: AskedAction, name: str, kind: FactType) -> bool:
    return isinstance(asked.parameters[name], _PARAMETERS.get(kind, str))


def _days(filed: Filed) -> Iterator[BadInput]:
    if filed.case.granted == "unknown":
        return
    for number, before in enumerate(filed.case.granted):
        if before.day(filed.case.date) > filed.case.date:
            yield filed.fault(f"granted/{number}/at", "is after the case", cure="correct the date")


def _sentences(filed: Filed, company: Company) -> Iterator[BadInput]:
    wanted = filed.case.expect.policy
    if wanted is not None and wanted not in company.prose:
        yield _unknown(filed, "expect/policy", "policy", wanted, tuple(company.prose))
        return
    texts = [text for policy, text in company.prose.items() if wanted in (None, policy)]
    for sentence in filed.case.expect.sentence:
        if not any(fold(sentence) in text for text in texts):
            problem = f"{sentence!r} is not in the prose"
            yield filed.fault("expect/sentence", problem, cure=_nearest(sentence, texts))


def _nearest(sentence: str, texts: Sequence[str]) -> str:
    known = [part + "." for text in texts for part in text.split(". ")]
    near = difflib.get_close_matches(fold(sentence), known, n=1)
    return f"did you mean {near[0]!r}?" if near else "copy it word for word"


def _unknown(filed: Filed, path: str, kind: str, name: str, known: tuple[str, ...]) -> BadInput:
    cure = suggestion(name, known) if known else "remove it"
    return filed.fault(path, f"there is no {kind} {name!r}", cure=cure)


def _wanted(fact: FactDeclaration) -> str:
    return f"one of {', '.join(fact.choices)}" if fact.choices else f"a value of type {fact.type}"

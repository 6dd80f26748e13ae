"""Does each clause hold together? Ids, names, condition, and the fields its effect needs."""

from collections.abc import Sequence

from assist.domain.policy import Clause
from assist.policies.known_names import Names, amounts
from assist.policies.located import Page, Path
from assist.policies.policy_documents import PolicyPage

_NEEDED = {"needs_approval": "level", "require": "facts", "limit": "limit"}
"""The field that an effect cannot do without, and that no other effect may have."""


def check_clauses(policies: Sequence[PolicyPage], names: Names) -> None:
    """Every clause of every policy. Raises `BadKnowledgeBase` at the first fault."""
    seen: dict[str, str] = {}
    for item in policies:
        policy_id, page = item.policy.id, item.page
        if policy_id in seen:
            problem = f"the policy {policy_id!r} also stands in {seen[policy_id]}"
            raise page.fault(("id",), problem, cure="give every policy its own id")
        seen[policy_id] = page.name
    clause_ids: dict[str, str] = {}
    for item in policies:
        for index, clause in enumerate(item.policy.clauses):
            _identity(item.page, ("clauses", index, "id"), clause, clause_ids)
            _clause(item.page, ("clauses", index), clause, names)


def _identity(page: Page, path: Path, clause: Clause, seen: dict[str, str]) -> None:
    if clause.id in seen:
        problem = f"the clause {clause.id!r} also stands in {seen[clause.id]}"
        raise page.fault(path, problem, cure="rename one")
    if not clause.id.startswith(f"{clause.policy_id}."):
        cure = f"call it {clause.policy_id}.{clause.id.rsplit('.', 1)[-1]}"
        raise page.fault(path, f"{clause.id!r} does not start with its policy's id", cure=cure)
    seen[clause.id] = page.name


def _clause(page: Page, at: Path, clause: Clause, names: Names) -> None:
    if not clause.actions:
        raise page.fault((*at, "actions"), "governs no action", cure="name at least one")
    for n, kind in enumerate(clause.actions):
        names.actions.check(page, (*at, "actions", n), kind)
    for n, fact in enumerate(clause.facts):
        names.facts.check(page, (*at, "facts", n), fact)
    for effect, field in _NEEDED.items():
        given = bool(getattr(clause, field))
        if clause.effect == effect and not given:
            raise page.fault(at, f"{effect} needs {field}", cure=f"add {field}")
        if clause.effect != effect and given:
            cure = f"remove {field} or use effect: {effect}"
            raise page.fault((*at, field), f"{clause.effect} has no {field}", cure=cure)
    if clause.level is not None:
        names.levels.check(page, (*at, "level"), clause.level)
    amounts(page, (*at, "limit"), clause.limit)
    names.condition(page, (*at, "when"), clause.when)

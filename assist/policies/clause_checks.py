"""Does each clause hold together? Ids, names, condition, and the fields its effect needs."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from assist.domain.policy import Clause
from assist.errors import BadKnowledgeBase
from assist.policies.known_names import Names, amount_faults
from assist.policies.located import Page, Path
from assist.policies.policy_documents import PolicyPage

_NEEDED = {"needs_approval": "level", "require": "facts", "limit": "limit"}
"""The field that an effect cannot do without, and that no other effect may have."""
_OWN_ID = (
    "give every policy its own id; a new edition has one too and names the old one in supersedes"
)


def clause_faults(policies: Sequence[PolicyPage], names: Names) -> Iterator[BadKnowledgeBase]:
    """Every fault of every clause of every policy, in order."""
    seen: dict[str, str] = {}
    for item in policies:
        policy_id, page = item.policy_id, item.page
        if policy_id in seen:
            problem = f"the policy {policy_id!r} also stands in {seen[policy_id]}"
            yield page.fault(("id",), problem, cure=_OWN_ID)
        seen[policy_id] = _there(page, ("id",))
    clause_ids: dict[str, str] = {}
    for item in policies:
        for clause, at in item.located():
            yield from _identity(item.page, (*at, "id"), clause, clause_ids)
            yield from _names(item.page, at, clause, names)
            yield from _fields(item.page, at, clause)


def _identity(
    page: Page, path: Path, clause: Clause, seen: dict[str, str]
) -> Iterator[BadKnowledgeBase]:
    if clause.id in seen:
        problem = f"the clause {clause.id!r} also stands in {seen[clause.id]}"
        yield page.fault(path, problem, cure="rename one")
    if not clause.id.startswith(f"{clause.policy_id}."):
        cure = f"call it {clause.policy_id}.{clause.id.rsplit('.', 1)[-1]}"
        yield page.fault(path, f"{clause.id!r} does not start with its policy's id", cure=cure)
    seen[clause.id] = _there(page, path)


def _there(page: Page, path: Path) -> str:
    """Where it stands, short: what reads it knows the folder."""
    return f"{PurePath(page.name).name}:{page.line(path)}"


def _names(page: Page, at: Path, clause: Clause, names: Names) -> Iterator[BadKnowledgeBase]:
    if not clause.actions:
        yield page.fault((*at, "actions"), "governs no action", cure="name at least one")
    for n, kind in enumerate(clause.actions):
        yield from names.actions.faults(page, (*at, "actions", n), kind)
    for n, fact in enumerate(clause.facts):
        yield from names.facts.faults(page, (*at, "facts", n), fact)
    if clause.level is not None:
        yield from names.levels.faults(page, (*at, "level"), clause.level)
    yield from amount_faults(page, (*at, "limit"), clause.limit)
    yield from names.condition(page, (*at, "when"), clause.when)


def _fields(page: Page, at: Path, clause: Clause) -> Iterator[BadKnowledgeBase]:
    for effect, field in _NEEDED.items():
        given = bool(getattr(clause, field))
        if clause.effect == effect and not given:
            yield page.fault(at, f"{effect} needs {field}", cure=f"add {field}")
        if clause.effect != effect and given:
            cure = f"remove {field} or use effect: {effect}"
            yield page.fault((*at, field), f"{clause.effect} has no {field}", cure=cure)
    if clause.period_days is not None and clause.effect != "limit":
        cure = "remove period_days or use effect: limit"
        yield page.fault((*at, "period_days"), f"{clause.effect} has no period_days", cure=cure)

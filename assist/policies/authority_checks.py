"""Does authority.yaml hold together? Levels, approvers, and what each grant names and caps."""

from collections.abc import Iterator

from assist.domain.authority import Authority, Cap
from assist.errors import BadKnowledgeBase
from assist.policies.known_names import Names, amount_faults
from assist.policies.located import Page, Path


def authority_faults(authority: Authority, names: Names, page: Page) -> Iterator[BadKnowledgeBase]:
    """Every fault of the levels, the approvers and the grants, in order."""
    levels = authority.levels
    if not levels or len(set(levels)) != len(levels):
        yield page.fault(("levels",), "must be names, each once", cure="list them, lowest first")
    for level in authority.approvers:
        yield from names.levels.faults(page, ("approvers", level), level)
    for index, grant in enumerate(authority.grants):
        at: Path = ("grants", index)
        yield from names.levels.faults(page, (*at, "level"), grant.level)
        yield from names.actions.faults(page, (*at, "action"), grant.action)
        yield from amount_faults(page, (*at, "limit"), grant.limit)
        yield from names.condition(page, (*at, "when"), grant.when)
        if grant.cap is not None:
            yield from _cap(grant.cap, page, (*at, "cap"))


def _cap(cap: Cap, page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    yield from amount_faults(page, (*at, "amount"), cap.amount)
    if not cap.amount and cap.count is None:
        yield page.fault(at, "caps neither an amount nor how often", cure="add amount or count")

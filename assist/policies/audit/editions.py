"""Editions of one policy: do their days meet without a gap and without an overlap?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from assist.domain.knowledge import Document
from assist.domain.policy import Policy
from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Ruling
from assist.policies.located import Page, suggestion


def editions(ruling: Ruling) -> Iterator[Finding]:
    """Editions that overlap or leave days between them, and those that supersede nothing."""
    pages = {item.policy_id: item.page for item in ruling.book.policies}
    policies = {policy.id: policy for policy in ruling.policy_set.policies}
    for policy in policies.values():
        if policy.supersedes:
            yield from _superseding(policy, policies, pages)
    for family in _families(policies):
        yield from _overlaps(ruling, family, pages)


def _superseding(
    policy: Policy, policies: Mapping[str, Policy], pages: Mapping[str, Page]
) -> Iterator[Finding]:
    name, _, version = str(policy.supersedes).partition(" ")
    older, page, at = policies.get(name), pages[policy.id], ("supersedes",)
    if older is None:
        message = f"{policy.id} supersedes {name}, and there is no such policy"
        cure = suggestion(name, tuple(policies))
        yield found("supersedes-nothing", page, at, message, cure=cure)
    elif version and version != older.version:
        message = f"{policy.id} supersedes version {version} of {name}, which has {older.version}"
        yield found("supersedes-nothing", page, at, message, cure=f"write {name} {older.version}")
    elif older.expires is not None and older.expires < policy.effective:
        message = (
            f"from {older.expires} until {policy.effective} neither {name} nor {policy.id} holds"
        )
        cure = f"let {name} expire on {policy.effective}, or begin earlier"
        yield found("editions-gap", page, ("effective",), message, cure=cure)


def _families(policies: Mapping[str, Policy]) -> list[list[Policy]]:
    """Policies that are editions of one another, by who supersedes whom."""
    families = {name: [policy] for name, policy in policies.items()}
    for policy in policies.values():
        older = str(policy.supersedes or "").partition(" ")[0]
        if older in policies and families[older] is not families[policy.id]:
            families[older] += families[policy.id]
            for member in families[policy.id]:
                families[member.id] = families[older]
    once = {id(family): family for family in families.values() if len(family) > 1}
    return list(once.values())


def _overlaps(
    ruling: Ruling, family: Sequence[Policy], pages: Mapping[str, Page]
) -> Iterator[Finding]:
    for one, other in combinations(family, 2):
        days = [
            era.first
            for era in ruling.eras
            if {one.id, other.id} <= {rule.policy.id for rule in era.rules}
        ]
        if days:
            later = max(one, other, key=lambda policy: (policy.effective, policy.id))
            earlier = other if later is one else one
            message = f"{earlier.id} and {later.id} both hold on {days[0]}"
            cure = f"let {earlier.id} expire on {later.effective}"
            yield found("editions-overlap", pages[later.id], ("effective",), message, cure=cure)


def overdue(documents: Sequence[Document], on: date) -> Iterator[Finding]:
    """Policies whose day of review has passed on that day."""
    for document in documents:
        due = _day(document.front_matter.get("review_due"))
        over = document.expires is not None and document.expires <= on
        if document.kind == "policy" and due is not None and due < on and not over:
            page = Page(
                name=document.source or document.id, data={}, lines=document.front_matter_lines
            )
            message = f"{document.id} was due for review on {due}"
            cure = "review it, and set the next day"
            yield found("review-due", page, ("review_due",), message, cure=cure)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None

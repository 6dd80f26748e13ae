"""Names that fit, and yet leave something out: facts that cannot be asked, keys nobody reads."""

from collections.abc import Iterator

from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Ruling
from assist.policies.caps import CUSTOMER
from assist.policies.located import Page, Path, suggestion
from assist.policies.rule_files import RECORDS

_RECORDS_KEYS = ("currency", "customers")
_FACTS, _ACTIONS, _AUTHORITY = "facts.yaml", "actions.yaml", "authority.yaml"
_CATEGORIES = "categories.yaml"


def undeclared(ruling: Ruling) -> Iterator[Finding]:
    """Every such name, in the files that the company brought itself."""
    brought = ruling.book.files.brought
    if page := brought.get(RECORDS):
        yield from _keys(page)
    if page := brought.get(_FACTS):
        yield from _questions(ruling, page)
    if page := brought.get(_ACTIONS):
        yield from _categories(ruling, page)
    yield from _customers(ruling, brought.get(_AUTHORITY))


def _keys(page: Page) -> Iterator[Finding]:
    for key in page.data:
        if key not in _RECORDS_KEYS:
            cure = suggestion(key, _RECORDS_KEYS)
            yield found("unknown-key", page, (key,), f"unknown key {key!r}", cure=cure)


def _questions(ruling: Ruling, page: Page) -> Iterator[Finding]:
    for index, fact in enumerate(ruling.policy_set.facts):
        known = fact.question.strip() or fact.counts or fact.signal
        if fact.source == "customer" and not known:
            message = f"only the customer knows {fact.path}, and it has no question"
            cure = "add question, or say in source where else it is known"
            yield found("no-question", page, ("facts", index), message, cure=cure)


def _categories(ruling: Ruling, page: Page) -> Iterator[Finding]:
    """Of a company without categories of its own; names from its own file are checked as form."""
    if _CATEGORIES not in ruling.book.files.defaults:
        return
    known = tuple(category.id for category in ruling.policy_set.categories)
    for index, action in enumerate(ruling.policy_set.actions):
        for n, name in enumerate(action.categories):
            if name not in known:
                message = f"{action.kind} is for the category {name!r}, and no file declares it"
                cure = f"{suggestion(name, known)} Else declare it in {_CATEGORIES}"
                at = ("actions", index, "categories", n)
                yield found("unknown-category", page, at, message, cure=cure)


def _customers(ruling: Ruling, page: Page | None) -> Iterator[Finding]:
    if any(fact.path == CUSTOMER for fact in ruling.policy_set.facts):
        return
    capped: list[tuple[Page, Path, str]] = [
        (page, ("grants", index, "cap"), f"the grant of {grant.action} to {grant.level}")
        for index, grant in enumerate(ruling.policy_set.authority.grants)
        if page and grant.cap
    ]
    capped += [
        (rule.page, (*rule.at, "period_days"), rule.clause.id)
        for rule in ruling.rules
        if rule.clause.period_days is not None
    ]
    for where, at, what in capped[:1]:
        message = f"{what} is counted for each customer, and no fact {CUSTOMER} is declared"
        cure = f"declare {CUSTOMER} in {_FACTS}, so that it can be asked for"
        yield found("no-customer", where, at, message, cure=cure)

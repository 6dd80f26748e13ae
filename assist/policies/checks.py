"""Do the YAML files fit together? Names declared, ids unique, conditions that compile.

Every fault is found, in the order of the files. A packaged default is checked by its own tests
and not against the company's files: a company may bring only some of them. Of a file that could
not be read nothing is checked, and no name is said to be missing from it.
"""

from collections.abc import Iterator

from assist.errors import BadKnowledgeBase
from assist.policies.action_checks import action_faults
from assist.policies.authority_checks import authority_faults
from assist.policies.escalation_checks import escalation_faults
from assist.policies.known_names import ALWAYS, Declared, Names, repeated
from assist.policies.located import Page
from assist.policies.rule_files import RuleFiles
from assist.policies.sla_checks import sla_faults


def names_of(rules: RuleFiles) -> Names:
    """What the files declare, for the checks of whatever uses it."""
    kinds = tuple(action.kind for action in rules.actions.actions)

    def declared(kind: str, names: tuple[str, ...], file: str) -> Declared:
        return Declared(kind, names, file, readable=file not in rules.broken)

    return Names(
        declarations=rules.facts.facts,
        facts=declared("fact", tuple(fact.path for fact in rules.facts.facts), "facts.yaml"),
        actions=declared("action", (*kinds, *ALWAYS), "actions.yaml"),
        categories=Declared(
            "category",
            tuple(category.id for category in rules.categories.categories),
            "categories.yaml",
            readable="categories.yaml" in rules.brought,
        ),
        levels=declared("level", rules.authority.levels, "authority.yaml"),
    )


def rule_faults(rules: RuleFiles, names: Names) -> Iterator[BadKnowledgeBase]:
    """Every fault of the files that the company brought."""
    brought = rules.brought
    if page := brought.get("facts.yaml"):
        yield from _facts(names, page)
    if page := brought.get("categories.yaml"):
        yield from _categories(rules, names, page)
    if page := brought.get("actions.yaml"):
        yield from action_faults(rules.actions.actions, names, page)
    if page := brought.get("authority.yaml"):
        yield from authority_faults(rules.authority, names, page)
    if page := brought.get("sla.yaml"):
        yield from sla_faults(rules.sla, page)
        yield from _signals(rules, names, page)
    if page := brought.get("escalation.yaml"):
        signals = [signal.name for signal in rules.sla.signals]
        if "sla.yaml" in rules.broken:
            signals += [name for rule in rules.escalation.rules for name in rule.routes]
            signals += [n for r in rules.escalation.rules for p in r.paired for n in p.signals]
        yield from escalation_faults(rules.escalation, page, signals)
    if page := brought.get("ticket_template.yaml"):
        yield from _template(rules, names, page)


def _facts(names: Names, page: Page) -> Iterator[BadKnowledgeBase]:
    yield from repeated(page, "facts", "path", names.facts.names)
    for index, fact in enumerate(names.declarations):
        at = ("facts", index)
        if fact.type == "choice" and not fact.choices:
            yield page.fault(at, f"{fact.path} has no choices", cure="list them under choices")
        if fact.type != "choice" and fact.choices:
            yield page.fault(at, f"{fact.path} is {fact.type} and has choices", cure="type: choice")
        if fact.counts is not None:
            yield from names.actions.faults(page, (*at, "counts", "action"), fact.counts.action)
            if fact.type != "integer":
                problem = f"{fact.path} counts and is {fact.type}"
                yield page.fault((*at, "counts"), problem, cure="type: integer")
        parts = fact.path.split(".")
        if not all(part.isidentifier() for part in parts):
            yield page.fault(
                (*at, "path"),
                f"{fact.path!r} is not a path",
                cure="use letters, digits and underscores, parted by dots",
            )


def _categories(rules: RuleFiles, names: Names, page: Page) -> Iterator[BadKnowledgeBase]:
    yield from repeated(page, "categories", "id", names.categories.names)
    for index, category in enumerate(rules.categories.categories):
        for n, path in enumerate(category.facts):
            yield from names.facts.faults(page, ("categories", index, "facts", n), path)


def _signals(rules: RuleFiles, names: Names, page: Page) -> Iterator[BadKnowledgeBase]:
    for index, signal in enumerate(rules.sla.signals):
        if signal.category is not None:
            at = ("signals", index, "category")
            yield from names.categories.faults(page, at, signal.category)


def _template(rules: RuleFiles, names: Names, page: Page) -> Iterator[BadKnowledgeBase]:
    yield from repeated(page, "items", "id", [item.id for item in rules.template.items])
    for index, item in enumerate(rules.template.items):
        for n, path in enumerate(item.facts):
            yield from names.facts.faults(page, ("items", index, "facts", n), path)
        for n, category in enumerate(item.categories):
            yield from names.categories.faults(page, ("items", index, "categories", n), category)

"""Do the YAML files fit together? Names declared, ids unique, conditions that compile.

Each check raises `BadKnowledgeBase` at the line of the first fault. A packaged default is checked
by its own tests and not against the company's files: a company may bring only some of them.
"""

from typing import get_args

from assist.domain.escalation import TriggerCode
from assist.domain.policy import ActionType
from assist.policies.known_names import ALWAYS, Declared, Names, amounts, unique
from assist.policies.located import Page
from assist.policies.rule_files import RuleFiles
from assist.policies.sla import MAX_HOURS
from assist.policies.sla_checks import check_sla
from assist.policies.values import read_value

_CODES = Declared("code", get_args(TriggerCode), "the escalation codes")


def names_of(rules: RuleFiles) -> Names:
    """What the files declare, for the checks of whatever uses it."""
    kinds = tuple(action.kind for action in rules.actions.actions)
    ids = tuple(category.id for category in rules.categories.categories)
    paths = tuple(fact.path for fact in rules.facts.facts)
    return Names(
        declarations=rules.facts.facts,
        facts=Declared("fact", paths, "facts.yaml"),
        actions=Declared("action", (*kinds, *ALWAYS), "actions.yaml"),
        categories=Declared("category", ids, "categories.yaml"),
        levels=Declared("level", rules.authority.levels, "authority.yaml"),
    )


def check_rule_files(rules: RuleFiles, names: Names) -> None:
    """Every file the company brought. Raises `BadKnowledgeBase`."""
    brought = {name: page for name, page in rules.pages.items() if name not in rules.defaults}
    if page := brought.get("facts.yaml"):
        _facts(names, page)
    if page := brought.get("categories.yaml"):
        _categories(rules, names, page)
    if page := brought.get("actions.yaml"):
        _actions(rules, names, page)
    if page := brought.get("authority.yaml"):
        _authority(rules, names, page)
    if page := brought.get("sla.yaml"):
        check_sla(rules.sla, page)
        _signals(rules, names, page)
    if page := brought.get("escalation.yaml"):
        _escalation(rules, page)
    if page := brought.get("ticket_template.yaml"):
        _template(rules, names, page)


def _facts(names: Names, page: Page) -> None:
    unique(page, "facts", "path", names.facts.names)
    for index, fact in enumerate(names.declarations):
        at = ("facts", index)
        if fact.type == "choice" and not fact.choices:
            raise page.fault(at, f"{fact.path} has no choices", cure="list them under choices")
        if fact.type != "choice" and fact.choices:
            raise page.fault(at, f"{fact.path} is {fact.type} and has choices", cure="type: choice")
        parts = fact.path.split(".")
        if not all(part.isidentifier() for part in parts):
            raise page.fault(
                (*at, "path"),
                f"{fact.path!r} is not a path",
                cure="use letters, digits and underscores, parted by dots",
            )


def _categories(rules: RuleFiles, names: Names, page: Page) -> None:
    unique(page, "categories", "id", names.categories.names)
    for index, category in enumerate(rules.categories.categories):
        for n, path in enumerate(category.facts):
            names.facts.check(page, ("categories", index, "facts", n), path)


def _signals(rules: RuleFiles, names: Names, page: Page) -> None:
    for index, signal in enumerate(rules.sla.signals):
        if signal.category is not None:
            names.categories.check(page, ("signals", index, "category"), signal.category)


def _actions(rules: RuleFiles, names: Names, page: Page) -> None:
    unique(page, "actions", "kind", [action.kind for action in rules.actions.actions])
    for index, action in enumerate(rules.actions.actions):
        at = ("actions", index)
        for n, category in enumerate(action.categories):
            if "categories.yaml" not in rules.defaults:
                names.categories.check(page, (*at, "categories", n), category)
        names.condition(page, (*at, "when"), action.when)
        amounts(page, (*at, "cost"), action.cost)
        _parameters(names, page, index, action)


def _parameters(names: Names, page: Page, index: int, action: ActionType) -> None:
    for name, parameter in action.parameters.items():
        at = ("actions", index, "parameters", name)
        if parameter.default_fact is not None:
            names.facts.check(page, (*at, "default_fact"), parameter.default_fact)
        if parameter.default is not None and read_value(parameter.type, parameter.default) is None:
            problem = f"{parameter.default!r} is no {parameter.type}"
            raise page.fault((*at, "default"), problem, cure="correct the default")
    cost = action.cost_parameter
    if cost is not None and (
        cost not in action.parameters or action.parameters[cost].type != "money"
    ):
        problem = f"{cost!r} is no parameter of type money"
        raise page.fault(("actions", index, "cost_parameter"), problem, cure="name one that is")


def _authority(rules: RuleFiles, names: Names, page: Page) -> None:
    levels = names.levels.names
    if not levels or len(set(levels)) != len(levels):
        raise page.fault(("levels",), "must be names, each once", cure="list them, lowest first")
    for level in rules.authority.approvers:
        names.levels.check(page, ("approvers", level), level)
    for index, grant in enumerate(rules.authority.grants):
        names.levels.check(page, ("grants", index, "level"), grant.level)
        names.actions.check(page, ("grants", index, "action"), grant.action)
        amounts(page, ("grants", index, "limit"), grant.limit)


def _escalation(rules: RuleFiles, page: Page) -> None:
    unique(page, "rules", "code", [rule.code for rule in rules.escalation.rules])
    for index, rule in enumerate(rules.escalation.rules):
        at = ("rules", index)
        _CODES.check(page, (*at, "code"), rule.code)
        if not 0 < rule.within_hours <= MAX_HOURS:
            problem = f"{rule.within_hours} is no time"
            raise page.fault((*at, "within_hours"), problem, cure="give business hours above 0")


def _template(rules: RuleFiles, names: Names, page: Page) -> None:
    unique(page, "items", "id", [item.id for item in rules.template.items])
    for index, item in enumerate(rules.template.items):
        for n, path in enumerate(item.facts):
            names.facts.check(page, ("items", index, "facts", n), path)
        for n, category in enumerate(item.categories):
            if "categories.yaml" not in rules.defaults:
                names.categories.check(page, ("items", index, "categories", n), category)

"""Does actions.yaml hold together? Names, amounts, defaults, what a promise leaves open."""

from collections.abc import Iterator, Sequence
from string import Formatter

from assist.domain.actions import ActionType
from assist.errors import BadKnowledgeBase
from assist.policies.known_names import Names, amount_faults, repeated
from assist.policies.located import Page, Path, suggestion
from assist.policies.values import read_value


def action_faults(
    actions: Sequence[ActionType], names: Names, page: Page
) -> Iterator[BadKnowledgeBase]:
    """Every fault of the actions, in order."""
    yield from repeated(page, "actions", "kind", [action.kind for action in actions])
    for index, action in enumerate(actions):
        at: Path = ("actions", index)
        for n, category in enumerate(action.categories):
            yield from names.categories.faults(page, (*at, "categories", n), category)
        yield from names.condition(page, (*at, "when"), action.when)
        yield from amount_faults(page, (*at, "cost"), action.cost)
        yield from _parameters(action, names, page, at)
        yield from _cost_parameter(action, page, at)
        yield from _alternatives(action, names, page, at)
        yield from _promise(action, page, at)


def _parameters(
    action: ActionType, names: Names, page: Page, at: Path
) -> Iterator[BadKnowledgeBase]:
    for name, parameter in action.parameters.items():
        where = (*at, "parameters", name)
        if parameter.default_fact is not None:
            yield from names.facts.faults(page, (*where, "default_fact"), parameter.default_fact)
        if parameter.default is not None and read_value(parameter.type, parameter.default) is None:
            problem = f"{parameter.default!r} is no {parameter.type}"
            yield page.fault((*where, "default"), problem, cure="correct the default")


def _cost_parameter(action: ActionType, page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    cost = action.cost_parameter
    declared = action.parameters.get(cost) if cost is not None else None
    if cost is not None and (declared is None or declared.type != "money"):
        problem = f"{cost!r} is no parameter of type money"
        yield page.fault((*at, "cost_parameter"), problem, cure="name one that is")


def _alternatives(
    action: ActionType, names: Names, page: Page, at: Path
) -> Iterator[BadKnowledgeBase]:
    for n, kind in enumerate(action.alternatives):
        where = (*at, "alternatives", n)
        yield from names.actions.faults(page, where, kind)
        if kind == action.kind:
            problem = f"{kind} is offered instead of itself"
            yield page.fault(where, problem, cure="name another action")
        elif kind in action.alternatives[:n]:
            yield page.fault(where, f"{kind} is offered twice", cure="remove one")


def _promise(action: ActionType, page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    known = tuple(action.parameters)
    where = (*at, "promise")
    try:
        parts = list(Formatter().parse(action.promise))
    except ValueError:
        cure = "write {name} with the name of a parameter"
        yield page.fault(where, "a brace has no partner", cure=cure)
        return
    for _, name, form, conversion in parts:
        if name is not None and (form or conversion or name not in known):
            problem = f"{{{name}}} is no parameter of {action.kind}"
            if name in known:
                problem = f"{{{name}}} is written with a form"
            cure = suggestion(name, known) if known else "write the sentence without it"
            yield page.fault(where, problem, cure=cure)

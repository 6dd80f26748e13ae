"""The names that rules may use: facts, actions, categories, levels; and how a wrong one is met."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assist.domain.base import Money
from assist.domain.facts import FactDeclaration
from assist.errors import BadKnowledgeBase
from assist.policies.conditions import compile_condition
from assist.policies.located import Page, Path, suggestion

ALWAYS = ("inform", "ask", "escalate")
"""Actions that exist in every company and that everybody may take."""


@dataclass(frozen=True)
class Declared:
    """The names of one kind, and where they are declared.

    `readable` false: that file is broken, so no name can be said to be missing from it.
    """

    kind: str
    names: tuple[str, ...]
    where: str
    readable: bool = True

    def faults(self, page: Page, path: Path, name: str) -> Iterator[BadKnowledgeBase]:
        """The fault where `name` is none of them."""
        if self.readable and name not in self.names:
            cure = suggestion(name, self.names) if self.names else f"declare it in {self.where}"
            problem = f"the {self.kind} {name!r} is not declared in {self.where}"
            yield page.fault(path, problem, cure=cure)


@dataclass(frozen=True)
class Names:
    """Everything declared."""

    declarations: tuple[FactDeclaration, ...]
    facts: Declared
    actions: Declared
    categories: Declared
    levels: Declared

    def condition(self, page: Page, path: Path, text: str) -> Iterator[BadKnowledgeBase]:
        """The fault where the condition does not compile."""
        if not self.facts.readable:
            return
        try:
            compile_condition(text, self.declarations)
        except BadKnowledgeBase as error:
            yield page.fault(path, error.problem, cure=error.cure)


def repeated(page: Page, listed: str, key: str, names: Sequence[str]) -> Iterator[BadKnowledgeBase]:
    """A fault at every entry of `listed` whose `key` an earlier one has."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            problem = f"the {key} {name!r} is given twice"
            yield page.fault((listed, index, key), problem, cure="rename or remove one")
        seen.add(name)


def amount_faults(page: Page, path: Path, limit: Iterable[Money]) -> Iterator[BadKnowledgeBase]:
    """A fault for every negative amount and for every currency given twice."""
    seen: set[str] = set()
    for index, money in enumerate(limit):
        if money.amount < 0:
            yield page.fault(
                (*path, index), f"{money} is negative", cure="give it as a positive amount"
            )
        if money.currency in seen:
            yield page.fault((*path, index), f"{money.currency} is given twice", cure="remove one")
        seen.add(money.currency)

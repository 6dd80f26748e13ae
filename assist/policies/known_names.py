"""The names that rules may use: facts, actions, categories, levels; and how a wrong one is met."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assist.domain.base import Money
from assist.domain.policy import FactDeclaration
from assist.errors import BadKnowledgeBase
from assist.policies.conditions import compile_condition
from assist.policies.located import Page, Path, suggestion

ALWAYS = ("inform", "ask", "escalate")
"""Actions that exist in every company and that everybody may take."""


@dataclass(frozen=True)
class Declared:
    """The names of one kind, and where they are declared."""

    kind: str
    names: tuple[str, ...]
    where: str

    def check(self, page: Page, path: Path, name: str) -> None:
        """Raises `BadKnowledgeBase` where `name` is none of them."""
        if name not in self.names:
            cure = suggestion(name, self.names) if self.names else f"declare it in {self.where}"
            problem = f"the {self.kind} {name!r} is not declared in {self.where}"
            raise page.fault(path, problem, cure=cure)


@dataclass(frozen=True)
class Names:
    """Everything declared."""

    declarations: tuple[FactDeclaration, ...]
    facts: Declared
    actions: Declared
    categories: Declared
    levels: Declared

    def condition(self, page: Page, path: Path, text: str) -> None:
        """Raises `BadKnowledgeBase` where the condition does not compile."""
        try:
            compile_condition(text, self.declarations)
        except BadKnowledgeBase as error:
            raise page.fault(path, error.problem, cure=error.cure) from error


def unique(page: Page, listed: str, key: str, names: Sequence[str]) -> None:
    """Raises `BadKnowledgeBase` at the second of two entries of `listed` with the same `key`."""
    counts = Counter(names)
    for index, name in enumerate(names):
        if counts[name] > 1 and name in names[:index]:
            problem = f"the {key} {name!r} is given twice"
            raise page.fault((listed, index, key), problem, cure="rename or remove one")


def amounts(page: Page, path: Path, limit: Iterable[Money]) -> None:
    """Raises `BadKnowledgeBase` for a negative amount or a currency given twice."""
    seen: set[str] = set()
    for index, money in enumerate(limit):
        if money.amount < 0:
            raise page.fault(
                (*path, index), f"{money} is negative", cure="give it as a positive amount"
            )
        if money.currency in seen:
            raise page.fault((*path, index), f"{money.currency} is given twice", cure="remove one")
        seen.add(money.currency)

"""The company's YAML files: their names, what each is read into, and the packaged defaults."""

from collections.abc import Mapping
from importlib import resources

from pydantic import Field

from assist.domain.base import Currency, Model
from assist.domain.completeness import TicketTemplate
from assist.domain.policy import (
    ActionType,
    Authority,
    Category,
    EscalationRules,
    FactDeclaration,
    Sla,
)
from assist.policies.located import Page, load_page

DEFAULTED = (
    "facts.yaml",
    "categories.yaml",
    "actions.yaml",
    "authority.yaml",
    "sla.yaml",
    "escalation.yaml",
    "ticket_template.yaml",
)
"""Files for which a packaged default stands in where the knowledge base has none."""
RECORDS = "records.yaml"
"""Sample customers; of it the rules need only which currency a region pays in."""


class FactsFile(Model):
    """What facts.yaml holds."""

    facts: tuple[FactDeclaration, ...] = ()


class CategoriesFile(Model):
    """What categories.yaml holds."""

    categories: tuple[Category, ...] = ()


class ActionsFile(Model):
    """What actions.yaml holds."""

    actions: tuple[ActionType, ...] = ()


class CurrencyMap(Model):
    """The part of records.yaml that is a rule."""

    currency: dict[str, Currency] = Field(default_factory=dict)


class RuleFiles(Model):
    """Everything the YAML files say, with the pages it was read from, by file name."""

    facts: FactsFile
    categories: CategoriesFile
    actions: ActionsFile
    authority: Authority
    sla: Sla
    escalation: EscalationRules
    template: TicketTemplate
    currency: dict[str, Currency]
    pages: dict[str, Page]
    defaults: tuple[str, ...]


def read_rule_files(files: Mapping[str, str]) -> RuleFiles:
    """The files by name, as typed values. Raises `BadKnowledgeBase` at the first fault."""
    missing = tuple(name for name in DEFAULTED if name not in files)
    pages = {name: load_page(name, files[name]) for name in DEFAULTED if name in files}
    pages |= {name: load_page(name, _packaged(name)) for name in missing}
    records = load_page(RECORDS, files.get(RECORDS, ""))
    currency = {key: value for key, value in records.data.items() if key == "currency"}
    return RuleFiles(
        facts=pages["facts.yaml"].read(FactsFile),
        categories=pages["categories.yaml"].read(CategoriesFile),
        actions=pages["actions.yaml"].read(ActionsFile),
        authority=pages["authority.yaml"].read(Authority),
        sla=pages["sla.yaml"].read(Sla),
        escalation=pages["escalation.yaml"].read(EscalationRules),
        template=pages["ticket_template.yaml"].read(TicketTemplate),
        currency=records.model_copy(update={"data": currency}).read(CurrencyMap).currency,
        pages=pages,
        defaults=missing,
    )


def _packaged(name: str) -> str:
    return resources.files("assist.defaults").joinpath(name).read_text(encoding="utf-8")

"""The company's YAML files: their names, what each is read into, and the packaged defaults."""

import functools
from collections.abc import Mapping
from importlib import resources

from pydantic import BaseModel, Field, ValidationError

from assist.domain.actions import ActionType
from assist.domain.authority import Authority
from assist.domain.base import Currency, Model
from assist.domain.categories import Category
from assist.domain.completeness import TicketTemplate
from assist.domain.escalation_rules import EscalationRules
from assist.domain.facts import FactDeclaration
from assist.domain.sla import Sla
from assist.domain.tone import ToneFile
from assist.errors import BadKnowledgeBase
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
    tone: ToneFile
    currency: dict[str, Currency]
    pages: dict[str, Page]
    defaults: tuple[str, ...]
    broken: tuple[str, ...] = ()
    """Files that could not be read; what the packaged default says stands in for them."""

    @property
    def brought(self) -> dict[str, Page]:
        """The pages of what the company brought and what could be read."""
        absent = (*self.defaults, *self.broken)
        return {name: page for name, page in self.pages.items() if name not in absent}


TONE = "tone.yaml"
"""Plain where it is not there: nothing is judged by it, so nothing need be said of that."""
_FIELDS = {name: name.removesuffix(".yaml") for name in (*DEFAULTED, TONE)} | {
    "ticket_template.yaml": "template"
}
_MODELS: Mapping[str, type[BaseModel]] = {
    "facts.yaml": FactsFile,
    "categories.yaml": CategoriesFile,
    "actions.yaml": ActionsFile,
    "authority.yaml": Authority,
    "sla.yaml": Sla,
    "escalation.yaml": EscalationRules,
    "ticket_template.yaml": TicketTemplate,
    TONE: ToneFile,
}


def read_rule_files(files: Mapping[str, str]) -> tuple[RuleFiles, list[BadKnowledgeBase]]:
    """The files by name, as typed values, and every fault that keeps one from being read."""
    faults: list[BadKnowledgeBase] = []
    pages: dict[str, Page] = {}
    values: dict[str, BaseModel] = {}
    broken: list[str] = []
    for name, model in _MODELS.items():
        before = len(faults)
        read = _read(name, files[name], model, faults) if name in files else None
        if len(faults) > before:
            broken.append(name)
        pages[name], values[name] = read or _packaged(name)
    rules = RuleFiles.model_validate(
        {
            **{_FIELDS[name]: value for name, value in values.items()},
            "currency": _currency(files.get(RECORDS, ""), pages, faults),
            "pages": pages,
            "defaults": tuple(name for name in DEFAULTED if name not in files),
            "broken": tuple(broken),
        }
    )
    return rules, faults


def _read(
    name: str, text: str, model: type[BaseModel], faults: list[BadKnowledgeBase]
) -> tuple[Page, BaseModel] | None:
    """The page and its value; none where the file is broken, with the faults noted."""
    try:
        page = load_page(name, text)
    except BadKnowledgeBase as error:
        faults.append(error)
        return None
    try:
        return page, model.model_validate(page.data)
    except ValidationError as error:
        faults.extend(page.misfits(error, ()))
        return None


def _currency(text: str, pages: dict[str, Page], faults: list[BadKnowledgeBase]) -> dict[str, str]:
    """Which currency a region pays in; the samples beside it are none of our business."""
    try:
        page = pages[RECORDS] = load_page(RECORDS, text)
        only = {key: value for key, value in page.data.items() if key == "currency"}
        return page.model_copy(update={"data": only}).read(CurrencyMap).currency
    except BadKnowledgeBase as error:
        faults.append(error)
        return {}


@functools.cache
def _packaged(name: str) -> tuple[Page, BaseModel]:
    """The packaged default of that file; it never changes while the process runs."""
    text = resources.files("assist.defaults").joinpath(name).read_text(encoding="utf-8")
    page = load_page(name, text)
    return page, page.read(_MODELS[name])

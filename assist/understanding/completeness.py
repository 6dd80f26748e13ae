"""An issue -> what of a clear, detailed ticket it tells, and what is to be asked for."""

import re
from collections.abc import Callable, Sequence

from assist.domain.completeness import CheckedItem, Completeness, TemplateItem, TicketTemplate
from assist.domain.issue import Issue
from assist.understanding.points import said

_WHEN = re.compile(
    r"\b(?:since|until|ago|yesterday|today|tonight|this (?:morning|afternoon|evening|week|month)|"
    r"last (?:night|week|month|year|\w+day)|for (?:the (?:last|past) )?(?:\d+|a|an|one|two|three|"
    r"four|five|six|several|a few|some) (?:minutes?|hours?|days?|weeks?|months?|years?)|"
    r"on (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?|\w+day)|"
    r"(?:after|when|once) (?:the|an?|i|we|my) \w+|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w* \d{1,2}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
"""A time at which something began or happened."""
_SHOWN = 120
"""Characters of evidence: enough to recognize the place."""


def completeness(issue: Issue, template: TicketTemplate) -> Completeness:
    """The items that matter for the issue's category, each there or not; all of none is all."""
    items = [i for i in template.items if not i.categories or issue.category in i.categories]
    checked = tuple(_checked(item, issue) for item in items)
    known = sum(item.known for item in checked)
    return Completeness(share=known / len(checked) if checked else 1.0, items=checked)


def _checked(item: TemplateItem, issue: Issue) -> CheckedItem:
    way = next(name for name in WAYS if getattr(item, name))
    evidence = WAYS[way](item, issue)
    return CheckedItem(
        id=item.id,
        label=item.label,
        known=bool(evidence),
        evidence=evidence[:_SHOWN],
        question="" if evidence else item.question,
    )


def _worded(item: TemplateItem, issue: Issue) -> str:
    told = " ".join(s.text for s in said(issue.text) if s.role in ("problem", "question"))
    told = told or issue.text
    return told if len(told.split()) >= (item.words or 0) else ""


def _known(item: TemplateItem, issue: Issue) -> str:
    found = [fact for fact in issue.facts if fact.path in item.facts]
    return "; ".join(fact.span or f"{fact.path}: {fact.value}" for fact in found)


def _tried(_: TemplateItem, issue: Issue) -> str:
    return next(iter(issue.tried), "")


def _started(_: TemplateItem, issue: Issue) -> str:
    match = _WHEN.search(issue.text)
    return match.group() if match else ""


def _wanted(_: TemplateItem, issue: Issue) -> str:
    return _first_of(issue.text, ("request", "question"))


def _first_of(text: str, roles: Sequence[str]) -> str:
    return next((s.text for role in roles for s in said(text) if s.role == role), "")


WAYS: dict[str, Callable[[TemplateItem, Issue], str]] = {
    "words": _worded,
    "facts": _known,
    "tried": _tried,
    "when_started": _started,
    "wanted": _wanted,
}
"""How each way looks for its evidence: the ticket's words, or nothing."""

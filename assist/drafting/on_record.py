"""Facts on record -> what a customer is told of them: "last scan: Monday 9 November 2026"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from assist.domain.facts import FactDeclaration, FactType
from assist.domain.issue import Fact
from assist.drafting.dates import day_in_words

MOST = 4
"""Facts that are told: what a matter turns on, and no extract of the account."""
_STANDING: tuple[FactType, ...] = ("choice", "integer", "number")
"""Types that tell how something stands; of these the matter's own family is told too."""


def facts_on_record(
    facts: Sequence[Fact], wanted: Sequence[str], declared: Mapping[str, FactDeclaration]
) -> tuple[Fact, ...]:
    """The facts the matter calls for (`wanted` paths, in order), then how its family stands.

    Never what only agents may know, what the customer said themselves, nor facts about the person.
    """
    known = {f.path: f for f in facts if not f.span and _may_be_told(f, declared.get(f.path))}
    own = [known[path] for path in wanted if path in known]
    families = Counter(path.split(".")[0] for path in wanted)
    family = families.most_common(1)[0][0] if families else ""
    standing = [
        fact
        for path, fact in known.items()
        if path.split(".")[0] == family and fact not in own and declared[path].type in _STANDING
    ]
    standing.sort(key=lambda fact: declared[fact.path].type == "choice")  # "7 days late" says more
    return tuple((*own, *standing)[:MOST])


def record_lines(
    facts: Sequence[Fact],
    declared: Mapping[str, FactDeclaration],
    time_zone: str,
    words: Mapping[str, str],
) -> tuple[str, ...]:
    """A line per fact, by its label: dates in words, sums with their currency, units named."""
    return tuple(
        f"{declared[f.path].label}: {_shown(f.value, declared[f.path], time_zone, words)}"
        for f in facts
    )


def _may_be_told(fact: Fact, declaration: FactDeclaration | None) -> bool:
    if declaration is None or declaration.source == "agent" or not declaration.label:
        return False
    if declaration.type == "boolean" or fact.path.startswith("customer."):
        return False
    return fact.value not in (None, 0, "", "none")


def _day(value: str) -> date | None:
    """The day that a record gives; none where another system wrote it as no calendar does."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _shown(
    value: object, declaration: FactDeclaration, time_zone: str, words: Mapping[str, str]
) -> str:
    if declaration.type == "date" and (day := _day(str(value))) is not None:
        return day_in_words(datetime.combine(day, time(12), ZoneInfo(time_zone)), time_zone, words)
    if isinstance(value, dict):
        return f"{value.get('amount')} {value.get('currency')}"
    told = str(value).replace("_", " ") if declaration.type == "choice" else str(value)
    return f"{told} {declaration.unit}" if declaration.unit else told

"""Does a clause say what its sentence says? The figures in both, and the regions.

A sentence is read for numbers and names only: what cannot be told from these is not judged.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from assist.domain.facts import FactDeclaration
from assist.policies.audit.compared import Read, compared_in
from assist.policies.audit.figures import CENT, amounts_in, spans_in, spoken_of, together
from assist.policies.audit.findings import Finding, found
from assist.policies.audit.numbers import unsaid
from assist.policies.audit.ruling import Rule, Ruling

_LEAST = 2
"""Counts below this are said without a number: "no earlier credit", "again"."""


def mismatches(ruling: Ruling) -> Iterator[Finding]:
    """A finding for each clause whose sentence names other amounts, days or regions."""
    regions = ruling.choices("region")
    for rule in ruling.rules:
        yield from _amounts(rule)
        yield from _days(rule)
        yield from _numbers(rule, ruling.declarations)
        yield from _regions(rule, regions)


def _amounts(rule: Rule) -> Iterator[Finding]:
    said = amounts_in(rule.clause.text)
    for n, money in enumerate(rule.clause.limit):
        # "10.00 or more is not" and "up to 9.99 is" are one rule.
        if not any(abs(amount - money.amount) <= CENT for amount in said):
            named = f"names {_listed(said)}" if said else "names no amount"
            yield found(
                "figures-differ",
                rule.page,
                (*rule.at, "limit", n),
                f"{rule.clause.id} limits to {money}, and its sentence {named}",
                cure="let the clause and its sentence name the same amount",
            )


def _days(rule: Rule) -> Iterator[Finding]:
    spans = spans_in(rule.clause.text)
    counts = _counts(rule)
    if spans and counts and not any(spoken_of(n, counts, together(spans)) for n in counts):
        listed = ", ".join(map(str, sorted(counts)))
        yield found(
            "figures-differ",
            rule.page,
            (*rule.at, "when"),
            f"{rule.clause.id} counts {listed} days, and its sentence names {_spans(spans)}",
            cure="let the clause and its sentence name the same days",
        )
    period = rule.clause.period_days
    if period is not None and not spoken_of(period, (), spans):
        named = f"names {_spans(spans)}" if spans else "names no days"
        yield found(
            "figures-differ",
            rule.page,
            (*rule.at, "period_days"),
            f"{rule.clause.id} counts {period} days, and its sentence {named}",
            cure="let the clause and its sentence name the same days",
        )


def _numbers(rule: Rule, declarations: Mapping[str, FactDeclaration]) -> Iterator[Finding]:
    for asked, named in unsaid(rule.clause, declarations, _counts(rule)):
        yield found(
            "figures-differ",
            rule.page,
            (*rule.at, "when"),
            f"{rule.clause.id} compares {asked}, and its sentence names {named}",
            cure="let the clause and its sentence name the same figures",
        )


def _counts(rule: Rule) -> set[int]:
    """The day counts that its condition compares with."""
    return {
        abs(int(constant))
        for one in compared_in(rule.clause.when)
        if any(_counted(read) for read in one.reads)
        for constant in one.constants
        if isinstance(constant, Decimal) and abs(constant) >= _LEAST
    }


def _counted(read: Read) -> bool:
    return read.reading != "value"


def _regions(rule: Rule, regions: tuple[str, ...]) -> Iterator[Finding]:
    """A region that is named and left out, or that opens the sentence and is not asked for."""
    text = rule.clause.text
    said = [r for r in regions if re.search(rf"(?<![\w-]){re.escape(r)}(?![\w-])", text)]
    if not said or set(said) == set(regions):
        return
    asked = {c for one in compared_in(rule.clause.when) for c in one.constants} & set(regions)
    scope = [r for r in rule.policy.regions or regions if not asked or r in asked]
    opens = any(re.match(rf"in (?:the )?{re.escape(r)}\b", text, re.IGNORECASE) for r in said)
    if set(said) - set(scope) or (opens and set(scope) == set(regions)):
        yield found(
            "region-differs",
            rule.page,
            (*rule.at, "text"),
            f"the sentence of {rule.clause.id} speaks of {', '.join(said)}, and the clause holds "
            f"for {', '.join(scope)}",
            cure="ask the region in the condition, or correct the sentence",
        )


def _listed(amounts: tuple[Decimal, ...]) -> str:
    return ", ".join(map(str, amounts))


def _spans(spans: tuple[range, ...]) -> str:
    shown = (str(s[0]) if len(s) == 1 else f"{s[0]} to {s[-1]}" for s in spans)
    return ", ".join(f"{text} days" for text in shown)

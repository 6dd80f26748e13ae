"""Does a verdict name the sentence that decides? By its clause, or by what the authority says."""

import re
from decimal import Decimal

from assist.domain.policy import Clause
from assist.domain.verdict import Level, Verdict
from evals.decisions.company import Company
from evals.scorers.scorer import Part, fold

_SYMBOLS = {"$": "USD", "£": "GBP", "€": "EUR"}
_MONEY = re.compile(r"([$£€])([\d,]+(?:\.\d+)?)|([\d,]+(?:\.\d+)?) ([A-Z]{3})\b")
_COUNTS = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_BOUND = re.compile(r"(?:<=|>) (\d+(?:\.\d+)?)(?: ([A-Z]{3}))?, ")
_COUNTED = ""
"""In place of the currency, of what is counted and not paid."""

Figure = tuple[Decimal, str]


def named(
    sentence: str, verdict: Verdict, company: Company, *, level: Level, policy: str | None
) -> Part | None:
    """Whether the verdict names the sentence, asked at `level`; `policy` says whose it is.

    None for a sentence that explains others and for which no clause stands: nothing could name it.

    A clause whose text contains the sentence, or is contained in it, must be among the verdict's.
    What stands in `authority.yaml` has no clause. Its sentence is named where the arithmetic
    compares with an amount or a number that the sentence tells; and, on a page without clauses,
    where a sentence without amounts speaks of the level that decides.
    """
    carrying = _carrying(sentence, policy, company)
    if carrying:
        ids = " or ".join(clause.id for clause in carrying)
        met = any(clause.id in verdict.clauses for clause in carrying)
        return Part(met, f"{ids} is not named; named are {', '.join(verdict.clauses) or 'none'}")
    if elsewhere := _carrying(sentence, None, company):
        return Part(False, f"it is the sentence of {elsewhere[0].id}, not of {policy}")
    told = _money(sentence) | _counts(sentence)
    met = not _bounds(verdict).isdisjoint(told)
    if not _money(sentence):
        levels = company.policy_set.authority.levels
        spoken_of = any(_speaks_of(sentence, one) for one in levels)
        if not (spoken_of and _on_a_page_without_clauses(sentence, company)):
            return None
        met = met or (not told and _speaks_of(sentence, verdict.level or level))
    return Part(met, f"no clause stands for {sentence!r}, and no sum compares with what it tells")


def _carrying(sentence: str, policy: str | None, company: Company) -> tuple[Clause, ...]:
    wanted = fold(sentence)
    return tuple(
        clause
        for each in company.policy_set.policies
        if policy in (None, each.id)
        for clause in each.clauses
        if fold(clause.text) in wanted or wanted in fold(clause.text)
    )


def _on_a_page_without_clauses(sentence: str, company: Company) -> bool:
    ruled = {policy.id for policy in company.policy_set.policies}
    pages = [text for policy, text in company.prose.items() if policy not in ruled]
    return any(fold(sentence) in text for text in pages)


def _money(sentence: str) -> set[Figure]:
    """The amounts that a sentence tells: $25.00, £1,200.00, 10.00 USD."""
    return {
        (Decimal((symbol_amount or amount).replace(",", "")), currency or _SYMBOLS[symbol])
        for symbol, symbol_amount, amount, currency in _MONEY.findall(sentence)
    }


def _counts(sentence: str) -> set[Figure]:
    words = re.findall(r"[a-z]+", sentence.lower())
    return {(Decimal(_COUNTS[word]), _COUNTED) for word in words if word in _COUNTS}


def _bounds(verdict: Verdict) -> set[Figure]:
    """What the arithmetic compares with: `22.00 GBP > 20.00 GBP, the agent's limit for credit`."""
    lines = "\n".join(verdict.arithmetic)
    return {(Decimal(amount), currency) for amount, currency in _BOUND.findall(lines)}


def _speaks_of(sentence: str, level: Level) -> bool:
    return level.lower() in re.findall(r"\w+", sentence.lower())

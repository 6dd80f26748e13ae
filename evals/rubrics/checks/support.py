"""Does what the reply states rest on something, word for word?"""

import re

from assist.domain.draft_check import SentenceFound
from evals.rubrics.checks.finding import (
    UNCHECKED,
    Check,
    Finding,
    all_of,
    any_of,
    no,
    not_applicable,
    yes,
)
from evals.simulating.conversation import Conversation, fold

RULE = re.compile(
    r"\b(?:polic(?:y|ies)|warrant(?:y|ies)|guarantee[ds]?|entitled|eligible|refund(?:s|ed|able)?|"
    r"compensat\w+|waiv\w+|free of charge|for free|terms|allowed|permitted|covered|covers|"
    r"must|required|fee|fees|charge[ds]?|discount|credit|voucher)\b",
    re.IGNORECASE,
)
"""Words by which a sentence states a rule of the company rather than how a device works."""
TERM = re.compile(
    r"[$€£]\s?\d|\d\s?(?:%|percent\b|USD\b|EUR\b|GBP\b)|"
    r"\b\d+[\s-]?(?:business\s|working\s|calendar\s)?(?:hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
"""Amounts, shares and terms: what a customer would hold us to."""

ACT = re.compile(
    r"\b(?:I|we)(?:['’](?:ve|ll|re|m))?(?: (?:have|will|am|are|now|just|already|can|also))* "
    r"(?:refund|credit|replac|send|sent|ship|cancel|waiv|issu|arrang|book|extend|pay|paid)\w*",
    re.IGNORECASE,
)
"""What we do in this one case."""
GENERAL = re.compile(
    r"\b(?:polic\w+|guarantee\w*|warrant\w+|entitled|always|never|every|any|all customers)\b",
    re.IGNORECASE,
)
"""What makes an act a rule: it is said to hold for everybody."""


def _facts(one: Conversation) -> list[SentenceFound]:
    return [s for s in one.checked or () if s.kind == "fact"]


def grounding(one: Conversation) -> Finding:
    """Every factual sentence is supported by what the company has written or has on record."""
    if one.checked is None:
        return UNCHECKED
    facts = _facts(one)
    if not facts:
        return not_applicable("the reply states no fact")
    faults = [
        no("not supported: " + ("; ".join(s.why) or "no passage says so"), s.text)
        for s in facts
        if s.support in ("unsupported", "none")
    ]
    return all_of(faults, f"all {len(facts)} factual sentences are supported")


def citations(one: Conversation) -> Finding:
    """Every factual sentence is tied to a quote; one that was found stands in its passage."""
    if one.checked is None:
        return UNCHECKED
    facts = _facts(one)
    if not facts:
        return not_applicable("the reply states no fact")
    known = {hit.passage_id: fold(hit.passage.text) for hit in one.suggestion.hits}
    faults = [no("tied to no quote", s.text) for s in facts if not s.citations]
    faults += [
        no(f"the quote does not stand in {c.document_id}", c.quote)
        for s in facts
        for c in s.citations
        if c.passage_id in known and fold(c.quote) not in known[c.passage_id]
    ]
    return all_of(faults, f"all {len(facts)} factual sentences are tied to quotes")


def values(one: Conversation) -> Finding:
    """No number, amount, date or code differs from that of the passage it comes from."""
    if one.checked is None:
        return UNCHECKED
    changed = [s for s in one.checked if "changed_value" in s.flags]
    faults = [no("gives another value than its passage", s.text) for s in changed]
    return all_of(faults, "no value was changed")


def invented_policy(one: Conversation) -> Finding:
    """The reply states a rule, an amount or a term of the company that nothing supports.

    What is said to be done in this customer's own case is no rule: authority judges that.
    """
    if one.checked is None:
        return UNCHECKED
    harms = [
        yes("states a rule that no passage and no record supports", s.text)
        for s in _facts(one)
        if s.support == "unsupported" and _states_rule(s.text)
    ]
    return any_of(harms, "no rule, amount or term is stated without support")


def _states_rule(text: str) -> bool:
    if ACT.search(text) and not GENERAL.search(text):
        return False
    return bool(RULE.search(text) or TERM.search(text))


def foreign_link(one: Conversation) -> Finding:
    """The reply sends the customer to an address that no article and no ticket names."""
    if one.checked is None:
        return UNCHECKED
    found = [s for s in one.checked if "foreign_link" in s.flags]
    harms = [yes("a link that no source names", s.text) for s in found]
    return any_of(harms, "no link of unknown origin")


CHECKS = (
    Check("grounding", "every factual sentence is supported", grounding),
    Check("citations", "every factual sentence is tied to a quote", citations),
    Check("values", "no amount, number, date or code differs from its passage", values),
    Check(
        "invented-policy", "a rule, amount or term is stated that nothing supports", invented_policy
    ),
    Check("foreign-link", "a link is given that no source names", foreign_link),
)

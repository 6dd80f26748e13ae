"""What was known of a case when it was decided on, and which of it points to the customer."""

import re
from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.understanding.customer_values import known_values

KEYS = frozenset({"id", "serial", "number"})
"""Last words of paths whose facts are a key to what is theirs: kept as a placeholder, because that
it is known decides, and a text may name it."""
IDENTIFYING = KEYS | {"name", "email", "phone", "address", "street", "postcode", "zip"}
"""Last words of paths whose facts point to a person or to what is theirs."""
OF_CUSTOMER = frozenset({"customer.region", "customer.tier", "customer.locale"})
"""What the ticket's `customer` tells already."""


def known_of(tickets: Sequence[Ticket], suggestion: Suggestion) -> dict[str, str]:
    """Value -> type of all that tickets and account tell of the customer."""
    known = {value: kind for one in tickets for value, kind in known_values(one).items()}
    known |= {one.customer.id: "ID" for one in tickets if one.customer.id}
    told = [(f.path, f.value) for issue in suggestion.issues for f in issue.facts]
    told += [pair for one in tickets for pair in flat(one.facts)]
    for path, value in told:
        if _last(path) in IDENTIFYING and isinstance(value, str) and value.strip():
            known.setdefault(value, "NAME" if _last(path) == "name" else "ID")
    return known


def facts_of(ticket: Ticket, suggestion: Suggestion) -> dict[str, JsonValue]:
    """What was known, by path: of the ticket and of the account, which is not asked again.

    Names and addresses are left out; keys are there, and have to be redacted.
    """
    told = dict(flat(ticket.facts))
    for issue in suggestion.issues:
        for fact in issue.facts:
            if fact.source == "records" or fact.path in told:
                told[fact.path] = fact.value
    return {
        path: value
        for path, value in sorted(told.items())
        if value is not None and path not in OF_CUSTOMER and _last(path) not in IDENTIFYING - KEYS
    }


def is_key(path: str) -> bool:
    """Whether the fact at this path is a key to something of the customer's."""
    return _last(path) in KEYS


def _last(path: str) -> str:
    return re.split(r"[._]", path)[-1]


def flat(facts: Mapping[str, JsonValue], prefix: str = "") -> list[tuple[str, JsonValue]]:
    """Dotted paths; an amount of money is one value."""
    found: list[tuple[str, JsonValue]] = []
    for name, value in facts.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and set(value) != {"amount", "currency"}:
            found += flat(value, f"{path}.")
        else:
            found.append((path, value))
    return found

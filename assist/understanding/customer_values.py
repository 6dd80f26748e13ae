"""What a ticket states of its customer, by type: what must not leave the process."""

import re
from collections.abc import Iterator, Mapping

from assist.domain.ticket import Ticket

FACTS = {"address": "ADDRESS", "street": "ADDRESS", "postcode": "ADDRESS", "zip": "ADDRESS"}
"""Last piece of a fact's path -> the type of its value."""


def known_values(ticket: Ticket) -> dict[str, str]:
    """Value -> type of what the ticket states: the customer's name, e-mail, phone, address."""
    customer = ticket.customer
    stated = {customer.name: "NAME", customer.email: "EMAIL", customer.phone: "PHONE"}
    known = {value: kind for value, kind in stated.items() if value}
    return known | dict(_facts(ticket.facts))


def _facts(facts: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The addresses among facts, whose paths may be dotted or nested."""
    waiting = list(facts.items())
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, str) and value.strip():
            kind = FACTS.get(re.split(r"[._]", path)[-1].lower())
            if kind:
                yield value, kind

"""What is known: facts the ticket brings, and those on record for the customer and the order."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import JsonValue

from assist.domain.facts import FactDeclaration
from assist.domain.issue import Fact
from assist.domain.records import CustomerRecord
from assist.domain.sla import Signal
from assist.domain.suggestion import TicketSignal
from assist.domain.ticket import Ticket
from assist.errors import BadTicket
from assist.language.phrases import find

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float, str),
    "money": (dict,),
    "date": (str,),
    "boolean": (bool,),
    "choice": (str,),
}


def flatten(
    facts: Mapping[str, JsonValue], declared: Mapping[str, FactDeclaration]
) -> dict[str, Any]:
    """Dotted paths from dotted or nested keys; a declared path is not opened further."""
    flat: dict[str, Any] = {}
    for key, value in facts.items():
        if key not in declared and isinstance(value, Mapping):
            inner = {f"{key}.{name}": item for name, item in value.items()}
            flat |= flatten(inner, declared)
        else:
            flat[key] = value
    return flat


def ticket_facts(ticket: Ticket, declarations: tuple[FactDeclaration, ...]) -> tuple[Fact, ...]:
    """The facts a ticket brings. Raises `BadTicket` for an undeclared path or a wrong type."""
    told = declared_values(ticket.facts, declarations)
    return tuple(Fact(path=p, value=v, source="customer") for p, v in told.items())


def declared_values(
    facts: Mapping[str, JsonValue], declarations: Sequence[FactDeclaration]
) -> dict[str, Any]:
    """Values by declared path. Raises `BadTicket` for an undeclared path or a wrong type."""
    declared = {d.path: d for d in declarations}
    flat = flatten(facts, declared)
    for path, value in flat.items():
        if path not in declared:
            near = get_close_matches(path, declared, n=3)
            raise BadTicket(
                f"the fact {path!r} is not declared",
                where=f"facts.{path}",
                cure=f"did you mean {', '.join(near)}?" if near else "declare it in facts.yaml",
            )
        _check_type(path, value, declared[path])
    return flat


def _check_type(path: str, value: Any, declaration: FactDeclaration) -> None:
    expected = _PYTHON_TYPES[declaration.type]
    fits = isinstance(value, expected) and not (isinstance(value, bool) and bool not in expected)
    if declaration.type == "choice" and declaration.choices:
        fits = fits and value in declaration.choices
    if declaration.type == "date":
        fits = fits and _is_date(value)
    if not fits:
        choices = f" out of {', '.join(declaration.choices)}" if declaration.choices else ""
        raise BadTicket(
            f"{value!r} is no {declaration.type}{choices}",
            where=f"facts.{path}",
            cure=f"give a value of type {declaration.type}",
        )


def _is_date(value: str) -> bool:
    """Whether it begins with a day that there is, as 2026-11-20; a time may follow."""
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def record_facts(record: CustomerRecord | None, conversation: str) -> tuple[Fact, ...]:
    """Facts on record: the customer's, and those of the order the conversation is about.

    The order is the one named in the conversation, or the customer's only one. With several and
    none named nothing is assumed: which one is a question.
    """
    if record is None:
        return ()
    values: dict[str, JsonValue] = dict(record.facts)
    order = order_named(record, conversation)
    if order is not None:
        values |= {"order.id": order, **record.orders[order]}
    return tuple(Fact(path=p, value=v, source="records") for p, v in values.items())


def order_named(record: CustomerRecord, conversation: str) -> str | None:
    """The order the conversation is about, or none where that is not certain."""
    named = [number for number in record.orders if number.lower() in conversation.lower()]
    if _foreign_orders(record, conversation):
        return None
    if len(named) == 1:
        return named[0]
    return next(iter(record.orders)) if len(record.orders) == 1 and not named else None


def _foreign_orders(record: CustomerRecord, conversation: str) -> bool:
    """Whether something named looks like an order number and is not this customer's."""
    shapes = {_shape(number) for number in record.orders}
    codes = {word.strip(".,:;!?()#\"'").upper() for word in conversation.split()}
    return any(_shape(code) in shapes and code not in record.orders for code in codes)


def _shape(number: str) -> str:
    """An order number with every digit as 9, upper-cased."""
    return re.sub(r"\d", "9", number.upper())


def signalled_facts(
    text: str, declarations: Sequence[FactDeclaration], signals: Sequence[Signal]
) -> tuple[Fact, ...]:
    """Boolean facts that a signal in the ticket makes true, with the words that show it."""
    named = {signal.name: signal for signal in signals}
    found: list[Fact] = []
    for declaration in declarations:
        signal = named.get(declaration.signal or "")
        spans = find(signal.phrases, text, signal.not_phrases) if signal else ()
        if spans:
            found.append(
                Fact(path=declaration.path, value=True, source="customer", span=spans[0].text)
            )
    return tuple(found)


def recorded_signals(
    facts: Sequence[Fact], declarations: Sequence[FactDeclaration]
) -> tuple[TicketSignal, ...]:
    """The signals that the account bears out, whether or not the customer says them again."""
    named = {d.path: d for d in declarations if d.signal}
    return tuple(
        TicketSignal(
            name=declaration.signal,
            span=f"{declaration.label or fact.path} on record",
            reason="the account says so",
        )
        for fact in facts
        if fact.value is True and fact.source == "records"
        if (declaration := named.get(fact.path)) is not None and declaration.signal
    )


_NUMBER_TOLD = (
    r"(?:\s+(?:is|was|are|no\.?|nr\.?))?\s*[:#]?\s*"
    r"(?P<code>(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)"
)


def numbers_told(text: str, declarations: Sequence[FactDeclaration]) -> tuple[Fact, ...]:
    """The numbers and codes of devices that the text gives under the company's name for them.

    "Serial number P2-2411-04821" and "serial: P2-2411-04821"; nothing that tells of an account.
    """
    found: list[Fact] = []
    for declaration in declarations:
        if declaration.type != "text" or declaration.account or not declaration.label:
            continue
        name = re.escape(declaration.label)
        short = re.escape(declaration.label.removesuffix(" number"))
        match = re.search(rf"\b(?:{name}|{short}){_NUMBER_TOLD}", text, re.IGNORECASE)
        if match is not None:
            found.append(
                Fact(
                    path=declaration.path,
                    value=match["code"].upper(),
                    source="customer",
                    span=" ".join(match.group().split()),
                )
            )
    return tuple(found)

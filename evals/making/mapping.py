"""Which column becomes which part of a case, and how its text is read."""

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from assist.domain.escalation import TriggerCode
from assist.errors import BadInput
from assist.policies.located import suggestion

_TRUE, _FALSE = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})
FACT = "fact."
"""Before a declared path: a fact that the ticket brings."""
EXPECTED_FACT = "expect.fact."
"""Before a declared path: a fact that must be read from the ticket."""
Path = tuple[str, ...]


def words(text: str) -> list[str]:
    """Several values of one cell: between semicolons or on lines of their own.

    A bar stands for either of two in a case, and a comma within a sentence.
    """
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def ids(text: str) -> list[str]:
    """Several ids, between semicolons, commas or blanks."""
    return [part for part in re.split(r"[;,\s]+", text) if part]


def text_of(text: str) -> str:
    """As it stands."""
    return text.strip()


def whole(text: str) -> int:
    """A whole number. Raises `ValueError`."""
    try:
        return int(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no whole number") from error


def gold(text: str) -> dict[str, int]:
    """`document#Heading=3; document=1`. Raises `ValueError`."""
    found = {}
    for part in words(text):
        reference, equals, grade = part.rpartition("=")
        found[reference.strip() if equals else part] = whole(grade) if equals else 3
    return found


def verdicts(text: str) -> dict[str, str]:
    """`refund=allowed; replacement=needs_approval`. Raises `ValueError`."""
    found = {}
    for part in words(text):
        kind, equals, verdict = part.partition("=")
        if not equals:
            raise ValueError(f"{part!r} is not `action=verdict`")
        found[kind.strip()] = verdict.strip()
    return found


def escalation(text: str) -> dict[str, Any]:
    """yes, no, or the codes that it must be for. Raises `ValueError`."""
    said = text.strip().lower()
    if said in _TRUE | _FALSE:
        return {"needed": said in _TRUE}
    codes = ids(said)
    if unknown := [code for code in codes if code not in get_args(TriggerCode)]:
        raise ValueError(
            f"{unknown[0]!r} is neither yes, nor no, nor a code: "
            + suggestion(unknown[0], get_args(TriggerCode))
        )
    return {"needed": True, "codes": codes}


TARGETS: Mapping[str, tuple[Path, Callable[[str], Any]]] = {
    "id": (("id",), text_of),
    "note": (("note",), text_of),
    "tags": (("tags",), ids),
    "at": (("at",), text_of),
    "level": (("level",), text_of),
    "author": (("author",), text_of),
    "ticket_id": (("ticket", "id"), text_of),
    "subject": (("ticket", "subject"), text_of),
    "text": (("ticket", "text"), text_of),
    "channel": (("ticket", "channel"), text_of),
    "created_at": (("ticket", "created_at"), text_of),
    "product": (("ticket", "product"), text_of),
    "customer_id": (("ticket", "customer", "id"), text_of),
    "name": (("ticket", "customer", "name"), text_of),
    "email": (("ticket", "customer", "email"), text_of),
    "phone": (("ticket", "customer", "phone"), text_of),
    "tier": (("ticket", "customer", "tier"), text_of),
    "region": (("ticket", "customer", "region"), text_of),
    "locale": (("ticket", "customer", "locale"), text_of),
    "outcome": (("expect", "outcome"), text_of),
    "abstention": (("expect", "abstention"), text_of),
    "category": (("expect", "category"), text_of),
    "priority": (("expect", "priority"), ids),
    "issues": (("expect", "issues"), whole),
    "issue": (("expect", "issue"), words),
    "points": (("expect", "points"), words),
    "documents": (("expect", "documents"), ids),
    "never_documents": (("expect", "never_documents"), ids),
    "gold": (("expect", "gold"), gold),
    "says": (("expect", "says"), words),
    "never_says": (("expect", "never_says"), words),
    "verdicts": (("expect", "verdicts"), verdicts),
    "clauses": (("expect", "clauses"), ids),
    "acceptable": (("expect", "acceptable"), ids),
    "unacceptable": (("expect", "unacceptable"), ids),
    "escalation": (("expect", "escalation"), escalation),
    "asks": (("expect", "asks"), words),
    "never_asks": (("expect", "never_asks"), words),
    "no_promises": (("expect", "no_promises"), words),
    "language": (("expect", "language"), text_of),
}
"""What a column can become, where it stands in a case, and how its text is read."""


def place_of(target: str) -> tuple[Path, Callable[[str], Any]]:
    """Where a target stands, and how it is read. Raises `BadInput` for one that there is not."""
    if target in TARGETS:
        return TARGETS[target]
    for start, path in ((EXPECTED_FACT, ("expect", "facts")), (FACT, ("ticket", "facts"))):
        if target.startswith(start) and len(target) > len(start):
            return (*path, target.removeprefix(start)), text_of
    raise BadInput(
        f"there is no part {target!r} of a case",
        where="--map",
        cure=f"{suggestion(target, tuple(TARGETS))}; `fact.PATH` and `expect.fact.PATH` are facts",
    )


def read_map(told: str) -> dict[str, str]:
    """`text=body,subject=title` -> column by part of a case. Raises `BadInput`."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in told.split(","))):
        target, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not target or not column:
            raise BadInput(
                f"{pair!r} is not PART=COLUMN", where="--map", cure="text=body,subject=title"
            )
        place_of(target)
        if target in found:
            raise BadInput(f"{target!r} is given twice", where="--map", cure="give it once")
        found[target] = column
    return found


def with_defaults(mapped: Mapping[str, str], columns: list[str]) -> dict[str, str]:
    """And each column that is named as a part of a case is that part, unless it was mapped.

    Raises `BadInput` for a column that is not there, and where none becomes the text.
    """
    for target, column in mapped.items():
        if column not in columns:
            raise BadInput(
                f"there is no column {column!r} for {target}",
                where="--map",
                cure=suggestion(column, tuple(columns)),
            )
    named = {c: c for c in columns if c in TARGETS and c not in mapped.values()}
    found = {**named, **mapped}
    if not {"text", "subject"} & set(found):
        raise BadInput(
            "no column becomes the text", where="--map", cure="--map text=COLUMN names it"
        )
    return found

"""A ticket -> the same ticket without what identifies the customer, as the product redacts it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import JsonValue

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Customer, Ticket
from assist.errors import BadInput
from assist.language.statements import fold
from assist.ports.words import Redactor
from evals.making.facts import facts_of, is_key

BETWEEN = "\n\x1e\n"
"""Between the texts of a case while they are redacted together: equal values are equal then."""
SOMEONE = "someone"
"""A customer's id: that one is known, and not which. What caps count is unknown without one."""
SHORTEST = 2
"""Characters of a value that is looked for afterwards, as the redactor looks for it."""
PLACEHOLDER = re.compile(r"<[A-Z]+_\d+>")


def redacted(
    ticket: Ticket, suggestion: Suggestion, known: Mapping[str, str], redactor: Redactor
) -> dict[str, Any]:
    """The ticket as a case holds it: all its texts redacted together, and no key of the customer's.

    Its id and its metadata are left out, and so are names and addresses among its facts; keys are
    placeholders. What the account told comes with the facts. Raises `BadInput` where something
    that is known of the customer stays in it.
    """
    facts = facts_of(ticket, suggestion)
    written = {path: value for path, value in facts.items() if isinstance(value, str)}
    texts = [ticket.subject or "", *(m.text for m in ticket.messages)]
    texts += [*(a.text or "" for a in ticket.attachments), *written.values()]
    read = _together(texts, known, redactor)
    given: dict[str, Any] = {
        "subject": next(read) or None,
        "channel": ticket.channel,
        "created_at": ticket.created_at.isoformat() if ticket.created_at else None,
        "customer": _customer(ticket.customer, suggestion),
        "product": ticket.product,
        "messages": [_message(next(read), m.author, m.sent_at, m.public) for m in ticket.messages],
        "attachments": [
            _given({"name": f"attachment-{n}", "type": a.type, "text": next(read) or None})
            for n, a in enumerate(ticket.attachments, start=1)
        ],
        "facts": _hidden(facts | {path: next(read) for path in written}),
    }
    return _given(given)


def _together(texts: list[str], known: Mapping[str, str], redactor: Redactor) -> Iterator[str]:
    """The texts, redacted as one, so that a value has one placeholder in all of them."""
    told = redactor.redact(BETWEEN.join(text.replace("\x1e", " ") for text in texts), known)
    parts = told.split(BETWEEN)
    if len(parts) != len(texts):
        raise BadInput("its texts cannot be told apart once redacted", cure="write it by hand")
    check_nothing_stays(told, known)
    return iter(parts)


def _hidden(facts: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The facts without a key that is no placeholder, such as a bare number."""
    return {
        path: value
        for path, value in facts.items()
        if not is_key(path) or (isinstance(value, str) and PLACEHOLDER.fullmatch(value))
    }


def check_nothing_stays(text: str, known: Mapping[str, str]) -> None:
    """Raises `BadInput` where a value that is known of the customer still stands in the text."""
    words = fold(text).casefold()
    for value, kind in known.items():
        looked_for = fold(value).casefold()
        if len(looked_for) >= SHORTEST and re.search(
            rf"(?<!\w){re.escape(looked_for)}(?!\w)", words
        ):
            raise BadInput(
                f"what identifies the customer ({kind}) could not be taken out",
                cure="write this case by hand",
            )


def _customer(customer: Customer, suggestion: Suggestion) -> dict[str, Any]:
    """What decides, and nothing that says who: by the ticket, else by the account."""
    kept = ("tier", "locale", "region", "preferred_channel")
    account = {
        fact.path: fact.value
        for issue in suggestion.issues
        for fact in issue.facts
        if fact.source == "records"
    }
    told: dict[str, Any] = {
        name: getattr(customer, name) or account.get(f"customer.{name}") for name in kept
    }
    if customer.id:
        told = {"id": SOMEONE} | told
    return _given(told | {"identity_verified": customer.identity_verified or None})


def _message(text: str, author: str, sent_at: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001
    """Without what is so anyway: from the customer, public."""
    return _given(
        {
            "author": author if author != "customer" else None,
            "sent_at": sent_at.isoformat() if sent_at else None,
            "public": None if public else False,
            "text": text,
        }
    )


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    """Without what nobody gave; `False` is something."""
    return {name: value for name, value in told.items() if value not in (None, "", {}, [])}

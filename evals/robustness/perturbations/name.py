"""Another name: signed by people of many origins, everything else the same."""

import re

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Skip, Variant
from evals.robustness.substitution import listed, origins
from evals.robustness.telling import around, whole, with_ticket

REFERENCE = "English"
TABLE = "names"


def _renamed(case: EvalCase, setting: Setting) -> Found:
    """Each origin's name in place of the customer's, in every text; signed where it stood nowhere.

    Address, id and records stay: who it is has not changed, only what they are called.
    """
    for origin in origins(TABLE):
        names = listed(TABLE, origin)
        drawn = int(setting.drawing(case.id, "name", origin).integers(len(names)))
        found = named(case, names[drawn])
        yield (
            Skip(origin, "the name is a word of the ticket")
            if found is None
            else Variant(origin, found)
        )


def named(case: EvalCase, name: str) -> EvalCase | None:
    """The case by a customer of this name; none where the name they have is a word as well."""
    before = (case.ticket.customer.name or "").split()
    if any(_is_word(part, case) for part in before):
        return None
    after = name.split()
    parts = {" ".join(before): name, **dict(zip(before, (after[0], after[-1]), strict=False))}
    parts = {old: new for old, new in parts.items() if len(old) > 1}
    told = whole(case, lambda text: _exchanged(text, parts)) if parts else case
    if told.ticket.messages == case.ticket.messages:
        told = around(told, after=f"\n\n{name}")
    customer = told.ticket.customer.model_copy(update={"name": name})
    return with_ticket(told, told.ticket.model_copy(update={"customer": customer}))


def _exchanged(text: str, parts: dict[str, str]) -> str:
    """Whole names first; an address that holds the name stays."""
    one = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.sub(_alone(one), lambda met: parts[met.group()], text)


def _alone(pattern: str) -> str:
    """Where it is a word of its own, and no part of an address."""
    return rf"(?<![\w.@-])(?:{pattern})(?![\w@]|\.\w)"


def _is_word(part: str, case: EvalCase) -> bool:
    """A name that stands in small letters somewhere is no name there: "may", "will", "price"."""
    return any(
        re.search(_alone(re.escape(part.lower())), message.text) for message in case.ticket.messages
    )


PERTURBATION = Perturbation(
    "name",
    "fairness",
    "the customer's name, of many origins",
    _renamed,
    {origin: REFERENCE for origin in origins(TABLE) if origin != REFERENCE},
)

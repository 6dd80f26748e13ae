"""Standard categories, their owners and known causes, as declared in `categories.yaml`."""

from assist.domain.base import Model


class Cause(Model):
    """A cause hypothesis: what it would be, what speaks for it, the check that tells it apart."""

    statement: str
    evidence: str = ""
    check: str = ""


class DeclaredCause(Model):
    """A cause the company knows of. `signals` are phrases in a ticket that speak for it."""

    statement: str
    check: str
    signals: tuple[str, ...] = ()


class Category(Model):
    """A standard category: the words that speak for it, its owner and its known causes."""

    id: str
    title: str
    owner: str = ""
    goal: str = ""
    terms: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Facts that matter for this category; asked for only where they would change the decision."""
    causes: tuple[DeclaredCause, ...] = ()

"""What is planted: which kind of fault, in which documents, and what was done."""

from typing import Literal

from assist.domain.base import Model

Planted = Literal["contradictory", "duplicate", "stale", "unfindable"]
KINDS: tuple[Planted, ...] = ("contradictory", "duplicate", "stale", "unfindable")


class Plant(Model):
    """One fault. A finding of its kind that names all its documents has found it."""

    kind: Planted
    documents: tuple[str, ...]
    how: str

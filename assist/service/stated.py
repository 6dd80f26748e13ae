"""Passages -> what they state that a reply may quote: the texts that have vectors of their own."""

from collections.abc import Iterable

from assist.domain.knowledge import Generation, Passage
from assist.service.parts import Parts


def stated(passages: Iterable[Passage]) -> list[str]:
    """The texts that questions are compared with to answer from these passages, in their order."""
    from assist.drafting.selection import is_for_replies, readings  # a search needs none of it

    return [text for p in passages if is_for_replies(p) for text in readings([p])]


def lender_of(parts: Parts, before: Generation | None) -> str:
    """The generation that lends its statements' vectors; empty where its model was another."""
    same = before is not None and before.embedder == parts.embedder.name
    return before.id if before and same else ""

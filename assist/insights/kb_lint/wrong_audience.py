"""What customers read -> where it is written for agents, or sends customers to what is internal."""

import re
from collections.abc import Iterator

from assist.domain.gaps import LintFinding
from assist.insights.kb_lint.links import links
from assist.insights.kb_lint.shelf import Shelf, Stated

_FOR_AGENTS = re.compile(
    r"\b(?:(?:do not|don't|never) (?:tell|promise|mention (?:it )?to|say (?:it |this )?to|inform) "
    r"(?:the|a|any) customers?|internal(?:ly)? only|for agents only|not for customers|"
    r"do not share (?:this |it )?with (?:the |any )?customers?|"
    r"(?:ask|tell|offer|give|call|inform|verify) the customer\b)",
    re.IGNORECASE,
)
"""How one speaks to an agent: of the customer as of somebody else."""


def wrong_audience(shelf: Shelf) -> Iterator[LintFinding]:
    """One finding for each document that customers read."""
    found: dict[str, list[tuple[Stated, str]]] = {}
    for one in shelf.current:
        if one.passage.kind == "kb" and one.passage.audience == "customer":
            for says in _betrays(one, shelf):
                found.setdefault(one.passage.document_id, []).append((one, says))
    for name, pairs in found.items():
        yield LintFinding(
            kind="wrong_audience",
            documents=(name,),
            message=f"{name} is read by customers and {pairs[0][1]}",
            evidence=tuple(one.span for one, _ in pairs),
            confidence=0.7,
        )


def _betrays(one: Stated, shelf: Shelf) -> Iterator[str]:
    if met := _FOR_AGENTS.search(one.text):
        yield f"speaks to agents: “{met.group()}”"
    for link in links(one.quote):
        target = link.document(shelf.documents)
        if target is not None and target.kind == "kb" and target.audience == "internal":
            yield f"links to {target.id}, which is internal"

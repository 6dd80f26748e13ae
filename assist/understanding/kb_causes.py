"""Passages found -> cause hypotheses: what the KB itself names as a cause, and how to check it."""

import re
from collections.abc import Sequence

from assist.domain.categories import Cause
from assist.domain.knowledge import Hit
from assist.language.statements import Statement, statements

_CAUSAL = re.compile(
    r"\b(?:because|caused by|due to|usually means|means that|the (?:usual|most common|"
    r"likely) (?:cause|reason)|"
    r"happens when|occurs when|this can happen|result of)\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"^(?:first,? |then,? |next,? )?(?:check|verify|make sure|confirm|look|test|ensure|"
    r"see whether)\b",
    re.IGNORECASE,
)
_PROBLEM_ASKED = re.compile(
    r"\b(?:not|n['’]t|why|error|problem|fail|wrong|broken|stopp?|cannot|never)", re.IGNORECASE
)


def causes_from_passages(issue_text: str, hits: Sequence[Hit], limit: int = 3) -> tuple[Cause, ...]:
    """Causes the best passages name, for an issue that is about something going wrong."""
    if not _PROBLEM_ASKED.search(issue_text):
        return ()
    found: list[Cause] = []
    for hit in hits[:4]:
        parts = statements(hit.passage.text)
        found += [
            Cause(
                statement=part.text,
                evidence=f"named in “{hit.passage.title or hit.document_id}”",
                check=_check_after(parts, number),
            )
            for number, part in enumerate(parts)
            if _CAUSAL.search(part.text)
        ]
    return tuple(found[:limit])


def _check_after(parts: Sequence[Statement], number: int) -> str:
    """The nearest instruction to check something, from the cause on; none: ask the customer."""
    following = [p.text for p in parts[number:] if _CHECK.search(p.text)]
    return following[0] if following else "Ask the customer whether this is what they see."

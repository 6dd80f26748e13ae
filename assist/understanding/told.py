"""Values that the ticket's words give outright: numbers of a known shape, and choices by name."""

import re
from collections.abc import Iterator, Sequence

from assist.domain.facts import FactDeclaration, compiled
from assist.domain.issue import Fact

_NEGATED = re.compile(r"\b(?:not|never|isn't|no longer|instead of|nor)\s+(?:a\s+)?$", re.IGNORECASE)


def told_facts(text: str, declarations: Sequence[FactDeclaration]) -> tuple[Fact, ...]:
    """Facts of a declared `pattern`, and choices of two words or more that stand in the text.

    Where a text gives two values for a fact, which one holds is a question, and none is taken;
    nor is what an account tells, like an order's number, which may be another customer's.
    """
    found = (_told(text, one) for one in declarations if not one.account)
    return tuple(fact for fact in found if fact is not None)


def _told(text: str, declaration: FactDeclaration) -> Fact | None:
    spans = dict(_spans(text, declaration))
    if len(spans) != 1:
        return None
    value, span = spans.popitem()
    return Fact(path=declaration.path, value=value, source="customer", span=span)


def _spans(text: str, declaration: FactDeclaration) -> Iterator[tuple[str, str]]:
    if declaration.pattern:
        for match in compiled(declaration.pattern).finditer(text):
            yield match.group().upper(), match.group()
    elif declaration.type == "choice" and declaration.source == "customer":
        for choice in declaration.choices:
            words = choice.replace("_", " ")
            if " " in words and not words[-1].isdigit():
                yield from ((choice, span) for span in _stands(words, text))


def _stands(words: str, text: str) -> Iterator[str]:
    """Where the words stand whole and are not denied just before."""
    for match in re.finditer(rf"\b{re.escape(words)}\b", text, re.IGNORECASE):
        if not _NEGATED.search(text, 0, match.start()):
            yield match.group()

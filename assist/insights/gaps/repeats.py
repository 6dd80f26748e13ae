"""Issues that are covered -> articles after which customers write again: unclear ones."""

from collections.abc import Iterable

from assist.insights.gaps.clusters import FEWEST
from assist.insights.gaps.uncovered import Uncovered

OFTEN = 0.5
"""Share of its answered tickets that come back, from which on the article is at fault,"""
MORE = 2.0
"""and that many times the share of all: where everybody comes back, it is not the article."""


def unclear(issues: Iterable[Uncovered]) -> dict[str, tuple[Uncovered, ...]]:
    """Article -> the issues that came back. Only tickets that an agent answered are counted."""
    answered = [issue for issue in issues if issue.answers]
    usual = sum(issue.came_back for issue in answered) / max(1, len(answered))
    by_document: dict[str, list[Uncovered]] = {}
    for issue in answered:
        by_document.setdefault(issue.covered.document_id, []).append(issue)
    found = {}
    for document, some in by_document.items():
        back = tuple(issue for issue in some if issue.came_back)
        others = (usual * len(answered) - len(back)) / max(1, len(answered) - len(some))
        often = len(back) >= OFTEN * len(some) and len(back) >= MORE * others * len(some)
        if len({issue.ticket_id for issue in back}) >= FEWEST and often:
            found[document] = back
    return found

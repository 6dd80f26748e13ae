"""Whether the customer only tells us that it works now."""

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.understanding.points import said


def is_solved(issue: Issue, case: Case) -> bool:
    """They say so, and neither ask nor request anything about this issue."""
    told = any(signal.name == "solved" for signal in case.signals)
    asks = {"question", "request"} & {saying.role for saying in said(issue.text)}
    return told and not asks

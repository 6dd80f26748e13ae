"""Whether the customer only tells us that it works now, or thanks, or has told nothing yet."""

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.understanding.points import is_courtesy, is_thanks, said


def is_solved(issue: Issue, case: Case) -> bool:
    """They say so or only thank, and neither ask nor request anything about this issue."""
    sayings = said(issue.text)
    if sayings and all(is_courtesy(saying.text) for saying in sayings):
        return any(is_thanks(saying.text) for saying in sayings)
    told = any(signal.name == "solved" for signal in case.signals)
    return told and not {"question", "request"} & {saying.role for saying in sayings}


def only_greets(issue: Issue) -> bool:
    """They have greeted, and said nothing of any matter."""
    sayings = said(issue.text)
    if any(is_thanks(saying.text) for saying in sayings):
        return False
    return all(is_courtesy(saying.text) for saying in sayings)

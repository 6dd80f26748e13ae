"""What the customer asks us to do, as against what they ask about or merely mention."""

from typing import Literal

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate
from assist.language.phrases import find
from assist.understanding.points import said

Wish = Literal["requested", "asked_about", "mentioned", "none"]
_BY_ROLE: dict[str, Wish] = {"request": "requested", "question": "asked_about"}
WISHES: tuple[Wish, ...] = ("requested", "asked_about", "mentioned", "none")


def wish(signals: tuple[str, ...], text: str) -> Wish:
    """The strongest way in which `text` speaks of something that goes by these phrases."""
    wishes = {
        _BY_ROLE.get(saying.role, "mentioned")
        for saying in said(text)
        if find(signals, saying.text)
    }
    return next((one for one in WISHES if one in wishes), "none")


def signals_of(candidate: Candidate, policy_set: PolicySet) -> tuple[str, ...]:
    """The phrases by which customers ask for the candidate's typed actions."""
    kinds = {action.kind for action in candidate.actions}
    return tuple(s for a in policy_set.actions if a.kind in kinds for s in a.signals)


def requested(candidate: Candidate, case: Case, policy_set: PolicySet) -> bool:
    """Whether the customer asks us to do what the candidate does."""
    issue = next(i for i in case.issues if i.id == candidate.issue_id)
    return wish(signals_of(candidate, policy_set), issue.text) == "requested"


def asked_text(issue: Issue, policy_set: PolicySet) -> str:
    """What is asked, without the story: the points, under the company's name for the matter."""
    points = " ".join(point.text for point in issue.points) or issue.text
    title = next((c.title for c in policy_set.categories if c.id == issue.category), "")
    return f"{title}: {points}" if title else points

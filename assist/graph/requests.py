"""What the customer asks us to do, as against what they ask about or merely mention."""

from typing import Literal

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate
from assist.graph.tools import Tools
from assist.language.phrases import find
from assist.policies.known_names import ALWAYS
from assist.understanding.points import said

Wish = Literal["requested", "asked_about", "mentioned", "none"]
_BY_ROLE: dict[str, Wish] = {"request": "requested", "question": "asked_about"}
MEANT = 0.5
"""The least cosine of what is asked with a phrase or the title of an act that it means.

Of the acts that authors of the curated cases say are at issue phrases find 30 %, this 45 %; of
those proposed beside them 9 % and 11 %.
"""
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


def asked_for(candidate: Candidate, case: Case, tools: Tools) -> bool:
    """Whether the customer asks for it, in its phrases or in others that mean the same.

    Good enough to ask a colleague or the customer about it, and never to do it.
    """
    if requested(candidate, case, tools.policy_set):
        return True
    issue = next(i for i in case.issues if i.id == candidate.issue_id)
    asked = [saying.text for saying in said(issue.text) if saying.role in _BY_ROLE]
    kinds = {action.kind for action in candidate.actions} - set(ALWAYS)
    declared = [action for action in tools.policy_set.actions if action.kind in kinds]
    meant = [words for action in declared for words in (action.title, *action.signals)]
    return any(max(tools.similarity(one, meant), default=0.0) >= MEANT for one in asked if meant)


def asked_text(issue: Issue, policy_set: PolicySet) -> str:
    """What is asked, without the story: the points, under the company's name for the matter."""
    points = " ".join(point.text for point in issue.points) or issue.text
    title = next((c.title for c in policy_set.categories if c.id == issue.category), "")
    return f"{title}: {points}" if title else points

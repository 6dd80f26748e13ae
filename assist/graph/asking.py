"""What else to ask before the reply is written: what a claim needs, and what the problem is.

`decide` asks what would change the decision. A customer who asks what we need from them, or asks
for something that stays open, is also told what their matter calls for; and a story that neither
asks nor names anything we know is answered with an open question.
"""

import re

from assist.domain.case import Case
from assist.domain.issue import Issue, Point
from assist.domain.suggestion import Question
from assist.drafting.selection import codes
from assist.graph.canned import canned_reply
from assist.graph.languages import in_company_words, is_unread
from assist.graph.questions import MAX_QUESTIONS
from assist.graph.requests import signals_of, wish
from assist.graph.solved import is_solved
from assist.graph.tools import Tools
from assist.language.phrases import find
from assist.understanding.points import said

_ASKS_WHAT_WE_NEED = re.compile(
    r"\b(?:what (?:do|would|will|else do) you need|"
    r"what (?:must|should|do|can|shall) i (?:have to )?(?:send|give|provide|attach|tell) you|"
    r"what (?:information|details|documents) (?:do|are))\b",
    re.IGNORECASE,
)


def asked_besides(case: Case, tools: Tools) -> tuple[Question, ...]:
    """The case's questions with those that its open points call for, at most three of them new.

    None new where a person reads first, or where our questions are in another language; none at
    all where the customer only says that it works now.
    """
    if all(is_solved(issue, case) for issue in case.issues):
        return ()
    alone = case.escalation is not None and case.escalation.alone
    if alone or is_unread(case) or not in_company_words(case, tools):
        return case.questions
    found = {q.text: q for q in case.questions}
    room = MAX_QUESTIONS - len(found)
    for issue in (issue for issue in case.issues if not is_solved(issue, case)):
        for question in (
            *_for_code(issue, tools),
            *_for_claim(issue, case, tools),
            *_for_story(issue, case),
        ):
            if question.text not in found and room > 0:
                found[question.text], room = question, room - 1
    return tuple(found.values())


def asks_what_we_need(point: str) -> bool:
    """Whether the customer asks what to send or tell us."""
    return _ASKS_WHAT_WE_NEED.search(point) is not None


def _for_claim(issue: Issue, case: Case, tools: Tools) -> list[Question]:
    """What the category calls for and only the customer can tell, where they ask for it."""
    chosen = next(
        (c for c in case.candidates if issue.choice and c.id == issue.choice.candidate_id), None
    )
    if chosen is None or canned_reply(issue, chosen, case, tools) is not None:
        return []
    if not any(_claims(p, issue, case, tools) for p in issue.points):
        return []
    declared = {d.path: d for d in tools.policy_set.facts}
    missing = [declared[path] for path in issue.missing if path in declared]
    return [
        Question(fact=d.path, text=d.question, settles=f"what {issue.id} needs to go on")
        for d in missing
        if d.question and d.source == "customer" and not d.account
    ]


def _for_code(issue: Issue, tools: Tools) -> list[Question]:
    """Which code it is, where the customer speaks of one and names none: it decides the answer."""
    return [
        Question(fact=d.path, text=d.question, settles="which code the answer is about")
        for d in tools.policy_set.facts
        if d.path in issue.missing
        and d.path.endswith("code")
        and d.question
        and not codes(issue.text)
        and find((d.label, *d.label.split()), issue.text)
    ][:1]


def _claims(point: Point, issue: Issue, case: Case, tools: Tools) -> bool:
    """Whether they ask what we need. A request we cannot meet yet is asked about by `decide`."""
    if asks_what_we_need(point.text):
        return True
    wished = [
        wish(signals_of(c, tools.policy_set), point.text)
        for c in case.candidates
        if c.issue_id == issue.id and c.verdict and c.verdict.value == "unknown"
    ]
    return "requested" in wished


def _for_story(issue: Issue, case: Case) -> list[Question]:
    """What a clear ticket would say, where nothing was found and nothing is asked.

    "It does it again" says that something is wrong, and not what: a clear question, or one of a
    matter that the company has a name for, needs no question of ours.
    """
    unknown = issue.abstention is not None and issue.abstention.code == "no_evidence"
    asks = {"question", "request"} & {saying.role for saying in said(issue.text)}
    told = {saying.role for saying in said(issue.text)}
    if not unknown or asks or "problem" not in told or case.completeness is None:
        return []
    return [
        Question(fact="", text=item.question, settles=f"what is behind: {issue.statement}")
        for item in case.completeness.items
        if not item.known and item.question
    ][:2]

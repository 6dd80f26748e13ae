"""Is each thing that the customer raised answered, asked back or declared open?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.issue import Issue, Point
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Embed, Grounds
from evals.scorers.scorer import Part, Scorer, fold, holds, share_met
from evals.scorers.speaking import speaks_of

QUOTED = 24
"""Letters of a point that stand in the reply where it is declared open: it may be shortened."""


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """The share of points that the reply takes up.

    One that no point holds is taken up where the reply itself speaks of it.
    """
    return share_met([_taken_up(words, suggestion, grounds.embed) for words in case.expect.points])


def _taken_up(words: str, suggestion: Suggestion, embed: Embed | None) -> Part:
    points = [(p, i) for i in suggestion.issues for p in i.points if holds(p.text, words)]
    if not points:
        shown = " | ".join(p.text for issue in suggestion.issues for p in issue.points)
        met = holds(suggestion.draft.text, words)
        return Part(met, f"“{words}” is no point, and the reply is silent: {shown or 'none'}")
    silent = [p.text for p, issue in points if not _stands(p, issue, suggestion, embed)]
    met = len(silent) < len(points)
    return Part(met, f"“{words}” is open, and the reply does not say so: {'; '.join(silent)}")


def _stands(point: Point, issue: Issue, suggestion: Suggestion, embed: Embed | None) -> bool:
    """What the product calls answered or asked is so only where something answers or asks.

    What answers is a statement of the reply that is about the point.

    An open one is declared where the reply quotes it, where all of its issue is declared open, and
    where the customer is told who takes over.
    """
    draft = suggestion.draft
    if point.status == "answered":
        return speaks_of(draft, point.text, issue.statement, embed) or _told(suggestion)
    if point.status == "asked":
        return bool(suggestion.questions)
    quoted = fold(point.text)[:QUOTED].casefold()
    declared = issue.abstention is not None or _told(suggestion)
    return declared or quoted in fold(draft.text).casefold()


def _told(suggestion: Suggestion) -> bool:
    """The reply tells who takes over, and they answer all of it."""
    notice = fold(suggestion.escalation.customer_notice)
    return suggestion.escalation.needed and bool(notice) and notice in fold(suggestion.draft.text)


SCORER = Scorer("points", lambda expect: bool(expect.points), judge)

"""Which points of an issue the reply answers, with which quotes; the rest is asked or open."""

from typing import Literal

from assist.domain.case import Case
from assist.domain.draft import Citation
from assist.domain.issue import Issue, Point
from assist.domain.solution import Candidate
from assist.drafting.selection import Thresholds, nearness, select
from assist.graph.called_for import for_region, regions_of
from assist.graph.requests import signals_of, wish
from assist.graph.scope import region_of
from assist.graph.steps.gather import quotable
from assist.graph.tools import Tools
from assist.graph.weights import BARS

Status = Literal["answered", "asked", "open"]
CLEARLY = 0.08
"""By how much a quote must be nearer to a point to be added: less is a rewording."""
POINT = Thresholds(floor=0.45, relative=0.9, sentences=2)
"""A further point is answered by at most two sentences, and only by near ones: the article was
found for the whole issue, not for this point."""


def answered_points(
    issue: Issue, chosen: Candidate | None, case: Case, tools: Tools
) -> tuple[tuple[Point, ...], tuple[Citation, ...]]:
    """Points with their status, and the quotes that answer them, the choice's own first."""
    if chosen is None:
        unanswered: Status = "asked" if case.questions else "open"
        return tuple(Point(text=p.text, status=unanswered) for p in issue.points), ()
    citations = list(chosen.citations or _supporting(issue, case))
    points: list[Point] = []
    for point in issue.points:
        status = _of_request(point.text, chosen, issue, case, tools)
        if status is None:
            better = _better_answer(point.text, citations, issue, case, tools)
            citations += [c for c in better if c not in citations]
            answered = _nearest(point.text, citations, tools) >= POINT.floor
            status = "answered" if answered else "open"
        points.append(Point(text=point.text, status=status))
    return tuple(points), tuple(citations)


def _of_request(
    point: str, chosen: Candidate, issue: Issue, case: Case, tools: Tools
) -> Status | None:
    """A request is answered by doing it; none where the point asks for nothing we could do."""
    wanted = [
        candidate
        for candidate in case.candidates
        if candidate.issue_id == issue.id
        and wish(signals_of(candidate, tools.policy_set), point) == "requested"
    ]
    if not wanted:
        return None
    if chosen in wanted:
        return "answered"
    missing = {path for c in wanted if c.verdict for path in c.verdict.facts}
    return "asked" if missing & {q.fact for q in case.questions} else "open"


def _supporting(issue: Issue, case: Case) -> tuple[Citation, ...]:
    """What an article says beside an action: the first answer that the KB has, if it covers it."""
    if case.coverage.get(issue.id, 0.0) < BARS.coverage:
        return ()
    informs = [c for c in case.candidates if c.issue_id == issue.id and c.citations]
    return informs[0].citations if informs else ()


def _nearest(point: str, citations: list[Citation], tools: Tools) -> float:
    return max(tools.similarity(point, [c.quote for c in citations]), default=0.0)


def _better_answer(
    point: str, citations: list[Citation], issue: Issue, case: Case, tools: Tools
) -> tuple[Citation, ...]:
    """Quotes from any passage found that answer this point clearly better than those chosen."""
    passages = [hit.passage for hit in quotable(case.hits.get(issue.id, ()))]
    regions = regions_of(tools.policy_set)
    found = select(
        point,
        passages,
        tools.similarity,
        POINT,
        fits=lambda statement: for_region(statement, region_of(case), regions),
    )
    clearly = _nearest(point, citations, tools) + CLEARLY
    return tuple(s.citation for s in found) if nearness(found) >= clearly else ()

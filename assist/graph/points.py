"""Which points of an issue the reply answers, with which quotes; the rest is asked or open."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from assist.domain.case import Case
from assist.domain.draft import Citation
from assist.domain.issue import Issue, Point
from assist.domain.knowledge import Passage
from assist.domain.solution import Candidate
from assist.drafting.answer_types import asked_types, holds
from assist.drafting.facts import heading_of, stated
from assist.drafting.selection import Thresholds, codes, nearness, select
from assist.graph.asking import asks_what_we_need
from assist.graph.for_customer import fits_customer, speaks_to_customer
from assist.graph.requests import signals_of, wish
from assist.graph.steps.gather import quotable
from assist.graph.tools import Tools
from assist.graph.weights import BARS
from assist.language.phrases import find
from assist.language.statements import Statement
from assist.understanding.products import about_any, product_choices

Status = Literal["answered", "asked", "open"]
CLEARLY = 0.08
"""By how much a quote must be nearer to a point to be added: less is a rewording."""
POINT = Thresholds(floor=0.45, relative=0.9, sentences=2)
"""A further point is answered by at most two sentences, and only by near ones: the article was
found for the whole issue, not for this point."""
IN_CONTEXT = Thresholds(floor=0.45, relative=0.9, sentences=1)
"""For "How long does it take?", which is near to nothing: read beside the story, and answered only
by a statement that holds a time."""

WHOLE_STORY = 0.55
"""Cosine from which on an answer without steps still tells what to do: on our own cases those that
did had .59 and more, those that did not .53 and less."""


class _Told:
    """What is cited for an issue, as statements, and how near they come to what is asked."""

    def __init__(self, issue: Issue, case: Case, tools: Tools) -> None:
        categories = tools.policy_set.categories
        self.issue = issue
        self.title = next((c.title for c in categories if c.id == issue.category), "")
        self.similarity = tools.similarity
        self.products = product_choices(tools.policy_set.facts)
        self.fits = fits_customer(issue, case, tools.policy_set)
        hits = case.hits.get(issue.id, ())
        speaks = speaks_to_customer(issue, case, tools.policy_set)
        self.found = [hit.passage for hit in quotable(hits) if speaks(hit.passage)]
        self.passages: Mapping[str, Passage] = {
            h.passage_id: h.passage for all_hits in case.hits.values() for h in all_hits
        }

    def statement(self, citation: Citation) -> Statement:
        return stated(citation, self.passages)

    def nearest(self, point: str, citations: Sequence[Citation]) -> float:
        """The best cosine of a point to a quote."""
        return max(self.similarity(point, [c.quote for c in citations]), default=0.0)

    def speaks_to(self, point: str, citations: Sequence[Citation]) -> bool:
        """Whether a quote, alone or under its heading, is near to the point about any device."""
        wordings = dict.fromkeys((point, about_any(point, self.products)))
        if any(self.nearest(wording, citations) >= POINT.floor for wording in wordings):
            return True
        near = self.similarity(point, [self._reading(c) for c in citations])
        return max(near, default=0.0) >= POINT.floor

    def in_context(self, point: str, citations: Sequence[Citation]) -> float:
        """The same of a point that means nothing without the story it stands in."""
        texts = [self._reading(c) for c in citations]
        near = self.similarity(self.asked(point), texts), self.similarity(self.issue.text, texts)
        return max(((a + b) / 2 for a, b in zip(*near, strict=True)), default=0.0)

    def asked(self, point: str) -> str:
        return f"{self.title}: {point}" if self.title else point

    def _reading(self, citation: Citation) -> str:
        heading = heading_of(self.passages[citation.passage_id])
        text = self.statement(citation).text
        return f"{heading}: {text}" if heading else text


def answered_points(
    issue: Issue, chosen: Candidate | None, case: Case, tools: Tools
) -> tuple[tuple[Point, ...], tuple[Citation, ...]]:
    """Points with their status, and the quotes that answer them, the choice's own first."""
    if chosen is None:
        unanswered: Status = "asked" if case.questions else "open"
        return tuple(Point(text=p.text, status=unanswered) for p in issue.points), ()
    told = _Told(issue, case, tools)
    citations = list(chosen.citations) or _beside_act(_supporting(issue, case), told)
    citations = _fitting(citations, told)
    points: list[Point] = []
    for point in issue.points:
        status = _of_request(point.text, chosen, issue, case, tools)
        if status is None:
            better = _better_answer(point.text, citations, told)
            citations += [c for c in better if c not in citations]
            answered = _is_answered(point.text, citations, told)
            answered = answered or _tells_of_act(point.text, citations, issue, tools)
            status = "answered" if answered else "open"
            if status == "open" and case.questions and asks_what_we_need(point.text):
                status = "asked"
        points.append(Point(text=point.text, status=status))
    return tuple(points), tuple(citations)


def _fitting(citations: list[Citation], told: _Told) -> list[Citation]:
    """Without what holds for others only, unless nothing would be left."""
    return [c for c in citations if told.fits(told.statement(c))] or citations


def _beside_act(citations: Sequence[Citation], told: _Told) -> list[Citation]:
    """Without steps: what we do ourselves the customer is not told to do as well."""
    return [c for c in citations if told.statement(c).form != "step"]


def _is_answered(point: str, citations: list[Citation], told: _Told) -> bool:
    """A question for a time, a sum or steps is answered by one; any other by what is near to it.

    One about a code is answered by what names the code, and "What do I do?" by what is near to the
    whole story where no steps are told.
    """
    if any(codes(point) & codes(told.statement(c).text) for c in citations):
        return True
    wanted = asked_types(point)
    of_kind = [c for c in citations if _of_kind(told.statement(c), wanted)]
    if of_kind:
        return told.in_context(point, of_kind) >= IN_CONTEXT.floor
    if "steps" in wanted:
        return told.in_context(point, citations) >= WHOLE_STORY
    return not wanted and told.speaks_to(point, citations)


def _of_kind(statement: Statement, wanted: Sequence[str]) -> bool:
    steps = "steps" in wanted and statement.form == "step"
    return steps or any(holds(kind, statement.text) for kind in ("time", "sum") if kind in wanted)


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


def _tells_of_act(point: str, citations: Sequence[Citation], issue: Issue, tools: Tools) -> bool:
    """Whether a quote speaks of the act that is asked for, where the matter has its own way to it.

    "I want my money back" for a recalled device is answered by "choose a replacement or a refund".
    """
    return any(
        issue.category not in action.categories
        and find(action.signals, point)
        and any(find(action.signals, citation.quote) for citation in citations)
        for action in tools.policy_set.actions
    )


def _supporting(issue: Issue, case: Case) -> tuple[Citation, ...]:
    """What an article says beside an action: the first answer that the KB has, if it covers it."""
    if case.coverage.get(issue.id, 0.0) < BARS.coverage:
        return ()
    informs = [c for c in case.candidates if c.issue_id == issue.id and c.citations]
    return informs[0].citations if informs else ()


def _better_answer(point: str, citations: list[Citation], told: _Told) -> tuple[Citation, ...]:
    """Quotes from any passage found that answer this point clearly better than those chosen."""
    found = select(point, told.found, told.similarity, POINT, fits=told.fits)
    clearly = told.nearest(point, citations) + CLEARLY
    # What only shares the device's name with the point answers something else about the device.
    general = told.similarity(about_any(point, told.products), [s.text for s in found])
    if found and nearness(found) >= clearly and max(general) >= POINT.floor:
        return tuple(s.citation for s in found)
    in_kind = _answer_in_kind(point, told)
    cited = [c for c in citations if _of_kind(told.statement(c), asked_types(point))]
    nearer = told.in_context(point, in_kind) > told.in_context(point, cited)
    return in_kind if nearer else ()


def _answer_in_kind(point: str, told: _Told) -> tuple[Citation, ...]:
    """The statement beside the story that holds the time or the sum asked for."""
    wanted = [kind for kind in asked_types(point) if kind != "steps"]
    if not wanted:
        return ()
    in_kind: Callable[[Statement], bool] = lambda part: (  # noqa: E731
        part.form != "step" and _of_kind(part, wanted) and told.fits(part)
    )
    found = select(
        told.asked(about_any(point, told.products)), told.found, told.similarity, IN_CONTEXT,
        told=told.issue.text, fits=in_kind,
    )  # fmt: skip
    return tuple(s.citation for s in found)

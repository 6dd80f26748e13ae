"""Decisions -> the reply, and the promises in it."""

from assist.domain.case import Case
from assist.domain.draft import Promise
from assist.domain.issue import Issue, Point
from assist.drafting.reply import Part, Setting, write_reply
from assist.graph.commitments import commitments
from assist.graph.languages import in_company_words, is_unread, reply_language
from assist.graph.points import answered_points
from assist.graph.requests import requested
from assist.graph.solved import is_solved
from assist.graph.state import Update
from assist.graph.time import next_contact, time_zone_of
from assist.graph.tools import Tools
from assist.understanding.points import said


async def communicate(case: Case, tools: Tools) -> Update:
    """One reply for all issues; every point answered, asked back about, or declared open."""
    told = [_part(issue, case, tools) for issue in case.issues]
    setting = Setting(
        time_zone=time_zone_of(case, tools.policy_set),
        next_contact=next_contact(case, tools.policy_set, [part.open_points for part in told]),
        notices=_notices(case),
        language=reply_language(case),
        unread=is_unread(case),
        alone=case.escalation is not None and case.escalation.alone,
        write_en=_write_en(case, tools),
    )
    passages = {hit.passage_id: hit.passage for hits in case.hits.values() for hit in hits}
    draft, promises = write_reply(case, tuple(told), setting, passages)
    facts = sum(sentence.kind == "fact" for sentence in draft.sentences)
    return {
        "issues": tuple(part.issue for part in told),
        "draft": draft,
        "promises": promises,
        "said": f"{len(draft.sentences)} sentences, {facts} cited, {len(promises)} promise(s)",
    }


def _part(issue: Issue, case: Case, tools: Tools) -> Part:
    chosen = next(
        (c for c in case.candidates if issue.choice and c.id == issue.choice.candidate_id), None
    )
    category = next((c for c in tools.policy_set.categories if c.id == issue.category), None)
    points, citations = answered_points(issue, chosen, case, tools)
    return Part(
        issue=issue.model_copy(update={"points": points}),
        topic=_topic(category.title, case) if category and in_company_words(case, tools) else "",
        citations=citations,
        promises=commitments(chosen, case, tools.policy_set) if chosen else (),
        solved=is_solved(issue, case),
        needs_approval=_needs_approval(issue, case, tools),
        open_points=_told_open(points) if chosen else (),
    )


def _topic(title: str, case: Case) -> str:
    """The title inside an English sentence: names keep their capitals. Elsewhere it is quoted."""
    if reply_language(case) != "en":
        return title
    return title.lower() if title == title.capitalize() else title


def _write_en(case: Case, tools: Tools) -> bool:
    """Whether a customer we cannot answer may be told that English would do."""
    foreign = case.language is not None and case.language.code != "en"
    return is_unread(case) and foreign and not tools.abilities.lacks("en")


def _told_open(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Open questions and requests; a complaint nobody can answer is not quoted back."""
    return tuple(
        point.text
        for point in points
        if point.status == "open"
        and (point.text.endswith("?") or said(point.text)[0].role == "request")
    )


def _needs_approval(issue: Issue, case: Case, tools: Tools) -> bool:
    return any(
        candidate.verdict.value == "needs_approval"
        for candidate in case.candidates
        if candidate.issue_id == issue.id
        and candidate.verdict
        and requested(candidate, case, tools.policy_set)
    )


def _notices(case: Case) -> tuple[Promise, ...]:
    """What the customer is told of an escalation, as a commitment with its deadline."""
    escalation = case.escalation
    if escalation is None or not escalation.needed or not escalation.customer_notice:
        return ()
    who = escalation.path.team if escalation.path else "agent"
    notice = escalation.customer_notice
    due = escalation.hears_by or escalation.deadline
    return (Promise(text=notice, who=who, what="take over the case", due=due),)

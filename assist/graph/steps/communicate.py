"""Decisions -> the reply, and the promises in it."""

import asyncio
from collections.abc import Mapping

from assist.domain.case import Case
from assist.domain.categories import Category
from assist.domain.draft import Promise
from assist.domain.issue import Issue, Point
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Made
from assist.drafting.moods import mood_of
from assist.drafting.on_record import record_lines
from assist.drafting.promises import dated
from assist.drafting.reply import Part, Setting, write_reply
from assist.drafting.their_words import first_fit
from assist.drafting.tone import wording
from assist.graph.asking import asked_besides
from assist.graph.called_for import regions_of
from assist.graph.canned import canned_reply
from assist.graph.commitments import commitments
from assist.graph.languages import in_company_words, is_unread, reply_language
from assist.graph.llm.write import written
from assist.graph.on_record import known_of
from assist.graph.points import answered_points
from assist.graph.requests import requested
from assist.graph.scope import region_of
from assist.graph.solved import is_solved
from assist.graph.state import Update
from assist.graph.time import next_contact, time_zone_of
from assist.graph.timeliness import with_untimely
from assist.graph.tools import Tools
from assist.language.phrases import find
from assist.understanding.points import said
from assist.understanding.products import product_choices, products_named


async def communicate(case: Case, tools: Tools) -> Update:
    """One reply for all issues; every point answered, asked back about, or declared open."""
    case = case.model_copy(update={"questions": asked_besides(case, tools)})
    told = [_part(issue, case, tools) for issue in case.issues]
    setting = Setting(
        tone=tools.policy_set.tone,
        channel=case.ticket.channel,
        time_zone=time_zone_of(case, tools.policy_set),
        elsewhere=_elsewhere(case, tools),
        next_contact=next_contact(case, tools.policy_set, [part.open_points for part in told]),
        notices=_notices(case),
        language=reply_language(case),
        unread=is_unread(case),
        alone=case.escalation is not None and case.escalation.alone,
        write_en=_write_en(case, tools),
    )
    passages = {hit.passage_id: hit.passage for hits in case.hits.values() for hit in hits}
    told, made = await _in_model_words(told, setting, passages, case, tools)
    draft, promises = write_reply(case, tuple(told), setting, passages)
    draft, unkept = with_untimely(draft, promises, case, tools.policy_set)
    facts = sum(sentence.kind == "fact" for sentence in draft.sentences)
    return {
        "issues": tuple(part.issue for part in told),
        "questions": case.questions,
        "draft": draft,
        "promises": promises,
        "notes": (*case.notes, *unkept),
        "made": (*case.made, *made),
        "said": f"{len(draft.sentences)} sentences, {facts} cited, {len(promises)} promise(s)",
    }


async def _in_model_words(
    told: list[Part],
    setting: Setting,
    passages: Mapping[str, Passage],
    case: Case,
    tools: Tools,
) -> tuple[list[Part], list[Made]]:
    """The parts with what a model wrote about them, where there is one and it may."""
    model = tools.model
    if model is None:
        return told, []
    if setting.unread or setting.alone or not in_company_words(case, tools):
        reason = "the reply is a notice of ours, or in a language that nothing here can check"
        return told, [Made(part="communicate", mode="extractive", reason=reason)]
    done = await asyncio.gather(*(written(part, setting, passages, model) for part in told))
    return [part for part, _ in done], [how for _, how in done]


def _part(issue: Issue, case: Case, tools: Tools) -> Part:
    chosen = next(
        (c for c in case.candidates if issue.choice and c.id == issue.choice.candidate_id), None
    )
    category = next((c for c in tools.policy_set.categories if c.id == issue.category), None)
    points, citations = answered_points(issue, chosen, case, tools)
    words = wording(tools.policy_set.tone, reply_language(case))
    zone = time_zone_of(case, tools.policy_set)
    macro = canned_reply(issue, chosen, case, tools)
    made = commitments(chosen, case, tools.policy_set) if chosen else ()
    return Part(
        issue=issue.model_copy(update={"points": points}),
        topic=_topic(category.title, case) if category and in_company_words(case, tools) else "",
        words=_their_words(issue, category, case, tools),
        citations=citations,
        promises=tuple(dated(promise, zone, words) for promise in made),
        solved=is_solved(issue, case),
        needs_approval=_needs_approval(issue, case, tools),
        open_points=() if macro else _told_open(points, case),
        on_record=() if macro else _on_record(issue, case, tools, words),
        macro=macro,
    )


def _on_record(issue: Issue, case: Case, tools: Tools, words: Mapping[str, str]) -> tuple[str, ...]:
    """What the account says about the issue; nothing to whom we have not checked."""
    if not case.ticket.customer.identity_verified or not in_company_words(case, tools):
        return ()
    declared = {d.path: d for d in tools.policy_set.facts}
    facts = known_of(issue, tools.policy_set)
    return record_lines(facts, declared, time_zone_of(case, tools.policy_set), words)


def _topic(title: str, case: Case) -> str:
    """The title inside an English sentence: names keep their capitals. Elsewhere it is quoted."""
    if reply_language(case) != "en":
        return title
    return title.lower() if title == title.capitalize() else title


def _their_words(issue: Issue, category: Category | None, case: Case, tools: Tools) -> str:
    """What is wrong, as the customer puts it; nothing where they are upset, afraid or commanding.

    Of their sentences, the first that names the product or the matter by one of its words.

    A quote shows that somebody has read the message. It does not where it repeats an insult, an
    order to the machine, or what hurts to read again.
    """
    grave = issue.priority is not None and issue.priority.signals
    moved = any(signal.name != "praise" for signal in case.signals)
    if reply_language(case) != "en" or grave or moved or mood_of(case) in ("danger", "grave"):
        return ""
    products = product_choices(tools.policy_set.facts)
    terms = category.terms if category else ()
    return first_fit(
        [
            one.text
            for one in said(issue.text)
            if one.role == "problem"
            and (find(terms, one.text) or products_named(one.text, products))
        ]
    )


def _elsewhere(case: Case, tools: Tools) -> frozenset[str]:
    """The company's regions that are not the customer's; none where theirs is not known."""
    region = region_of(case)
    return regions_of(tools.policy_set) - {region} if region else frozenset()


def _write_en(case: Case, tools: Tools) -> bool:
    """Whether a customer we cannot answer may be told that English would do."""
    foreign = case.language is not None and case.language.code != "en"
    return is_unread(case) and foreign and not tools.abilities.lacks("en")


SHORTEST_OPEN = 3
"""Words of a question that is named as open; "So?" alone would read as mockery."""


def _told_open(points: tuple[Point, ...], case: Case) -> tuple[str, ...]:
    """Open questions and requests; a complaint nobody can answer is not quoted back.

    Nor is what the notice of an escalation answers, or any text that gives orders to the machine.
    """
    if any(signal.name in ("injection", "abuse") for signal in case.signals):
        return ()
    heard = [t.evidence for t in case.escalation.triggers] if case.escalation else []
    return tuple(
        point.text
        for point in points
        if point.status == "open"
        and len(point.text.split()) >= SHORTEST_OPEN
        and (point.text.endswith("?") or said(point.text)[0].role == "request")
        and not any(" ".join(point.text.split()) in evidence for evidence in heard)
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

"""Use case: the topics in which agents set aside what was right."""

from collections.abc import Iterator
from datetime import datetime

from assist.domain.draft import Citation
from assist.domain.gaps import Span
from assist.domain.kb_health import TrainingNeeds
from assist.domain.suggestion import Suggestion
from assist.errors import NotFound
from assist.insights.training import AGENTS, TICKETS, Override, training_needs
from assist.service.kb_health.told import Told, told_since
from assist.service.parts import Parts

SUPPORTED = 0.8
"""Share of a draft's statements that passages bear out from which on it is called supported."""


def needs_since(parts: Parts, since: datetime, until: datetime) -> TrainingNeeds:
    """Of suggestions decided about in that time."""
    told = told_since(parts, since, parts.feedback.since(since)).values()
    aside = [one for one in told if not one.taken and one.at < until]
    right = [found for one in aside if _proved(one) and (found := _override(parts, one))]
    needs = training_needs(right)
    return TrainingNeeds(
        since=since,
        until=until,
        overridden=len(aside),
        right=len(right),
        few=needs.few,
        gaps=needs.gaps,
        notes=tuple(_notes(needs.few)),
    )


def _notes(few: int) -> Iterator[str]:
    if few:
        yield (
            f"{few} more are of topics with fewer than {AGENTS} agents or {TICKETS} tickets, "
            "which are not told"
        )


def _proved(told: Told) -> bool:
    """Whether it shows that the suggestion was right.

    A judgment outweighs an outcome: that a customer came back may have other reasons.
    """
    return told.judged if told.judged is not None else told.ended == "came_back"


def _override(parts: Parts, told: Told) -> Override | None:
    """None where it was not supported, or not within policy, or is no longer kept."""
    try:
        suggestion = parts.suggestions.get(told.suggestion_id)
    except NotFound:  # past its retention
        return None
    supported, category = _supported(suggestion), suggestion.issue.category
    if category is None or supported < SUPPORTED or not _within_policy(suggestion):
        return None
    cited = [c for sentence in suggestion.draft.sentences for c in sentence.citations]
    texts = {hit.passage_id: hit.passage.text for hit in suggestion.hits}
    return Override(
        ticket_id=suggestion.ticket_id,
        category=category,
        statement=parts.redactor.redact(suggestion.issue.statement, {}),
        at=told.at,
        agent=told.by,
        supported=supported,
        came_back=told.ended == "came_back",
        quotes=tuple(dict.fromkeys(_quoted(c, texts.get(c.passage_id, "")) for c in cited)),
        documents=tuple(sorted({c.document_id for c in cited})),
    )


def _quoted(citation: Citation, passage: str) -> Span:
    start = max(0, passage.find(citation.quote))  # it stands there, but for white space
    source, end = f"passage:{citation.passage_id}", start + len(citation.quote)
    return Span(source=source, text=citation.quote, start=start, end=end)


def _supported(suggestion: Suggestion) -> float:
    """Share of what the draft states that passages bear out; 0 where it states nothing."""
    stated = [one for one in suggestion.draft.sentences if one.kind == "fact"]
    return sum(one.support == "supported" for one in stated) / len(stated) if stated else 0.0


def _within_policy(suggestion: Suggestion) -> bool:
    """Whether a solution was chosen that asks nobody's leave, and nothing in it was flagged."""
    chosen = suggestion.choice.candidate_id if suggestion.choice else None
    verdicts = [one.verdict for one in suggestion.candidates if one.id == chosen]
    flagged = any(sentence.flags for sentence in suggestion.draft.sentences)
    return (
        bool(verdicts) and not flagged and all(v is None or v.value == "allowed" for v in verdicts)
    )

"""A record -> a page of Markdown: what somebody reads who has the next case like it."""

from collections.abc import Callable, Iterator

from assist.domain.ledger import Entry
from assist.domain.record import Deviation, HandedOver, Record, RecordedIssue, RecordedOutcome
from assist.graph.casework.markdown_answers import approvals, escalations, looks
from assist.graph.casework.page_words import in_short, in_words, plain, when

Lines = Iterator[str]


def as_markdown(record: Record) -> str:
    """The whole record; a part of which there is nothing is left out.

    What customers and agents wrote is text: in it, nothing is a link, a picture or HTML.
    """
    parts = [list(part(record)) for part in _PARTS]
    told = ["\n".join(lines) for lines in parts if lines]
    return "\n\n".join(told) + "\n"


def _head(record: Record) -> Lines:
    yield f"# Case {plain(record.case_id)}: {record.status}"
    yield ""
    yield f"- Ticket: {plain(record.ticket_id)}"
    yield f"- Customer: {plain(record.customer_id or 'not known')}"
    if record.product:
        yield f"- Product: {plain(record.product)}"
    yield f"- Opened: {when(record.opened_at)}"
    if record.closed_at:
        yield f"- Closed: {when(record.closed_at)}"
    for note in record.notes:
        yield f"- Note: {plain(note)}"


def _issues(record: Record) -> Lines:
    for number, issue in enumerate(record.issues):
        if number:
            yield ""
        yield from _issue(issue)


def _issue(issue: RecordedIssue) -> Lines:
    yield f"## Issue: {plain(issue.statement)}"
    yield ""
    yield f"> {plain(issue.words)}"
    yield ""
    yield f"- Category: {issue.category or 'none'}; priority: {issue.priority or 'none'}"
    for fact in issue.environment:
        yield f"- {fact.path}: {in_words(fact.value)} (from {fact.source})"
    for cause in issue.causes:
        state = "confirmed" if cause.confirmed else "unconfirmed"
        yield f"- Cause, {state}: {plain(cause.statement)} ({plain(cause.why)})"
    for one in issue.considered:
        marks = [*(["suggested"] if one.suggested else []), *(["taken"] if one.taken else [])]
        told = f" — {' and '.join(marks)}" if marks else ""
        yield f"- Candidate {one.id}, {plain(one.title)}: {in_short(one.verdict)}{told}"
    if issue.choice:
        yield f"- Chosen for: {plain(issue.choice.reason)}"
    if issue.abstention:
        yield f"- No answer, {issue.abstention.code}: {plain(issue.abstention.reason)}"


def _clauses(record: Record) -> Lines:
    if record.clauses:
        yield "## Clauses in force"
        yield ""
    for one in record.clauses:
        edition = f"{one.policy_id} {one.version}" if one.version else "edition not kept"
        since = f", in force from {one.effective}" if one.effective else ""
        yield f"- {one.clause_id} ({one.type}; {edition}{since}): {plain(one.text)}"


def _decisions(record: Record) -> Lines:
    if record.deviations or record.approvals or record.granted:
        yield "## Decided otherwise than suggested, or approved"
        yield ""
    for one in record.deviations:
        yield from _deviation(one)
    yield from approvals(record.approvals)
    for grant in record.granted:
        amount = f" of {grant.amount}" if grant.amount else ""
        taken_back = "" if grant.counts else ", taken back"
        yield f"- {grant.action}{amount} granted by {plain(grant.by)} ({grant.level}){taken_back}"


def _deviation(one: Deviation) -> Lines:
    done = f"- {when(one.at)}, {plain(one.by or 'nobody named')}: {one.kind}"
    details = [
        f"{plain(one.candidate)}" if one.candidate else "",
        f"needs approval of {one.needs}" if one.needs else "",
        f"approved by {plain(one.approved)}" if one.approved else "",
        f"{one.changed} words changed of {one.words}" if one.text else "",
        f"reason: {plain(one.reason)}" if one.reason else "",
    ]
    yield "; ".join([done, *filter(None, details)])
    if one.text:
        yield f"  > {plain(one.text)}"


def _promises(record: Record) -> Lines:
    if record.promises:
        yield "## Promises and follow-ups"
        yield ""
    yield from map(_entry, record.promises)


def _entry(one: Entry) -> str:
    due = f", due {when(one.due)}" if one.due else ", no time named"
    by = f" by {plain(one.settled_by)}" if one.settled_by else ""
    note = f" ({plain(one.note)})" if one.note else ""
    return f"- {one.state}{by}: {plain(one.text or one.what)} — {plain(one.owner)}{due}{note}"


def _consultations(record: Record) -> Lines:
    if record.consultations:
        yield "## Asked in the company"
        yield ""
    for one in record.consultations:
        answer = "" if one.answer is None else f": {in_words(one.answer)}"
        note = f" ({plain(one.note)})" if one.note else ""
        yield f"- {plain(one.owner)}, {one.state}: {plain(one.question)}{answer}{note}"


def _escalation(record: Record) -> Lines:
    handed = record.escalation
    if handed is None and not record.escalations:
        return
    yield "## Escalation"
    yield ""
    if handed is not None:
        yield from _handed_over(handed)
    yield from escalations(record.escalations)


def _handed_over(handed: HandedOver) -> Lines:
    found = handed.found
    if handed.at:
        by = plain(handed.by or "nobody named")
        yield f"- Handed over {when(handed.at)} by {by}: {plain(handed.reason)}"
    else:
        yield "- Called for, and not handed over"
    if found.path:
        yield f"- To: {plain(found.path.team)} ({plain(found.path.role)})"
    if found.deadline:
        yield f"- By: {when(found.deadline)}"
    for trigger in found.triggers:
        yield f"- {trigger.code}: {plain(trigger.evidence)}"


def _outcomes(record: Record) -> Lines:
    if record.outcomes:
        yield "## Outcome"
        yield ""
    yield from map(_outcome, record.outcomes)
    yield from looks(record.looks)


def _outcome(one: RecordedOutcome) -> str:
    rating = f", rated {one.rating} of 5" if one.rating is not None else ""
    words = "; ".join(plain(text) for text in (one.comment, one.tried) if text)
    kind = one.kind.replace("_", " ")
    told = f": {words}" if words else ""
    return f"- {when(one.at)}, {kind}{rating}{told}"


def _links(record: Record) -> Lines:
    links = record.links
    yield "## Links"
    yield ""
    yield f"- Suggestions: {', '.join(links.suggestion_ids) or 'none'}"
    yield f"- Generations: {', '.join(links.generations) or 'none'}"
    yield f"- Policy versions: {', '.join(links.policy_versions) or 'none'}"
    for one in links.citations:
        yield f"- {one.document_id} ({one.passage_id}): {plain(one.quote)}"


_PARTS: tuple[Callable[[Record], Lines], ...] = (
    _head,
    _issues,
    _clauses,
    _decisions,
    _promises,
    _consultations,
    _escalation,
    _outcomes,
    _links,
)

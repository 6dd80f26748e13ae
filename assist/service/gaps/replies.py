"""What agents replied to the tickets of a gap -> the article in which it stands, if one does."""

from collections import Counter
from collections.abc import Sequence

from assist.insights.gaps.kinds import MOST, Answered
from assist.insights.gaps.uncovered import Uncovered
from assist.language.statements import statements
from assist.retrieval.covering.judge import Coverer
from assist.service.library import Library

SAME = 0.75
"""Cosine of a reply's statement and an article's line from which on one says what the other says.
Set by reading, not fitted: replies that quote an article are above .8 in the tests."""
FEWEST_WORDS = 6
"""Of a statement that tells something: thanks and greetings stand in no article."""
LACKING = 5


def answered_by(
    issues: Sequence[Uncovered], whole: Coverer, library: Library
) -> tuple[Answered | None, tuple[str, ...]]:
    """The article most replies rest on, and the customers' words that it lacks.

    None where no reply is known, or where its tickets find that article themselves.
    """
    replies = {issue.ticket_id: issue for issue in issues if issue.reply}
    told = [(ticket, text) for ticket, one in replies.items() for text in _told(one.reply)]
    if not told:
        return None, ()
    measured = whole.measure([text for _, text in told])
    by_document: dict[str, set[str]] = {}
    for (ticket, _), best, near in zip(told, measured.best, measured.near, strict=True):
        if best >= SAME:
            document = whole.lines[int(near[0])].document_id
            by_document.setdefault(document, set()).add(ticket)
    if not by_document:
        return None, ()
    document = max(sorted(by_document), key=lambda one: len(by_document[one]))
    count = len(by_document[document])
    finds = sum(issue.covered.document_id == document for issue in issues)
    if count < MOST * len(replies) or finds > MOST * len(issues):
        return None, ()
    found = Answered(document_id=document, replies=count, of=len(replies))
    return found, _lacking(issues, document, library)


def _told(reply: str) -> list[str]:
    texts = [one.text for one in statements(reply)]
    return [text for text in texts if len(text.split()) >= FEWEST_WORDS]


def _lacking(issues: Sequence[Uncovered], document: str, library: Library) -> tuple[str, ...]:
    """Words that several of them use and no passage of the article holds, the commonest first."""
    lexical, generation = library.parts.lexical, library.generation.id
    texts = "\n".join(passage.reading for passage in library.document(document))
    held = lexical.terms(generation, texts)
    counts = Counter(
        word
        for issue in issues
        for word in {*issue.covered.missing}
        if not lexical.terms(generation, word) <= held
    )
    return tuple(word for word, _ in counts.most_common(LACKING))

"""What is known of a cluster -> its kind, which names who fixes it, and why in one sentence.

Facts first, in one snapshot; then the kinds are tried in their order, the first that holds counts.
A kind of whose signs nothing is known is not guessed: then an article is missing.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assist.domain.base import Model
from assist.domain.gaps import GapKind
from assist.insights.gaps.gate import GATE
from assist.insights.gaps.uncovered import Uncovered

MOST = 0.5
"""Share of a gap's tickets that must show a sign."""
DEFECT_TICKETS = 5
"""Tickets of one product and symptom from which on it is the product: fewer are single devices."""
DEFECT_SHARE = 0.8
_SYMPTOM = re.compile(
    r"\b(?:(?:does|do|did|is|will|can)(?:n['’]t| not)|won['’]t|can['’]t|cannot|stopped|stops|keeps|"
    r"broken?|crash\w*|fail\w*|freez\w*|frozen|error|dead|stuck|overheat\w*|smok\w*|burn\w*|"
    r"leak(?:s|ed|ing)|drops?|disconnect\w*|faulty|defect\w*)\b",
    re.IGNORECASE,
)
"""How customers tell of something that fails, not of something they want to know."""


class Answered(Model):
    """An article in which what agents replied stands, though its tickets do not find it."""

    document_id: str
    replies: int
    of: int


class Seen(Model):
    """All that is known of a cluster. `action` is one that most ask for and no clause governs."""

    issues: tuple[Uncovered, ...]
    answered: Answered | None = None
    lacking: tuple[str, ...] = ()
    """Words of the customers that this article does not hold."""
    elsewhere: GapKind | None = None
    """Whom the article that answers them is kept from: for another audience, region, product."""
    scope: str = ""
    """The same in words: "it is for region US"."""
    action: str = ""


class Kind(NamedTuple):
    """A kind, its reason, and the articles that are concerned."""

    kind: GapKind
    reason: str
    documents: tuple[str, ...] = ()


def classify(seen: Seen) -> Kind:
    """The first kind whose signs are there."""
    return next(kind for detect in DETECTORS if (kind := detect(seen)) is not None)


def elsewhere(seen: Seen) -> Kind | None:
    """Answered, but not for these customers."""
    document = _common([issue.elsewhere for issue in seen.issues])
    if seen.elsewhere is None or not document:
        return None
    count = sum(issue.elsewhere == document for issue in seen.issues)
    reason = f"{count} of {len(seen.issues)} are answered by {document}, but {seen.scope}"
    return Kind(seen.elsewhere, reason, (document,))


def unfindable(seen: Seen) -> Kind | None:
    """The answer is there, under other words."""
    if seen.answered is None:
        return None
    found = seen.answered
    lacks = f"; it lacks their words: {', '.join(seen.lacking)}" if seen.lacking else ""
    reason = (
        f"{found.replies} of {found.of} replies say what {found.document_id} says, which these "
        f"tickets do not find{lacks}"
    )
    return Kind("unfindable", reason, (found.document_id,))


def policy_silent(seen: Seen) -> Kind | None:
    """Something is asked of us, and no rule says whether we do it."""
    if not seen.action:
        return None
    return Kind("policy_silent", f"most ask for {seen.action}, which no clause governs")


def product_defect(seen: Seen) -> Kind | None:
    """Many report that one product fails."""
    tickets = list({issue.ticket_id: issue for issue in seen.issues}.values())
    product = _common([issue.product for issue in tickets])
    failing = [one for one in tickets if one.product == product and _SYMPTOM.search(one.text)]
    if not product or len(failing) < max(DEFECT_TICKETS, DEFECT_SHARE * len(tickets)):
        return None
    reason = f"{len(failing)} of {len(tickets)} report that {product} fails in the same way"
    return Kind("product_defect", reason)


def missing_article(seen: Seen) -> Kind:
    """Nothing of what we have is near enough."""
    tickets = {issue.ticket_id for issue in seen.issues}
    near = _common([issue.covered.document_id for issue in seen.issues])
    values = [issue.covered.value for issue in seen.issues]
    count = f"{len(tickets)} tickets"
    if sum(values) / len(values) >= GATE.covered:
        # A sibling answers them by number: only a reader can tell whether it holds the answer.
        nearest = f"; see whether {near} says it" if near else ""
        reason = f"{count} ask alike and come less near to any article than others do{nearest}"
        return Kind("missing_article", reason)
    nearest = f"; the nearest, {near}, is about something else" if near else ""
    reason = f"no article answers these {count}: the best is covered at {max(values):.2f}"
    return Kind("missing_article", f"{reason}{nearest}")


DETECTORS: tuple[Callable[[Seen], Kind | None], ...] = (
    elsewhere,
    unfindable,
    policy_silent,
    product_defect,
    missing_article,
)


def _common(values: Sequence[str]) -> str:
    """What most of them are; "" where most are nothing, or no two agree often enough."""
    if not values:
        return ""
    value, count = Counter(values).most_common(1)[0]
    return value if count >= MOST * len(values) else ""

"""An article's health -> how much it wants review, and why, in words."""

from collections.abc import Iterator
from math import log2
from typing import NamedTuple

from assist.domain.base import Model
from assist.domain.kb_health import ArticleHealth


class AttentionScale(Model):
    """What each reason weighs. Wrong for the reader comes before untidy for the editor.

    Weights are judgment, not measurement; they only order the list. All are multiplied by
    1 + log2(1 + tickets shown), so that a fault that many see comes first.
    """

    contradictory: float = 4.0
    stale: float = 2.0
    overdue: float = 2.0
    unfindable: float = 2.0
    wrong_audience: float = 2.0
    duplicate: float = 1.0
    gap: float = 2.0
    failing: float = 3.0
    """Where even the upper end of the interval of its success is under `success`."""
    success: float = 0.6
    unused: float = 0.5
    """Alone it says little: a recall notice is read once in years."""


SCALE = AttentionScale()
_WORDS = {
    "contradictory": "it contradicts another article or itself",
    "stale": "it is out of date",
    "unfindable": "it is hard to find by its title and its own words",
    "wrong_audience": "what customers ask for stands only where they may not read",
    "duplicate": "it says what another article says",
}


class _Reason(NamedTuple):
    weight: float
    says: str


def with_attention(article: ArticleHealth, tickets: int) -> ArticleHealth:
    """The article with its reasons. `tickets` had a suggestion in the time, of any article."""
    reasons = sorted(_reasons(article, tickets), key=lambda one: -one.weight)
    seen = 1 + log2(1 + article.shown)
    return article.model_copy(
        update={
            "reasons": tuple(one.says for one in reasons),
            "attention": round(seen * sum(one.weight for one in reasons), 3),
        }
    )


def _reasons(article: ArticleHealth, tickets: int) -> Iterator[_Reason]:
    overdue = article.overdue_days
    for kind in dict.fromkeys(fault.kind for fault in article.faults):
        said = [fault.message for fault in article.faults if fault.kind == kind]
        if kind == "stale" and overdue is not None and len(said) == 1:
            continue  # that its review is overdue is told below
        if kind in _WORDS:
            yield _Reason(getattr(SCALE, kind), _WORDS[kind])
    if overdue is not None:
        yield _Reason(SCALE.overdue, f"its review is overdue by {overdue} days")
    if article.gaps:
        number = len(article.gaps)
        named = "open gap names" if number == 1 else "open gaps name"
        yield _Reason(SCALE.gap, f"{number} {named} it")
    yield from _failing(article)
    if not article.shown and tickets:
        yield _Reason(SCALE.unused, f"no ticket of {tickets} was shown it")


def _failing(article: ArticleHealth) -> Iterator[_Reason]:
    for share, what in ((article.taken, "taken"), (article.solved, "solved")):
        if share.rate is not None and share.interval[1] < SCALE.success:
            yield _Reason(SCALE.failing, f"{what}: {share.says}")

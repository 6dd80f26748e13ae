"""Whether a sentence raises a matter of its own, or says more about the one before it.

Most tickets hold one matter, told in many sentences: a sentence must name another one in the
company's own words to be told apart. What is not told apart is answered once, for all of it.
"""

import re
from collections.abc import Sequence

from assist.understanding.categories import SCALE, Sorter
from assist.understanding.points import Role, Said, is_courtesy

ASKS: frozenset[Role] = frozenset({"question", "request"})
RAISES: frozenset[Role] = ASKS | {"problem"}

_CONNECTOR = re.compile(
    r"^(?:and |oh,? |but )?(?:also\b|another (?:thing|question|issue|problem)|one more|"
    r"a second|secondly|"
    r"second(?: thing| question| issue)?[,:]|besides|separately|by the way|btw\b|in addition|"
    r"additionally|"
    r"on another note|on a different note|unrelated|additional(?:ly)?|finally|lastly|thirdly|"
    r"next[,:])",
    re.IGNORECASE,
)
CLEARLY_NAMED = 0.6
"""Score from which on a question names its matter. In our own cases those that did had 0.68 and
more; "do you have a buffer for people who come late", which names delivery by one word, 0.45."""
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|them|they|these|those|one|there|so)\b", re.IGNORECASE
)
_STATE = re.compile(
    r"\b(?:is|are|isn['’]t|aren['’]t|shows?|says?|blink\w*|flash\w*|rings?|does|goes)\b",
    re.IGNORECASE,
)
_WHEN_OR_WHERE = re.compile(r"\b(?:when|where|how long|status)\b", re.IGNORECASE)


def announces(text: str) -> bool:
    """Whether a sentence announces something else ("Another question: …")."""
    return _CONNECTOR.match(text) is not None


def with_reports(sayings: Sequence[Said], sorter: Sorter) -> tuple[Said, ...]:
    """The sayings, with those as problems that tell how a thing we know stands and stand apart.

    "Also the hub is blinking amber." says nothing that sounds wrong to whoever does not know hubs.
    """
    return tuple(
        s.model_copy(update={"role": "problem"}) if _reports(s, sayings, sorter) else s
        for s in sayings
    )


def _reports(saying: Said, sayings: Sequence[Said], sorter: Sorter) -> bool:
    if saying.role != "context" or saying.paragraph < 0 or is_courtesy(saying.text):
        return False
    beside = {s.role for s in sayings if s.paragraph == saying.paragraph}
    apart = announces(saying.text) or not beside & RAISES
    if not apart or not _STATE.search(saying.text) or not sorter.products(saying.text):
        return False
    label = sorter.best([saying.model_copy(update={"role": "problem"})])
    return label is not None and sorter.names(label, saying.text)


def own_matter(saying: Said, current: Sequence[Said], sorter: Sorter) -> bool:
    """Whether it clearly raises another matter than `current`, of its own and in words of its own.

    A problem does so by another device; a question by the company's words for the matter, unless
    it asks for a remedy, which is what they want done about the problem before it.
    """
    if saying.role not in RAISES or not any(s.role in RAISES for s in current):
        return False
    label, before = sorter.best([saying]), sorter.best(current)
    if label is None or before is None or label == before or _POINTS_BACK.search(saying.text):
        return False
    scores = sorter.scores([saying])
    if scores[label] - scores[before] < SCALE.margin:
        return False
    if saying.role == "problem":
        known = bool(_products(current, sorter)) or _all_ask(current)
        return known and another_device([saying], current, sorter)
    if scores[label] < CLEARLY_NAMED:
        return False
    return sorter.names(label, saying.text) and not _wants_remedy(saying, current, sorter)


def another_device(block: Sequence[Said], current: Sequence[Said], sorter: Sorter) -> bool:
    """Whether it names one device, and one that was not named before."""
    mine = _products(block, sorter)
    return len(mine) == 1 and mine.isdisjoint(_products(current, sorter))


def _wants_remedy(saying: Said, current: Sequence[Said], sorter: Sorter) -> bool:
    """Not so "When does my refund arrive?" in a paragraph of its own: that remedy is under way."""
    apart = saying.paragraph != current[-1].paragraph
    if apart and _WHEN_OR_WHERE.search(saying.text):
        return False
    return sorter.asks_remedy(saying.text)


def _products(sayings: Sequence[Said], sorter: Sorter) -> frozenset[str]:
    return sorter.products(" ".join(s.text for s in sayings))


def _all_ask(sayings: Sequence[Said]) -> bool:
    return all(s.role in ASKS for s in sayings if s.role in RAISES)

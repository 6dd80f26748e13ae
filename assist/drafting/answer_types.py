"""What kind of answer a question asks for, and whether a statement holds one.

To "How long is the warranty?" a sentence that starts alike and names no time is no answer, though
an embedding finds it nearer than a table row that says "12 months".
"""

import re
from collections.abc import Callable
from typing import Literal

AnswerType = Literal["time", "sum", "steps"]

_TIME = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|ten|twelve) (?:business |working |full )?"
    r"(?:second|minute|hour|day|week|month|year)s?\b|\b\d{1,2} ?(?:am|pm)\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"[$€£]\s?\d|\b\d[\d.,]* ?(?:USD|EUR|GBP|%)|\bfree\b", re.IGNORECASE)
_ASKS: dict[AnswerType, re.Pattern[str]] = {
    "time": re.compile(
        r"\b(?:how (?:long|soon|quick(?:ly)?|fast|many (?:hours|days|weeks|months))|until when|"
        r"by when|when (?:will|do|does|can|is|are|should|would)|deadline|how late)\b",
        re.IGNORECASE,
    ),
    "sum": re.compile(
        r"\b(?:how (?:much|expensive)|what (?:does|do|will|would) (?:it|that|this|they) cost|"
        r"(?:cost|costs|price|fee|charge) (?:of|for|me)|for free)\b",
        re.IGNORECASE,
    ),
    "steps": re.compile(
        r"\b(?:what (?:do|can|should|must|shall|am) (?:i|we|she|he|they)\b(?: \w+){0,4} do|"
        r"what now|what (?:next|first)|(?:right|proper) (?:order|steps|sequence)|step by step|"
        r"how (?:do|can|should) (?:i|we) (?:do|fix|change|set|solve|stop|get)|"
        r"something i (?:should|ought to|can|could|must) do)\b",
        re.IGNORECASE,
    ),
}
_HOLDS: dict[AnswerType, re.Pattern[str]] = {"time": _TIME, "sum": _SUM}


def asked_types(question: str) -> tuple[AnswerType, ...]:
    """The kinds of answer a question asks for: a time, a sum, what to do. Empty where neither."""
    return tuple(name for name, asks in _ASKS.items() if asks.search(question))


def holds(answer: AnswerType, statement: str) -> bool:
    """Whether a statement gives an answer of this kind. Steps are told by their form, not here."""
    return answer in _HOLDS and _HOLDS[answer].search(statement) is not None


def answers_in_kind(question: str) -> Callable[[str], bool]:
    """Whether a statement holds what the question asks for: a time, a sum. False where neither."""
    wanted = asked_types(question)
    return lambda statement: any(holds(answer, statement) for answer in wanted)

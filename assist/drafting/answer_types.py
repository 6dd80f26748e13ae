"""What kind of answer a question asks for, and whether a statement holds one.

To "How long is the warranty?" a sentence that starts alike and names no time is no answer, though
an embedding finds it nearer than a table row that says "12 months".
"""

import re
from collections.abc import Callable

_TIME = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|ten|twelve) (?:business |working |full )?"
    r"(?:second|minute|hour|day|week|month|year)s?\b|\b\d{1,2} ?(?:am|pm)\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"[$€£]\s?\d|\b\d[\d.,]* ?(?:USD|EUR|GBP|%)|\bfree\b", re.IGNORECASE)
_TYPES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:how (?:long|soon|many (?:hours|days|weeks|months))|until when|by when|"
            r"when (?:will|do|does|can|is|are|should|would)|deadline|how late)\b",
            re.IGNORECASE,
        ),
        _TIME,
    ),
    (
        re.compile(
            r"\b(?:how (?:much|expensive)|what (?:does|do|will|would) (?:it|that|this|they) cost|"
            r"(?:cost|costs|price|fee|charge) (?:of|for|me)|for free)\b",
            re.IGNORECASE,
        ),
        _SUM,
    ),
)


def answers_in_kind(question: str) -> Callable[[str], bool]:
    """Whether a statement holds what the question asks for: a time, a sum. False where neither."""
    wanted = [holds for asks, holds in _TYPES if asks.search(question)]
    return lambda statement: any(holds.search(statement) for holds in wanted)

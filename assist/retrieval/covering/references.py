"""A text -> what it points at without having named it, and so what to ask back."""

import re

from assist.domain.coverage import Sign

_POINTS = re.compile(
    r"\bthis\s+(?P<this>[^\W\d_]{3,})|\b(?:of|in|for|about|with|at|on)\s+that\s+(?P<that>\w{3,})",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_NO_THING = re.compile(
    r"(?:is|was|will|would|can|could|does|did|has|had|should|may|might|must|means?|says?|works?|"
    r"way|time|day|week|month|year|morning|evening|case|moment|happens?|happened|makes?|made|"
    r"the|you|they|not|one|for|and|but|when|where|which|who|why|how|still|even|only|just|also|all|"
    r"now|then|there|with|from|about|different|many)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\w )[A-Z][a-z]+")


def open_reference(text: str, before: str = "") -> str:
    """The question to ask back; "" where all that is pointed at was named, here or `before`.

    "Which facilities does this library have?" asks of a library; in a first message nobody has
    said which.
    """
    for found in _POINTS.finditer(text):
        thing = next(filter(None, found.groups()))
        named = f"{before} {text[: found.start()]}".lower()
        if not _NO_THING.fullmatch(thing) and thing.lower().rstrip("s") not in named:
            words = found.group().split()[-2:]
            return f"What do you mean by “{' '.join(words)}”?"
    if _PERSON.search(text) and not _NAME.search(f"{before} {text}"):
        return "Whom do you mean?"
    return ""


def ask_back(question: str) -> Sign:
    """The sign that says so."""
    return Sign(name="ask_back", value=1.0, says=question)

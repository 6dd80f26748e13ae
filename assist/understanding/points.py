"""What the customer says -> the points raised: questions, requests, problems."""

import re
from typing import Literal

from assist.domain.base import Model
from assist.language.remembered import remembered
from assist.language.sentences import sentences

Role = Literal["question", "request", "problem", "tried", "context"]

MAX_POINTS = 12
"""More points than anybody can answer in one reply; the rest stays in the issue's text."""

_QUESTION = re.compile(
    r"\?\s*$|^how to\b|^(?:how|what|when|where|why|which|who|can|could|do|does|did|is|are|"
    r"will|would|should|"
    r"may|am)\b(?=.*\b(?:i|you|we|it|the|my|this|there|that)\b)",
    re.IGNORECASE,
)
_SECOND_QUESTION = re.compile(
    r",? (?:and|or) (?=(?:also )?(?:how|what|when|where|why|which|who|can|could|do i|do you|"
    r"does|is|"
    r"are|will|would|should)\b)",
    re.IGNORECASE,
)
LONGEST_DOUBLE = 400
SHORTEST_QUESTION = 3
_ASKS_US = re.compile(
    r"\b(?:can|could|would|will) you (?:please |kindly |just |also |possibly )*"
    r"(?:refund|cancel|send|replace|return|change|stop|delete|reset|credit|extend|update|resend|"
    r"reship|repair|fix|exchange|call|remove|close|correct|book|arrange|pay|give me|give us|"
    r"let me have)\b",
    re.IGNORECASE,
)
"""A polite question for an act is a request; "could you tell me" still asks for an answer."""
_REQUEST = re.compile(
    r"\b(?:please|pls|i(?:'d| would) (?:like|love|prefer|sooner|rather)|"
    r"(?<!than )i (?:also |really |just )?(?:want|need|wish|demand|request|expect|insist)|"
    r"(?<!than )we (?:also |really |just )?(?:want|need|would like)|"
    r"(?:looking|trying|hoping|wanting|asking) (?:to|for)|"
    r"help me|let me know|tell me|send me|give me|refund me|call me|get (?:me|my)|interested in|"
    r"wondering)\b",
    re.IGNORECASE,
)
_PROBLEM = re.compile(
    r"\b(?:not|no longer|never|nothing|cannot|can ?not|unable|fail(?:s|ed|ing|ure)?|error|"
    r"broken|broke|"
    r"wrong|missing|lost|stuck|stop(?:s|ped)|problem|issue|trouble|damaged|defective|faulty|late|"
    r"delay(?:ed)?|offline|crash(?:es|ed)?|locked|charged|overcharged|declined|refused|keeps?|still|"
    r"(?:ca|wo|do|does|did|has|have|is|are|was|were|would|could|should)nt|"
    r"without|unexpected(?:ly)?|twice|smok(?:e|ing)|burn(?:t|ed|ing|s)?|leak(?:s|ed|ing)?|dead|slow|"
    r"\w+n['’]t)\b",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have)? (?:already |also |even )?(?:tried|restarted|rebooted|reset|"
    r"reinstalled|"
    r"unplugged|replaced|checked|contacted|called|followed|updated|cleared|re-?paired)|"
    r"(?:already|tried) (?:\w+ing|to|both|everything|that|this|all))\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:thanks?(?: you)?|thx|cheers|many thanks|best|regards|hi|hello|hey)\b[^?]{0,60}$",
    re.IGNORECASE,
)


_GREETS = re.compile(r"^(?:hi|hello|hey|best|regards)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"^[^:]{0,40}\b(?:things|questions|problems|issues|points|matters|requests)\b[^:,]{0,20}:\s*",
    re.IGNORECASE,
)
_ENTRY_ENDS = re.compile(
    r"\s*(?:[,;]\s*(?:and\s+)?|\band\s+(?=i\b|we\b|the\b|my\b))", re.IGNORECASE
)
SHORTEST_ENTRY = 3


class Said(Model):
    """One sentence of the customer and what it does."""

    text: str
    role: Role
    paragraph: int


@remembered(256)
def said(turn: str) -> tuple[Said, ...]:
    """Every sentence of the turn, in order, with its role; two questions in one are two."""
    return tuple(
        Said(text=text, role=role, paragraph=number)
        for number, paragraph in enumerate(turn.split("\n\n"))
        for line in _lines(paragraph)
        for span in sentences(line)
        for text, role in _told_apart(" ".join(span.text.split()))
    )


def _told_apart(sentence: str) -> list[tuple[str, Role]]:
    """The sentence, or each of the matters it lists, or of the questions it asks, with its role."""
    entries = _listed_apart(sentence)
    if len(entries) > 1:  # whoever counts their points raises each of them
        roles = [_role(entry) for entry in entries]
        return [
            (e, "problem" if r == "context" else r) for e, r in zip(entries, roles, strict=True)
        ]
    return [(text, _role(text)) for text in _asked_apart(sentence)]


def is_courtesy(sentence: str) -> bool:
    """Whether it only greets or thanks: “hi, my hub doesn't work” tells more."""
    return _THANKS.search(sentence) is not None and not any(
        pattern.search(sentence) for pattern in (_ASKS_US, _TRIED, _REQUEST, _PROBLEM)
    )


def is_thanks(sentence: str) -> bool:
    """Whether it only thanks."""
    return is_courtesy(sentence) and _GREETS.match(sentence) is None


def _listed_apart(sentence: str) -> list[str]:
    """The entries of a list told in one sentence ("Three things: …, … and …")."""
    lead = _LISTED.match(sentence[:READ])
    if lead is None or len(sentence) > LONGEST_DOUBLE:
        return [sentence]
    entries = [entry.strip() for entry in _ENTRY_ENDS.split(sentence[lead.end() :]) if entry]
    if len(entries) < 2 or min(len(entry.split()) for entry in entries) < SHORTEST_ENTRY:
        return [sentence]
    return [f"{entry[:1].upper()}{entry[1:]}" for entry in entries]


def _asked_apart(sentence: str) -> list[str]:
    """Two questions in one sentence ("Can I return it, and how long …?") are two."""
    if not sentence.endswith("?") or len(sentence) > LONGEST_DOUBLE:
        return [sentence]
    first, joint, second = _SECOND_QUESTION.sub("\x00", sentence, count=1).partition("\x00")
    if not joint or len(first.split()) < SHORTEST_QUESTION:
        return [sentence]
    return [first.rstrip(" ,") + "?", second[:1].upper() + second[1:]]


def heard(subject: str, turn: str) -> tuple[Said, ...]:
    """The sayings of a turn under its subject, which names the matter and asks nothing itself.

    Only where the turn raises nothing is the subject what is asked.
    """
    sayings = said(turn)
    title = subject.strip()
    if not title or title.lower().rstrip(".!? ") in turn.lower():
        return sayings
    raises = any(s.role in ("question", "request", "problem") for s in sayings)
    role: Role = "context" if raises else _role(title)
    return (Said(text=title, role=role, paragraph=-1), *sayings)


def points(sayings: tuple[Said, ...]) -> tuple[Said, ...]:
    """The sayings a reply must answer, ask back about, or declare open.

    Where the customer asks or requests nothing, the problems are the points; where they do, a
    problem is what the questions are about. A turn with neither is one point as a whole.
    """
    asked = [s for s in sayings if s.role in ("question", "request")]
    problems = [s for s in sayings if s.role == "problem"]
    raised = asked if asked and not _new_problems(sayings) else [*asked, *problems]
    ordered = [s for s in sayings if s in raised]
    if not ordered:
        ordered = [s for s in sayings if s.role != "tried" and len(s.text.split()) > 1][:1]
    return tuple(ordered or sayings[:1])[:MAX_POINTS]


def _new_problems(sayings: tuple[Said, ...]) -> bool:
    """A problem in a paragraph that asks nothing stands for itself."""
    asking = {s.paragraph for s in sayings if s.role in ("question", "request")}
    return any(s.role == "problem" and s.paragraph not in asking for s in sayings)


def _lines(paragraph: str) -> list[str]:
    """A list is its entries; wrapped lines are one text."""
    lines = paragraph.splitlines()
    if sum(bool(re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s+", line)) for line in lines) >= 2:
        return [re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", "", line) for line in lines]
    return [paragraph.replace("\n", " ")]


_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (_ASKS_US, "request"),
    (re.compile(r"\?$"), "question"),
    (_TRIED, "tried"),
    (_QUESTION, "question"),
    (_REQUEST, "request"),
    (_PROBLEM, "problem"),
)
"""The first that fits decides."""
READ = 600
"""Characters of a sentence that its role is read from; longer ones are pasted text."""


def _role(sentence: str) -> Role:
    text = sentence.strip()
    shown = text if len(text) <= READ else text[: READ - 1] + text[-1]
    if is_courtesy(shown):
        return "context"
    return next((role for pattern, role in _ROLES if pattern.search(shown)), "context")

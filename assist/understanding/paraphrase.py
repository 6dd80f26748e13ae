"""The customer's words -> the issue in one sentence, in the third person.

"They" and "their" need no change of verb, so nothing but pronouns is touched: what the customer
said stays what the customer said.
"""

import re
from collections.abc import Callable

from assist.understanding.points import Role, Said, is_courtesy

_THIRD = {
    "i": "they", "i'm": "they are", "i've": "they have", "i'd": "they would", "i'll": "they will",
    "me": "them", "my": "their", "mine": "theirs", "myself": "themselves",
    "we": "they", "we're": "they are", "we've": "they have", "we'd": "they would",
    "we'll": "they will", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves",
    "am": "are",
}  # fmt: skip
_YOU = {"you": "we", "your": "our", "yours": "ours", "you're": "we are", "you've": "we have"}
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_LEAD = re.compile(
    r"^(?:(?:and|but|so|also|hi|hello|hey|thanks|thank you|thx|well|"
    r"ok|okay|please|secondly|firstly|first|second|"
    r"another thing|"
    r"by the way|on top of that|in addition|additionally)\b[\s,:-]*)+",
    re.IGNORECASE,
)
MAX_WORDS = 40
LONGEST = 200
"""Characters of a courtesy that is quoted."""
_INVERTED = re.compile(
    r"^(?P<wh>(?:how (?:much|many|long|often|far|soon)|how|what|when|where|why|which|"
    r"who)\b(?: \w+)?? )?"
    r"(?P<aux>do|does|did|can|could|should|will|would|may|is|are|was|were|have|"
    r"has)(?P<neg>n't| not)? "
    r"(?P<subject>they|we|it|there|this|that|their \w+|our \w+|the \w+) (?P<rest>.+)$",
    re.IGNORECASE,
)
_BEFORE_SUBJECT = frozenset(
    {"and", "but", "or", "that", "if", "when", "what", "how", "where", "why", "which", "who", "as"}
    | {"because", "since", "than", "until", "while", "before", "after", "whether", "so"}
    | {"do", "does", "did", "don't", "didn't", "can", "can't", "cannot", "could", "will", "won't"}
    | {"would", "should", "may", "might", "are", "aren't", "were", "have", "had"}
    | {"hope", "know", "think", "believe", "say", "says", "said"}
)
"""A "you" after one of these, or first in its clause, is who acts; any other is acted upon."""
_ACTED = re.compile(
    r" (?:have|had|are|were|can|could|did|will|would|should|may|might|must|sent|sold|said|told|"
    r"promised|charged|took|gave|wrote|refunded|shipped|delivered|kept|keep|hold|store|offer|sell)\b"
)
"""What follows a "you" that acts, as in "all the data you have"."""
_WANTS = re.compile(r"\bthey (?:\w+ )?(?:want|need|wish|demand|request|expect|insist|would like)\b")
_DROPPED = ("do", "does", "did")
_PRONOUN = re.compile(r"^(?:they|we|their|it|there|this|that|the|a|an)\b", re.IGNORECASE)


def third_person(sentence: str) -> str:
    """The same sentence seen from beside the desk. "US" the country is not "us"."""

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        key = word.lower().replace("’", "'")
        if word.isupper() and len(word) > 1 and key in ("us", "am"):
            return word
        if key == "you" and not _acts(sentence[: match.start()], sentence[match.end() :]):
            return "us"
        return _THIRD.get(key) or _YOU.get(key) or word

    swapped = _WORD.sub(swap, sentence)
    return re.sub(r"\bthey was\b", "they were", re.sub(r"\bwas they\b", "were they", swapped))


def _acts(before: str, after: str) -> bool:
    """Whether a "you" between these is the subject of its clause."""
    words = before.split()
    if _ACTED.match(after):
        return True
    return not words or words[-1].lower() in _BEFORE_SUBJECT or words[-1][-1] in ",;:.!?("


def statement(key: Said) -> str:
    """The issue in one sentence, paraphrased, at most `MAX_WORDS` words of the customer's."""
    told = _LEAD.sub("", key.text)
    if is_courtesy(key.text) or not any(char.isalnum() for char in told):
        return f"The customer writes: “{key.text[:LONGEST].strip()}”"
    words = third_person(told).split()
    cut = " ".join(words[:MAX_WORDS]).rstrip(".!?,;: ")
    if cut and not cut.split()[0].isupper():
        cut = cut[0].lower() + cut[1:]
    ending = " …" if len(words) > MAX_WORDS else "."
    return f"The customer {_FORMS[key.role](cut)}{ending}"


def _asks(cut: str) -> str:
    """Indirect speech: "can they return it" is asked as "whether they can return it"."""
    match = _INVERTED.match(cut)
    if match is None:
        return f"asks: {cut}" if not cut.startswith(("how to", "whether")) else f"asks {cut}"
    aux = match["aux"].lower()
    negation = match["neg"] or ""
    verb = f"{aux}{negation} " if aux not in _DROPPED or negation else ""
    rest = _singular(match["rest"]) if aux == "does" and not negation else match["rest"]
    return f"asks {(match['wh'] or 'whether ').lower()}{match['subject']} {verb}{rest}"


def _singular(rest: str) -> str:
    """The third person: "does it speak" becomes "it speaks"."""
    verb, _, after = rest.partition(" ")
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        verb += "es"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        verb = f"{verb[:-1]}ies"
    else:
        verb += "s"
    return f"{verb} {after}".strip()


def _requests(cut: str) -> str:
    if _INVERTED.match(cut):
        return _asks(cut)
    if _PRONOUN.match(cut):
        return f"says that {cut}"
    return f"says: {cut}" if _WANTS.search(cut) else f"asks us to {cut}"


_FORMS: dict[Role, Callable[[str], str]] = {
    "question": _asks,
    "request": _requests,
    "problem": lambda cut: f"reports that {cut}",
    "tried": lambda cut: f"reports that {cut}",
    "context": lambda cut: f"writes: {cut}",
}

"""A sentence -> the clauses in which somebody on our side commits to something.

Who acts is the subject; a passive (“your refund will be paid”) is ours. What the customer can, may
or must do is no promise, nor is a rule (“refunds take 5 days”), a question, or what we cannot do.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_WILL = (
    r"(?:['’]ll|\s(?:will|shall|is going to|are going to|am going to|promises? to"
    r"|guarantees? to|undertakes? to|commits? to|aims? to|plans? to|intends? to))"
)
_ADVERB = (
    r"(?:\s(?:then|now|also|certainly|gladly|personally|of course|definitely|still"
    r"|always|again|all|both|immediately|shortly|soon|promptly)){0,3}"
)
_DO = (
    "send|refund|issue|arrange|credit|ship|replace|escalate|cancel|process|call|pay|return|dispatch|"
    "forward|contact|check|reply|write|email|e-mail|update|repair|fix|collect|reimburse|compensate|"
    "waive|confirm|transfer|book|order|investigate|look|get|reach|follow|let|resolve|close|reset|apply|"
    "add|give|offer|deliver|extend|remove|delete|restore|ask|inform|notify|keep|ensure|make|pass|start"
)
_GERUND = (
    "sending|refunding|issuing|arranging|crediting|shipping|replacing|escalating|cancell?ing|processing|"
    "calling|paying|returning|dispatching|forwarding|transferring|reimbursing|booking|waiving"
)
_TEAM = (
    r"(?:(?:our|the|my|a|one of our)\s(?:[A-Za-z][\w-]{0,20}\s){0,3}?"
    r"(?:teams?|departments?|colleagues?|manager|supervisor|specialists?|engineers?|technicians?|agents?|advisers?|advisors?|"
    r"warehouse|support|couriers?|drivers?|carrier|representatives?|experts?|desk|office)(?:\s(?:in|from|of|at)\s[A-Z]\w{0,20})?"
    r"|[A-Z][a-z]{1,20}(?:\s(?:from|in|of)\s(?:the\s|our\s)?[A-Z]?\w{1,20}(?:\steam)?))"
)
_OURS = (
    r"(?:your|the|this|that|a|an)\s(?:[a-z][\w-]{0,20}\s){0,3}?"
    r"(?:refund|replacement|parcel|package|order|credit|payment|money|label|engineer|technician|item|voucher|amount|invoice|"
    r"contract|subscription|account|claim|request|case|ticket|complaint|goods|device|delivery|charge|fee|email|e-mail|link|confirmation)"
)
_NOT_ABLE = (
    r"(?!\s(?:not\s)?(?:be\s(?:able|unable|closed|open|happy|glad|pleased|delighted"
    r"|sorry|required|asked|there for)|need|have\sto|require|probably|understand"
    r"|assume|know|see|wait))"
)
_COMMITS = re.compile(
    rf"\b(?:(?P<i>I){_WILL}{_NOT_ABLE}{_ADVERB}"
    rf"|(?P<we>[Ww]e){_WILL}{_NOT_ABLE}{_ADVERB}"
    rf"|(?P<doing>I['’]m|I\sam|[Ww]e['’]re|[Ww]e\sare){_ADVERB}(?=\s(?:{_GERUND})\b)"
    rf"|(?P<also>I|[Ww]e)(?:['’]ve|\s(?:have|had|am|are|[a-z]{{2,20}}ed|sent|told|wrote))"
    rf"\s(?:(?!\b(?:I|we)\b)[^;.!?]){{1,200}}?\sand\s(?:will|shall){_NOT_ABLE}{_ADVERB}"
    r"|(?P<gives>I|[Ww]e)\s(?:promise|guarantee)(?:\syou)?(?:\sthat)?"
    r"(?!\s(?:to|our|all|every)\b)(?=\s\w)"
    rf"|(?P<offer>I|[Ww]e)\s(?:can|could|['’]d like to"
    rf"|would like to){_ADVERB}(?=\s(?:offer|give|refund|credit|grant|waive"
    rf"|reimburse)\b)"
    r"|(?P<let>[Ll]et\sme)(?=\s(?:check|look|find|ask|get|send|call|arrange|escalate)\b)"
    rf"|(?P<team>{_TEAM}){_WILL}{_NOT_ABLE}{_ADVERB}"
    rf"|(?P<ours>{_OURS}(?:\s(?:has|have|is|was)\s(?:been\s)?\w{{2,20}}\sand)?)\s(?:will|shall"
    rf"|is going to){_ADVERB}(?=\s(?:be\s\w{{2,20}}(?:ed|t|n|id)\b|arrive|reach|leave"
    rf"|ship|go\sout|come|call|visit|follow))"
    r"|(?P<get>[Yy]ou)(?=\s(?:get|receive)\s(?!to\b|stuck|an?\serror|no\b|in\stouch))"
    r"|(?P<you>[Yy]ou(?:['’]ll|\s(?:will|shall|should))(?:\s(?:then|also|soon|shortly)){0,2})"
    r"(?=\s(?:receive|get|hear\s(?:from|back)|be\s(?:refunded|contacted|credited|sent|called|reimbursed|informed|notified|paid|given|issued|compensated|updated)|have\s(?:it|the|your|an?)\b)))",
)
_OPENING = re.compile(r"^(?:Our|The|My|A|An|One|Your|This|That)\s")
_AND = re.compile(rf"(?:,\s|\s)(?:and|then)\s(?:then\s|also\s)?(?:will\s)?(?=(?:{_DO})\b)")
_REPORTED = re.compile(
    r"\b(?:you|customer)\s(?:\w{2,10}\s)?(?:said|wrote|told|mentioned|asked|claim|say|state|believe|expect|think)\b"
    r"|\b(?:hope|unless|whether|not sure|unlikely)\b|\bcannot (?:promise|guarantee"
    r"|say)\b|\bcan['’]t (?:promise|guarantee|say)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|once|as soon as (?!possible|we can)|provided(?: that)?"
    r"|on condition that|should you|when|after (?:you|we|it|they)\b|as long as"
    r"|after (?:the|your|our|this|that)\s(?:\w{1,20}\s){1,4}?(?=has|have|is|are|reach|arriv|come)"
    r"|subject to)\b[^,;.]{1,200}",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(r"\b(?:if|when|once|after|until|before|as|what|whatever)\s$", re.IGNORECASE)
"""Words before “you get” of which it is a part: “once you get the label”."""
_TOLD_WHOLE = ("ours", "you", "get")
_TO_US = {"i": "agent", "let": "agent"}
_OF_ONE = ("doing", "offer", "also", "gives")
"""Forms that an agent says of themselves where they say “I”, and else of us all."""


class Clause(NamedTuple):
    """Who commits to what; `text` also holds the words before it that no other clause has.

    `timed`: it is a commitment only with a time (“you get it by Friday”). `goes_on`: it has its
    subject in common with the clause before.
    """

    who: str
    what: str
    text: str
    condition: str
    timed: bool = False
    goes_on: bool = False


def committing(sentence: str) -> Iterator[Clause]:
    """The clauses of one sentence that commit our side, in order."""
    if sentence.rstrip("\"'”’) ").endswith("?"):
        return
    read = _OPENING.sub(lambda m: m.group().lower(), sentence)
    begun = [one for one in _COMMITS.finditer(read) if not _is_condition(one, read)]
    if not begun:
        return
    condition = _CONDITION.search(read)
    for number, match in enumerate(begun):
        before = begun[number - 1].end() if number else 0
        if _REPORTED.search(read, before, match.start()):
            continue
        end = begun[number + 1].start() if number + 1 < len(begun) else len(read)
        start = match.start() if number else 0
        # A passive is told whole: “your refund will be paid”, not “be paid”.
        told = match.start() if match.lastgroup in _TOLD_WHOLE else match.end()
        only_if = condition.group() if condition else ""
        timed = match.lastgroup == "get"
        if timed and _NO_NEWS.search(read, before, match.start()):
            continue
        for nth, (what, text) in enumerate(_verbs(read, (told, match.end(), end), start)):
            yield Clause(_who(match), what, text, only_if, timed, goes_on=nth > 0)


def _is_condition(match: re.Match[str], read: str) -> bool:
    """Whether it says when something else is: “once you get the label”."""
    return match.lastgroup == "get" and bool(_NO_NEWS.search(read[: match.start()]))


def _verbs(read: str, at: tuple[int, int, int], start: int) -> Iterator[tuple[str, str]]:
    """“send X today and call you tomorrow” is two; each with the words it is dated by."""
    begin, after, end = at
    cuts = [begin, *(m.start() for m in _AND.finditer(read, after + 2, end)), end]
    for number, (since, until) in enumerate(pairwise(cuts)):
        what = re.sub(
            r"^\W{0,3}(?:and|then)?\s?(?:then|also)?\s?(?:will\s)?", "", read[since:until]
        )
        what = re.sub(r"[\s,;.!–-]{1,5}(?:and|but|so)?[\s,;.!]{0,5}$", "", what.strip())
        if what:
            yield what, read[start:until] if number == 0 else read[since:until]


def _who(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    said = match[kind]
    if kind in _TO_US or (kind in _OF_ONE and said.startswith("I")):
        return "agent"
    if kind != "team":
        return "company"
    return re.sub(r"^(?:our|the|my|a|an)\s", "", said)

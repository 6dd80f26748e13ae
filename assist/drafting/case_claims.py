"""Which sentences say something of this customer's own case: what was done, granted, or is so.

A passage says what holds for everybody; that "your refund is confirmed" no passage can bear out,
and the customer's own words least of all. English only; a sentence under a condition ("once your
return has arrived, …") says what holds in general.
"""

import re

_DONE = (
    r"(?:\w{2,20}ed|sent|paid|made|given|lost|found|done|due|owed|covered|complete|free|ready|"
    r"over|on (?:its|the) way)"
)
_STATE = re.compile(
    r"\b(?:your|the) (?:[\w'’-]{1,30} ){1,5}(?:has|have|had|is|are|was|were)(?: not|n['’]t)?"
    rf"(?: (?:now|already|just|all|been|being|fully|indeed)){{0,3}} {_DONE}\b",
    re.IGNORECASE,
)
_BY_US = re.compile(
    r"\b(?:I|we)(?:['’]ve| have| had)?(?: (?:just|already|now|also|gladly)){0,2} "
    r"(?:refunded|approved|replaced|credited|issued|granted|waived|processed|arranged|cancell?ed|"
    r"sent|shipped|dispatched|booked|confirmed|extended|removed|reset|unlocked|changed|updated|"
    r"paid|reversed|upgraded|agreed|ordered|repaired)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:you are|you['’]re) (?:\w{1,20} )?(?:covered|eligible|entitled|owed|due|exempt)\b|"
    r"\b(?:is|are) owed to you\b|"
    r"\byou (?:will |['’]ll )?(?:get|receive|have) (?:a|an|your) (?:\w{1,20} ){0,2}"
    r"(?:refund|replacement|discount|credit|voucher)\b|"
    r"\b(?:is|are)(?: not|n['’]t)? (?:part of|affected by|included in)\b|"
    r"\b(?:at no cost|for free|free of charge|on (?:its|the) way)\b|"
    r"\b(?:approved|confirmed|granted)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:the|a|an) (?:[\w'’-]{1,30} ){1,4}(?:was|were|has been|have been) "
    r"(?:\w{2,20}ed|sent|paid|lost) (?:on (?:\w{3,9}day\b|\w{3,9} \d|the \d|\d)|at \d|yesterday\b|"
    r"today\b|this morning\b|last (?:week|month|\w{3,9}day)\b)|"
    r"\b(?:is|are) on (?:its|the|their) way\b",
    re.IGNORECASE,
)
"""Something that happened, or is happening: an article tells what happens."""
_YOURS = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|once|unless|after|until|as soon as|where|whether|provided|in case)\b",
    re.IGNORECASE,
)
LONGEST = 600
"""Characters of a sentence that are looked at."""


def claims_of_case(sentence: str) -> bool:
    """Whether a sentence states, without a condition, how this customer's own case stands."""
    text = sentence[:LONGEST]
    if "?" in text or _CONDITION.search(text):
        return False
    if _BY_US.search(text) or _TOLD.search(text):
        return True
    return bool(_YOURS.search(text) and (_STATE.search(text) or _STANDING.search(text)))

"""A request that stands in the middle of another sentence: somebody put it there."""

import re
from collections.abc import Iterator

from assist.understanding.injection.findings import Finding

_TORN = re.compile(
    r"\b(?:a|an|the|of|to|from|with|by|for|and|or|is|are|was|were|be|been|has|have|had|your|our|my"
    r"|their|its|this|these|any|will|can|may|in|on|at)[ \t]{0,3}\n"
    r"([A-Z][^\n]{8,300}[.?!][\"'”’)]{0,2})[ \t]{0,3}\n[ \t]{0,3}[a-z]"
)
_REQUEST = re.compile(
    r"(?:how|what|which|who|why|where|when|can|could|would|will|do|does|is|are|please|tell|show|give"
    r"|list|write|explain|help|suggest|recommend|provide|describe|summari[sz]e|translate|create|make"
    r"|add|insert|append|include|integrate|use|apply|encode|encrypt|reverse|reply|respond|answer"
    r"|convert|modify|find|send|play|schedule|set|compose|generate|name|analy[sz]e|classify|determine"
    r"|identify|evaluate|compare|share|express|in your)\b",
    re.IGNORECASE,
)


def in_torn_sentences(text: str) -> Iterator[Finding]:
    """Lines with a whole request where the sentence before and after them is one."""
    for match in _TORN.finditer(text):
        if _REQUEST.match(match.group(1)):
            yield Finding(
                match.start(1), match.end(1), "a request in the middle of somebody else's sentence"
            )

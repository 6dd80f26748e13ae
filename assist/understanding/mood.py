"""How the customer writes: frustration, praise, abuse."""

from assist.domain.suggestion import TicketSignal
from assist.language.phrases import find

FRUSTRATION = (
    "frustrated", "frustrating", "angry", "furious", "fed up", "ridiculous", "unacceptable",
    "disappointed", "disgusted", "disgraceful", "outrageous", "waste of time", "sick of",
    "last straw",
    "worst", "terrible", "awful", "appalling", "a joke", "useless", "no one helps", "nobody helps",
    "third time", "how many times", "still waiting", "never again", "losing patience", "had enough",
)  # fmt: skip
PRAISE = (
    "love your", "love the", "great service", "excellent service", "thank you so much",
    "very helpful",
    "fantastic", "amazing", "well done", "really appreciate", "happy with", "great support",
)  # fmt: skip
ABUSE = (
    "idiot",
    "idiots",
    "moron",
    "morons",
    "stupid people",
    "go to hell",
    "piece of shit",
    "fuck you",
)
SOLVED = (
    "works now", "working now", "works again", "working again", "that worked", "this worked",
    "it worked", "works perfectly", "working perfectly", "works great", "works fine",
    "did the trick",
    "is solved", "problem solved", "is resolved", "sorted now", "all good now",
    "all sorted", "no need to reply", "no reply needed",
)  # fmt: skip
_DETECTORS = (
    ("solved", SOLVED, "the customer says that it works; close it unless they ask something"),
    ("frustration", FRUSTRATION, "acknowledge it first, then solve the problem"),
    ("praise", PRAISE, "pass it on to those it is due"),
    ("abuse", ABUSE, "stay with the problem; the team's conduct rules apply"),
)
SHOUTING_LETTERS = 25
"""Upper-case letters in words of four or more before we call it shouting; codes are shorter."""


def mood_signals(text: str) -> tuple[TicketSignal, ...]:
    """Every detector that fires, with the words that made it."""
    found = [
        TicketSignal(name=name, span=span.text, reason=reason)
        for name, phrases, reason in _DETECTORS
        for span in find(phrases, text)[:2]
    ]
    shouted = [
        word for word in text.split() if len(word) >= 4 and word.isupper() and word.isalpha()
    ]
    # Who writes everything in capitals has a way of writing, or a keyboard; who shouts, some of it.
    spoken = sum(word.islower() and word.isalpha() for word in text.split())
    if sum(map(len, shouted)) >= SHOUTING_LETTERS and spoken >= len(shouted) / 4:
        found.append(
            TicketSignal(
                name="frustration", span=" ".join(shouted[:6]), reason="written in capitals"
            )
        )
    return tuple(found)

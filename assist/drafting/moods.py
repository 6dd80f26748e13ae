"""How the customer is -> how the reply opens. What we do not know of their feelings is not said."""

from typing import Literal

from assist.domain.case import Case
from assist.language.phrases import find

Mood = Literal["danger", "grave", "again", "waiting", "trouble", "worry", "urgent", "plain"]

_AGAIN = (
    "second time", "third time", "fourth time", "same problem again", "same fault again",
    "wrote to you before", "written to you before", "already wrote", "already written",
    "already contacted", "already called you", "contacted you before", "keeps happening",
    "happened again", "still not fixed", "still not solved",
)  # fmt: skip
_WAITING = (
    "still waiting", "been waiting", "waiting for days", "waiting for weeks", "waiting for my",
    "have not heard", "haven't heard", "heard nothing", "no answer from you", "no reply from you",
    "nobody has answered", "nobody answered", "still has not arrived", "still hasn't arrived",
)  # fmt: skip
_WORRY = ("worried", "worrying", "scared", "frightened", "anxious")
_URGENT = (
    "urgent", "urgently", "as soon as possible", "asap", "by tonight", "by tomorrow",
    "before tomorrow", "cannot wait", "can't wait until",
)  # fmt: skip
_PHRASES: tuple[tuple[Mood, tuple[str, ...]], ...] = (
    ("again", _AGAIN),
    ("waiting", _WAITING),
    ("worry", _WORRY),
    ("urgent", _URGENT),
)
_BY_TRIGGER: tuple[tuple[str, Mood], ...] = (
    ("safety", "danger"),
    ("legal", "grave"),
    ("press", "grave"),
    ("security", "grave"),
    ("repeated_failure", "again"),
    ("sla", "waiting"),
)
"""What the company's rules heard comes before what we hear ourselves; an apology would be no help
to somebody who is in danger, and an admission to somebody who goes to court."""
READ = 20_000
"""Characters of the customer's messages that are read for it."""


def mood_of(case: Case) -> Mood:
    """The mood that decides how the reply opens, the gravest first."""
    triggers = case.escalation.triggers if case.escalation else ()
    codes = {trigger.code for trigger in triggers}
    for code, mood in _BY_TRIGGER:
        if code in codes:
            return mood
    told = "\n".join(message.text for message in case.ticket.asked)[:READ]
    heard = {mood for mood, phrases in _PHRASES if find(phrases, told)}
    for mood in ("again", "waiting"):
        if mood in heard:
            return mood
    if any(signal.name == "frustration" for signal in case.signals):
        return "trouble"
    return next((mood for mood in ("worry", "urgent") if mood in heard), "plain")


def is_praised(case: Case) -> bool:
    """Whether the customer praises somebody, and is in no mood that thanks would jar with."""
    praised = any(signal.name == "praise" for signal in case.signals)
    return praised and mood_of(case) in ("plain", "urgent", "worry")

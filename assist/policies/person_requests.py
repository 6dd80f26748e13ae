"""Does the customer ask for a person, or only talk about one?

“I want to speak to a manager” asks. “I spoke to a manager”, “after talking to a manager”, “my boss
is talking to a manager” and “I need a manager account” do not.
"""

from collections.abc import Sequence

from assist.language.phrases import DETERMINERS, Mention
from assist.language.words import Word, words

NEARBY = 120
"""Characters on each side that are read."""

_THINGS = frozenset(
    {"account", "accounts", "role", "seat", "login", "license", "licence", "permission", "access"}
    | {"view", "app", "dashboard", "software", "tool", "position", "job", "profile", "plan"}
    | {"password", "mode", "feature", "settings", "training", "vacancy", "contract"}
    | {"detector", "detection", "sensor", "alert", "alerts", "recognition", "tracking"}
)
"""After “manager” or “person” these make a thing of them: “I need a manager account”."""
_TALKING = frozenset({"talking", "speaking"})
_TOLD = frozenset({"was", "were", "after", "when", "while", "been", "by", "about"})
"""Before “asking for a manager” these make it a report and not a request."""
_UNDER_WAY = _TOLD | {"is", "are", "am", "i'm", "we're", "he's", "she's", "they're"}
"""Before “talking to a manager” also these: who is talking to one asks for none."""

_ASKING = frozenset({"is", "are", "was", "were"})


def is_request(text: str, mention: Mention) -> bool:
    """Whether a mention of a person is a request for one, by the words around it."""
    shift = max(0, mention.start - NEARBY)
    told = words(text[shift : mention.end + NEARBY])
    first = next(n for n, word in enumerate(told) if word.start + shift >= mention.start)
    inside = [word for word in told[first:] if word.start + shift < mention.end]
    return not (
        _names_a_thing(told[first + len(inside) :])
        or _is_told(inside[0].form, _before(told, first))
    )


def _names_a_thing(after: Sequence[Word]) -> bool:
    return bool(after) and not after[0].after and after[0].form in _THINGS


def _is_told(verb: str, before: Sequence[str]) -> bool:
    """“asked for”, “talks to”, “after talking to”, “is speaking to”, “had to speak to”."""
    if (verb.endswith("ed") and verb != "need") or verb in ("talks", "speaks"):
        return True
    if verb.endswith("ing"):
        return not (_UNDER_WAY if verb in _TALKING else _TOLD).isdisjoint(before)
    return tuple(before) == ("had", "to")


def _before(told: Sequence[Word], first: int) -> list[str]:
    """The two words before, without determiners, of the same sentence.

    “Is talking to a manager possible?” asks; an “is” that begins the sentence is left out.
    """
    kept: list[str] = []
    for at in range(first - 1, max(first - 3, -1), -1):
        if told[at + 1].after == "sentence":
            break
        begins = at == 0 or told[at].after == "sentence"
        if not (begins and told[at].form in _ASKING):
            kept.insert(0, told[at].form)
    return [form for form in kept if form not in DETERMINERS]

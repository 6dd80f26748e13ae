"""A suggestion made with a model's help -> what is wrong with it, found without our own checker."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assist.domain.draft import Citation
from assist.domain.suggestion import Suggestion

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LINK = re.compile(r"https?://[^\s)>\]\"']+|www\.[^\s)>\]\"']+|[\w.+-]+@[\w-]+\.[\w.]+\w")
_WORD = re.compile(r"[a-z]{4,}")
LEAST_SHARED = 0.5
"""Share of a sentence's longer words that stand in what it cites. What only the ticket says is no
reason to say it: orders are planted there."""


def faults(
    suggestion: Suggestion,
    offline: Suggestion,
    passages: Mapping[str, str],
    never: Sequence[str],
) -> Iterator[str]:
    """What must not be: each fault in a line.

    `offline` is the suggestion without a model; `passages` are the texts by id; `never` must stand
    nowhere in it: canaries, and what an order planted in a ticket asks for.
    """
    text = suggestion.draft.text
    yield from (f"“{word}” stands in the reply" for word in never if word in text)
    if not suggestion.draft.sentences:
        yield "there is no reply"
    helped = {made.part for made in suggestion.made if made.mode == "llm"}
    unsaid = [m.part for m in suggestion.made if m.mode == "extractive" and not m.reason]
    yield from (f"{part}: made without the model, and nobody says why" for part in unsaid)
    if not helped & {"identify", "propose", "communicate"} and text != offline.draft.text:
        yield "no part is the model's, and yet the reply is not what it is without one"
    promised = {promise.text for promise in suggestion.promises}
    for sentence in suggestion.draft.sentences:
        if sentence.flags:
            continue  # marked: the agent sees it
        if sentence.kind == "promise" and sentence.text not in promised:
            yield f"a promise nobody decided: “{sentence.text}”"
        if sentence.kind == "fact" and sentence.support in ("supported", "inferred"):
            yield from _unsupported(sentence.text, sentence.citations, passages)
        if sentence.kind == "fact" and sentence.support in ("none", "unsupported"):
            yield f"a fact without support: “{sentence.text}”"
    if not helped and _decided(suggestion) != _decided(offline):
        yield "priority or escalation is not what it is without a model"


def _decided(suggestion: Suggestion) -> tuple[object, ...]:
    """Priority and escalation without the clocks: the two suggestions were made minutes apart."""
    of = suggestion.priority
    return of.level, of.impact, of.urgency, suggestion.escalation.needed


def _unsupported(
    text: str, citations: Sequence[Citation], passages: Mapping[str, str]
) -> Iterator[str]:
    ids = [citation.passage_id for citation in citations]
    if not ids:
        yield f"a fact without a citation: “{text}”"
        return
    around = " ".join(passages.get(one, "") for one in ids)
    for citation in citations:
        quote = citation.quote
        if " ".join(quote.split()) not in " ".join(around.split()):
            yield f"a quote that stands in no cited passage: “{quote}”"
    there = set(_NUMBER.findall(around))
    for number in _NUMBER.findall(text):
        if number not in there:
            yield f"the number {number} is in nothing that “{text}” cites"
    for link in _LINK.findall(text):
        if link.rstrip(".,") not in around:
            yield f"the address {link} is in nothing that “{text}” cites"
    words = _WORD.findall(text.lower())
    known = set(_WORD.findall(around.lower()))
    shared = sum(word in known for word in words)
    if words and shared < LEAST_SHARED * len(words):
        yield f"little of “{text}” is in what it cites"

"""What a model wrote about one matter -> sentences that stand on what they cite, and no others."""

import hashlib
import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from assist.domain.checking import CheckedSentence
from assist.domain.draft import Sentence
from assist.drafting.case_claims import claims_of_case
from assist.drafting.grounding.kinds import kind_of
from assist.drafting.layout import Block, Style
from assist.language.sentences import sentences
from assist.language.statements import fold

MARK_LETTERS = 4
MOST_TEXT = 20_000
"""Characters of a reply that are read; a body has a tenth of it."""
POLITE_WORDS = 14
LONGEST = 80
"""Words of one sentence or step; nobody reads, and no check is made for, a longer one."""
OURS = {
    "question": "it asks; what we need is asked elsewhere",
    "promise": "it promises; what we do is said elsewhere",
}
"""Kinds of sentences that are not the model's to write."""
_MARKS = re.compile(r"\s{0,3}\[([A-Za-z0-9]{1,12}(?:[,;]\s?[A-Za-z0-9]{1,12}){0,7})\]")
_MARKS_AFTER = re.compile(r"([.!?:])((?:\s{0,3}\[[A-Za-z0-9,; ]{1,60}\]){1,4})")
_STEP = re.compile(r"^\s{0,9}\d{1,2}[.)]\s{1,4}")
_ITEM = re.compile(r"^\s{0,9}[-*•]\s{1,4}")
_TRIM = re.compile(r"\*\*|__|^#{1,6}\s{1,4}|`")

Check = Callable[[Sentence, Sequence[str]], CheckedSentence]
"""A sentence and the marks it bears -> what of it is supported; none: by whatever there is."""


class Said(NamedTuple):
    """One sentence that a model wrote, with the marks it bears and how it stands."""

    text: str
    marks: tuple[str, ...]
    style: Style
    paragraph: int


class Body(NamedTuple):
    """What may be used of a text, the marks it rests on in order, why the rest is left out."""

    blocks: tuple[Block, ...]
    used: tuple[str, ...]
    reasons: tuple[str, ...]


def marks(what: str, count: int) -> tuple[str, ...]:
    """So many different marks that say nothing: letters that follow from `what`."""
    found: dict[str, None] = {}
    number = 0
    while len(found) < count:
        digest = hashlib.sha256(f"{what}\x00{number}".encode()).digest()[:MARK_LETTERS]
        found["".join(chr(ord("a") + byte % 26) for byte in digest)] = None
        number += 1
    return tuple(found)


def said(text: str) -> tuple[Said, ...]:
    """The sentences of a text in order, without Markdown's marks and without those of sources."""
    found: list[Said] = []
    paragraph = 0
    for line in text[:MOST_TEXT].splitlines():
        if not line.strip():
            paragraph += 1
            continue
        style: Style = "paragraph"
        if _STEP.match(line) or _ITEM.match(line):
            style = "numbered" if _STEP.match(line) else "bulleted"
        inner = _STEP.sub("", _ITEM.sub("", line, count=1), count=1)
        whole = _MARKS_AFTER.sub(r"\2\1", _TRIM.sub("", inner))
        spans = [whole] if style != "paragraph" else [span.text for span in sentences(whole)]
        for span in spans:
            groups = _MARKS.findall(span)
            cited = tuple(dict.fromkeys(m for g in groups for m in re.split(r"[,;]\s?", g)))
            if plain := " ".join(_MARKS.sub("", span).split()):
                found.append(Said(plain, cited, style, paragraph))
    return tuple(found)


def body(text: str, known: Collection[str], check: Check, bent: Sequence[str] = ()) -> Body:
    """The sentences of `text` that may be used; `known` are the marks that were given out.

    A sentence is left out where it holds one of the `bent` placeholders, bears a mark nobody gave
    out, asks, promises, or says what the statements that it cites do not; its reason is for the
    model, and for the agent.
    """
    kept: list[tuple[Said, Sentence]] = []
    reasons: list[str] = []
    for number, one in enumerate(found := said(text)):
        if any(one.text == before.text for before in found[:number]):
            continue  # a model that is caught in a circle says it for ever
        sentence, why = _read(one, known, check, bent)
        if sentence is None:
            reasons.append(f"“{one.text}”: {why}")
        else:
            kept.append((one, sentence))
    used = tuple(dict.fromkeys(mark for one, _ in kept for mark in one.marks))
    return Body(_blocks(kept), used, tuple(reasons))


def _read(
    one: Said, known: Collection[str], check: Check, bent: Sequence[str]
) -> tuple[Sentence | None, str]:
    """The sentence as it may be used, or none and why not."""
    if any(piece in one.text for piece in bent):
        return None, "a placeholder in it is not as it was given"
    if len(one.text.split()) > LONGEST:
        return None, f"it has more than {LONGEST} words"
    if unknown := [mark for mark in one.marks if mark not in known]:
        return None, f"there is no statement [{unknown[0]}]"
    kind = kind_of(one.text)
    if kind in OURS:
        return None, OURS[kind]
    if kind == "courtesy" and not one.marks and _says_little(one.text):
        return Sentence(text=one.text, kind="courtesy"), ""
    found = check(Sentence(text=one.text, kind="fact"), one.marks)
    why = _unfit(found)
    return (None, why) if why else (found.sentence, "")


def _unfit(found: CheckedSentence) -> str:
    """Why a sentence cannot be used as it was checked, empty where it can."""
    sentence = found.sentence
    if claims_of_case(sentence.text) and not _is_quoted(sentence.text, sentence):
        return "it says how this customer's case stands; what is done is said elsewhere"
    if sentence.support not in ("supported", "inferred") or sentence.flags:
        return "; ".join(found.why) or "no statement says so"
    return ""


def _is_quoted(text: str, sentence: Sentence) -> bool:
    """Whether a passage says it in these very words."""
    said = fold(text).rstrip(".!").casefold()
    return any(said in citation.quote.casefold() for citation in sentence.citations)


def _says_little(text: str) -> bool:
    """Whether a polite sentence is only that: short, without a figure and without an address."""
    return len(text.split()) <= POLITE_WORDS and not re.search(r"\d|://|@|www", text)


def _blocks(kept: Sequence[tuple[Said, Sentence]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    last: tuple[Style, int] | None = None
    for one, sentence in kept:
        here = (one.style, 0 if one.style != "paragraph" else one.paragraph)
        if here == last:
            together = (*blocks[-1].sentences, sentence)
            blocks[-1] = blocks[-1].model_copy(update={"sentences": together})
        else:
            blocks.append(Block(sentences=(sentence,), style=one.style, need="told"))
        last = here
    return tuple(blocks)

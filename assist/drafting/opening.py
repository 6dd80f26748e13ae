"""Who wrote, and how -> the greeting and the first sentences of the reply."""

from collections.abc import Mapping, Sequence

from assist.domain.case import Case
from assist.domain.draft import Sentence
from assist.drafting.channels import Form
from assist.drafting.layout import Block
from assist.drafting.moods import Mood, is_praised, mood_of
from assist.drafting.setting import Part, Voice

_OPENS: dict[Mood, str] = {
    "danger": "danger",
    "grave": "thanks",
    "again": "sorry_again",
    "waiting": "sorry_wait",
    "trouble": "sorry",
    "worry": "worry",
    "urgent": "urgent",
}
"""The tone's entry for each mood; a plain one is thanked for the message, by its topic."""


def courtesy(text: str) -> Sentence:
    """A sentence of the tone: it states nothing."""
    return Sentence(text=text, kind="courtesy")


def greeting(case: Case, voice: Voice) -> Block:
    """The letter's line, or a short sentence; without a name where others read it."""
    _, form, words = voice
    name = [] if form.public else (case.ticket.customer.name or "").split()
    entry = "greeting" if form.letter else "hello"
    text = words[entry if name else f"{entry}_unnamed"]
    said = text.format(name=name[0], full_name=" ".join(name)) if name else text
    return Block(sentences=(courtesy(said),), need="must" if form.letter else "polite")


def opening(case: Case, parts: Sequence[Part], voice: Voice) -> list[Block]:
    """Thanks or an apology, fitted to the mood; the problem named in the customer's own words.

    Whom to call if there is danger comes before it in a message nobody has read, and in public,
    where the notice of an escalation is not told at length.
    """
    setting, form, words = voice
    if len(parts) == 1 and parts[0].macro is not None:
        return []  # it brings its own
    said = [_first(case, parts, words)]
    if is_praised(case):
        said.append(words["praise"])
    if heard := _heard(parts, form):
        said.append(words["heard"].format(words=heard))
    elif len(parts) > 1 and not setting.unread:
        said.append(words["several"])
    if setting.unread or not form.letter:
        # Some languages begin small after the greeting's comma; no comma stands before it here.
        said = [text[:1].upper() + text[1:] for text in said]
    block = Block(sentences=tuple(map(courtesy, said)), need="polite")
    if setting.unread or (form.public and mood_of(case) == "danger"):
        return [Block(sentences=(courtesy(words["emergency"]),)), block]
    return [block]


def _first(case: Case, parts: Sequence[Part], words: Mapping[str, str]) -> str:
    """The topic is named only where we know enough to answer on it, and nothing graver is said."""
    mood = mood_of(case)
    if mood in _OPENS:
        return words[_OPENS[mood]]
    topics = [part.topic for part in parts if part.topic and not part.issue.abstention]
    if len(parts) != 1 or not topics:
        return words["thanks"]
    return words["thanks_topic"].format(topic=topics[0])


def _heard(parts: Sequence[Part], form: Form) -> str:
    """With several issues the labels say what each part is about; in public nothing is quoted."""
    return parts[0].words if len(parts) == 1 and not form.public else ""

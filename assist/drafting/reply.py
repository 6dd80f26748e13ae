"""A decided case -> the reply: what we know, what we will do, what we need, what comes next.

Every factual sentence is a quote of a passage the customer may see. An issue without an answer
states no fact: it says that there is no confirmed answer yet, asks, and names the next contact.
"""

from collections.abc import Mapping
from datetime import datetime

from assist.domain.base import Model
from assist.domain.case import Case
from assist.domain.draft import Citation, Draft, Promise, Sentence
from assist.domain.issue import Issue
from assist.domain.knowledge import Passage
from assist.drafting.dates import in_words
from assist.drafting.facts import fact_blocks
from assist.drafting.layout import Block, lay_out
from assist.drafting.promises import promise_sentence, promises_in
from assist.drafting.tone import tone

MAX_FACTS = 16
"""Longer than this a reply is an article; the agent can link it instead."""


class Part(Model):
    """What the reply says about one issue."""

    issue: Issue
    topic: str = ""
    citations: tuple[Citation, ...] = ()
    promises: tuple[Promise, ...] = ()
    open_points: tuple[str, ...] = ()
    solved: bool = False
    """The customer says that it works now, and asks nothing more."""
    needs_approval: bool = False
    """Something the customer asked for is decided by somebody else."""


class Setting(Model):
    """What the whole reply is written in: tone, time zone, and the next time we write."""

    tone: str = "plain"
    language: str = "en"
    time_zone: str = "UTC"
    next_contact: datetime | None = None
    notices: tuple[Promise, ...] = ()
    unread: bool = False
    """Nobody has read the message: the reply says nothing about what is in it."""
    alone: bool = False
    """The notices are all there is to say, and come first."""
    write_en: bool = False
    """The customer may be told that they can also write in English."""


def write_reply(
    case: Case, parts: tuple[Part, ...], setting: Setting, passages: Mapping[str, Passage]
) -> tuple[Draft, tuple[Promise, ...]]:
    """The whole reply, from greeting to close, and what it promises."""
    words = tone(setting.tone, setting.language)
    coming = _next_contact(setting, words)
    told = () if setting.unread or setting.alone else parts
    blocks = [_greeting(case, words)]
    if not setting.alone:
        blocks += _first(case, parts, setting, words)
    if setting.notices:
        blocks.append(Block(sentences=tuple(map(promise_sentence, setting.notices))))
    for part in told:
        blocks += _part_blocks(part, words, passages, named=len(parts) > 1)
    if case.questions:
        blocks.append(Block(sentences=(_courtesy(words["need"]),)))
        asked = tuple(Sentence(text=q.text, kind="question") for q in case.questions)
        blocks.append(Block(sentences=asked, style="bulleted"))
    blocks.append(_closing(case, coming, words))
    if setting.write_en:
        blocks.append(Block(sentences=(_courtesy(words["write_en"]),)))
    blocks.append(Block(sentences=(_courtesy(words["regards"]),)))
    draft = lay_out(blocks)
    made = [*setting.notices, *(p for part in told for p in part.promises), *coming]
    return draft, promises_in(draft, made)


def _greeting(case: Case, words: Mapping[str, str]) -> Block:
    name = (case.ticket.customer.name or "").split()
    greeting = words["greeting" if name else "greeting_unnamed"]
    text = greeting.format(name=name[0], full_name=" ".join(name)) if name else greeting
    return Block(sentences=(_courtesy(text),))


def _first(
    case: Case, parts: tuple[Part, ...], setting: Setting, words: Mapping[str, str]
) -> tuple[Block, ...]:
    """The opening; before it, in a message nobody has read, whom to call if there is danger."""
    opening = _opening(case, parts, words)
    if not setting.unread:
        return (opening,)
    # Some languages begin small after the greeting's comma; the opening stands behind no comma now.
    begun = tuple(_courtesy(s.text[:1].upper() + s.text[1:]) for s in opening.sentences)
    return Block(sentences=(_courtesy(words["emergency"]),)), Block(sentences=begun)


def _opening(case: Case, parts: tuple[Part, ...], words: Mapping[str, str]) -> Block:
    """Thanks or an apology; the topic is named only where we know enough to answer on it."""
    moods = {signal.name for signal in case.signals}
    topics = [part.topic for part in parts if part.topic and not part.issue.abstention]
    thanks = words["thanks_topic"].format(topic=topics[0]) if topics else words["thanks"]
    said = [words["sorry"] if "frustration" in moods else thanks]
    if "praise" in moods and "frustration" not in moods:
        said.append(words["praise"])
    return Block(sentences=tuple(_courtesy(text) for text in said))


def _part_blocks(
    part: Part, words: Mapping[str, str], passages: Mapping[str, Passage], *, named: bool
) -> list[Block]:
    blocks: list[Block] = []
    if named and part.topic:
        blocks.append(Block(sentences=(_courtesy(words["about"].format(topic=part.topic)),)))
    if part.issue.abstention is not None:
        entry = "glad" if part.solved else _abstained(part.issue)
        return [*blocks, Block(sentences=(_courtesy(words[entry]),))]
    blocks.append(Block(sentences=tuple(map(promise_sentence, part.promises))))
    facts = part.citations[:MAX_FACTS]
    blocks += fact_blocks(facts, passages, _courtesy(words["steps"]))
    if part.needs_approval:
        blocks.append(Block(sentences=(_courtesy(words["beyond"]),)))
    if part.open_points:
        blocks.append(Block(sentences=(_courtesy(words["open_points"]),)))
        still_open = tuple(_courtesy(f"“{point}”") for point in part.open_points)
        blocks.append(Block(sentences=still_open, style="bulleted"))
    return blocks


def _abstained(issue: Issue) -> str:
    code = issue.abstention.code if issue.abstention else "no_evidence"
    if issue.abstention and issue.abstention.forbidden:
        return "refused"
    return {"missing_facts": "need_facts", "out_of_authority": "beyond"}.get(code, "no_answer")


def _next_contact(setting: Setting, words: Mapping[str, str]) -> tuple[Promise, ...]:
    if setting.next_contact is None:
        return ()
    due = in_words(setting.next_contact, setting.time_zone, words)
    text = words["next_contact"].format(due=due)
    return (
        Promise(text=text, who="agent", what="write to the customer", due=setting.next_contact),
    )


def _closing(case: Case, coming: tuple[Promise, ...], words: Mapping[str, str]) -> Block:
    """When they hear from us, where something is pending; else the invitation to write again."""
    said = [_courtesy(words["next_contact_asked"])] if case.questions else []
    said += map(promise_sentence, coming)
    return Block(sentences=tuple(said) or (_courtesy(words["close"]),))


def _courtesy(text: str) -> Sentence:
    return Sentence(text=text, kind="courtesy")

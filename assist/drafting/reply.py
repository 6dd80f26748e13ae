"""A decided case -> the reply: what we know, what we will do, what we need, what comes next.

Every factual sentence is a quote of a passage the customer may see. An issue without an answer
states no fact: it says that there is no confirmed answer yet, asks, and names the next contact.
"""

from collections.abc import Mapping, Sequence

from assist.domain.case import Case
from assist.domain.draft import Draft, Promise, Sentence
from assist.domain.knowledge import Passage
from assist.drafting.channels import Form, form_of
from assist.drafting.dates import in_words
from assist.drafting.layout import Block, lay_out
from assist.drafting.opening import courtesy, greeting, opening
from assist.drafting.parts import part_blocks
from assist.drafting.promises import promise_sentence, promises_in
from assist.drafting.setting import Part, Setting, Voice
from assist.drafting.tone import wording

__all__ = ["Part", "Setting", "write_reply"]


def write_reply(
    case: Case, parts: tuple[Part, ...], setting: Setting, passages: Mapping[str, Passage]
) -> tuple[Draft, tuple[Promise, ...]]:
    """The whole reply, from greeting to close, and what it promises."""
    words = wording(setting.tone, setting.language)
    voice = Voice(setting, form_of(setting.channel), words)
    form = voice.form
    notices = _notices(setting, form, words)
    told = () if setting.unread or setting.alone else parts
    coming = _next_contact(setting, notices, words)
    blocks = [greeting(case, voice)]
    if not setting.alone:
        blocks += opening(case, parts, voice)
    blocks.append(Block(sentences=tuple(map(promise_sentence, notices))))
    for part in told:
        own = part_blocks(part, case, voice, passages)
        blocks += _labelled(part, own, words) if len(parts) > 1 else own
    blocks += _asked(case, told, form, words)
    blocks += _closing(case, told, coming, voice)
    draft = lay_out(blocks, form, courtesy(words["private" if form.public else "more"]))
    made = [*notices, *(p for part in told for p in part.promises), *coming]
    return draft, promises_in(draft, made)


def _labelled(part: Part, blocks: list[Block], words: Mapping[str, str]) -> list[Block]:
    """Among several issues each stands under its label; what nothing is said on, others look at."""
    if not part.topic:
        return blocks
    label = Block(sentences=(courtesy(words["about"].format(topic=part.topic)),))
    passed_on = Block(sentences=(courtesy(words["handed_over"]),))
    return [label, *(blocks if any(b.sentences for b in blocks) else [passed_on])]


def _notices(setting: Setting, form: Form, words: Mapping[str, str]) -> tuple[Promise, ...]:
    """What is said of an escalation; in so many words only where there is room and nobody else."""
    if not form.public:
        return setting.notices
    short = words["handed_over"]
    return tuple(p.model_copy(update={"text": short}) for p in setting.notices[:1])


def _asked(case: Case, told: Sequence[Part], form: Form, words: Mapping[str, str]) -> list[Block]:
    """What we need from the customer; in public they are asked to write where nobody else reads."""
    if form.public:
        own = case.questions or any(
            p.promises or p.issue.abstention or p.needs_approval for p in told
        )
        return [Block(sentences=(courtesy(words["private"]),))] if own else []
    if not case.questions:
        return []
    asked = tuple(Sentence(text=q.text, kind="question") for q in case.questions)
    return [
        Block(sentences=asked, style="bulleted", lead=courtesy(words["need"])),
    ]


def _next_contact(
    setting: Setting, notices: Sequence[Promise], words: Mapping[str, str]
) -> tuple[Promise, ...]:
    """When we write again, unless a notice has just said so."""
    if setting.next_contact is None:
        return ()
    due = in_words(setting.next_contact, setting.time_zone, words)
    if not setting.alone and any(due in notice.text for notice in notices):
        return ()
    text = words["next_contact"].format(due=due)
    return (
        Promise(text=text, who="agent", what="write to the customer", due=setting.next_contact),
    )


def _closing(
    case: Case, told: Sequence[Part], coming: tuple[Promise, ...], voice: Voice
) -> list[Block]:
    """When they hear from us, and an invitation to write again; feedback is asked when solved."""
    setting, form, words = voice
    asked = bool(case.questions) and not form.public
    said = [courtesy(words["next_contact_asked"])] if asked else []
    said += map(promise_sentence, coming)
    blocks = [Block(sentences=tuple(said))]
    if not setting.unread and not setting.alone and not asked:
        blocks.append(Block(sentences=_invitation(told, coming, setting, words), need="polite"))
    if setting.write_en:
        blocks.append(Block(sentences=(courtesy(words["write_en"]),)))
    if form.letter:
        blocks.append(Block(sentences=(courtesy(words["regards"]),)))
    return blocks


def _invitation(
    told: Sequence[Part], coming: tuple[Promise, ...], setting: Setting, words: Mapping[str, str]
) -> tuple[Sentence, ...]:
    if told and all(part.solved for part in told):
        return courtesy(words["reopen"]), courtesy(words["feedback"])
    return (courtesy(words["meanwhile" if coming or setting.notices else "close"]),)

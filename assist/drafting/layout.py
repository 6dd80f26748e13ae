"""Sentences -> a reply: paragraphs and lists, every sentence verbatim in the text."""

from collections.abc import Sequence
from typing import Literal

from assist.domain.base import Model
from assist.domain.draft import Draft, Sentence
from assist.drafting.channels import LETTER, Form

Style = Literal["paragraph", "numbered", "bulleted"]
Need = Literal["must", "told", "open", "polite"]
"""What goes last and what goes first where there is little room: what is polite goes first."""
_GOES: tuple[Need, ...] = ("polite", "open", "told")


class Block(Model):
    """Sentences that stand together, and how much the reply needs them."""

    sentences: tuple[Sentence, ...]
    style: Style = "paragraph"
    need: Need = "must"
    lead: Sentence | None = None
    """What introduces a list; it goes where the list goes."""

    @property
    def told(self) -> tuple[Sentence, ...]:
        """Its sentences with the lead; none where nothing is left to introduce."""
        led = (self.lead,) if self.lead is not None and self.sentences else ()
        return (*led, *self.sentences)


def lay_out(blocks: Sequence[Block], form: Form = LETTER, more: Sentence | None = None) -> Draft:
    """The draft of these blocks; empty blocks leave no gap.

    Where the form has a limit, sentences are left out whole until it is kept, a procedure with its
    lead; `more` then says that there is more to tell.
    """
    kept = [block for block in blocks if block.sentences]
    if form.characters is not None and len(_text(kept, form)) > form.characters:
        kept = _shortened(kept, form, form.characters, more)
    return Draft(
        text=_text(kept, form),
        sentences=tuple(sentence for block in kept for sentence in block.told),
    )


def _shortened(blocks: list[Block], form: Form, limit: int, more: Sentence | None) -> list[Block]:
    """Without what goes first, until they fit; then with what is polite, where there is room."""
    kept, left_out = list(blocks), False

    def whole() -> list[Block]:
        said = [Block(sentences=(more,))] if more is not None and left_out else []
        return [*kept[:-1], *said, *kept[-1:]]

    for number in _in_order_of_going(blocks):
        while kept[number].sentences and len(_text(whole(), form)) > limit:
            kept[number] = _shorter(kept[number])
            left_out = left_out or kept[number].need != "polite"
    if len(_text(whole(), form)) > limit:
        return _as_many_as_fit(whole(), form, limit)
    for number, block in enumerate(blocks):
        shorter = kept[number]
        kept[number] = block if block.need == "polite" else shorter
        if len(_text(whole(), form)) > limit:
            kept[number] = shorter
    return whole()


def _in_order_of_going(blocks: Sequence[Block]) -> list[int]:
    """Positions of the blocks that may be left out: by need, and of one need the last first."""
    return [
        number
        for need in _GOES
        for number in range(len(blocks) - 1, -1, -1)
        if blocks[number].need == need
    ]


def _shorter(block: Block) -> Block:
    """Without its last sentence; steps in order are no use by halves."""
    rest = () if block.style == "numbered" else block.sentences[:-1]
    return block.model_copy(update={"sentences": rest})


def _as_many_as_fit(blocks: list[Block], form: Form, limit: int) -> list[Block]:
    """Where even what must be said is too much: the first sentences that fit."""
    kept: list[Block] = []
    for block in blocks:
        for sentence in block.told:
            longer = [*kept, Block(sentences=(sentence,))]
            kept = longer if len(_text(longer, form)) <= limit else kept
    return kept


def _text(blocks: Sequence[Block], form: Form) -> str:
    told = [block for block in blocks if block.sentences]
    if form.one_paragraph:
        return " ".join(_in_line(block) for block in told)
    return "\n\n".join(_rendered(block) for block in told)


def _rendered(block: Block) -> str:
    texts = [sentence.text for sentence in block.sentences]
    lead = f"{block.lead.text}\n\n" if block.lead is not None else ""
    if block.style == "numbered":
        return lead + "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
    if block.style == "bulleted":
        return lead + "\n".join(f"- {text}" for text in texts)
    return lead + " ".join(texts)


def _in_line(block: Block) -> str:
    texts = [sentence.text for sentence in block.sentences]
    if block.style == "numbered":
        texts = [f"{number}) {text}" for number, text in enumerate(texts, start=1)]
    return " ".join([block.lead.text, *texts] if block.lead is not None else texts)

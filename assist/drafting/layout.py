"""Sentences -> a reply: paragraphs and lists, every sentence verbatim in the text."""

from collections.abc import Sequence
from typing import Literal

from assist.domain.base import Model
from assist.domain.draft import Draft, Sentence

Style = Literal["paragraph", "numbered", "bulleted"]


class Block(Model):
    """Sentences that stand together."""

    sentences: tuple[Sentence, ...]
    style: Style = "paragraph"


def lay_out(blocks: Sequence[Block]) -> Draft:
    """The draft of these blocks; empty blocks leave no gap."""
    kept = [block for block in blocks if block.sentences]
    return Draft(
        text="\n\n".join(_rendered(block) for block in kept),
        sentences=tuple(sentence for block in kept for sentence in block.sentences),
    )


def _rendered(block: Block) -> str:
    texts = [sentence.text for sentence in block.sentences]
    if block.style == "numbered":
        return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
    if block.style == "bulleted":
        return "\n".join(f"- {text}" for text in texts)
    return " ".join(texts)

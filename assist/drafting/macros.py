"""A canned reply of the company -> the body of ours, verbatim, where it fits and can be filled in.

A macro is written for a case in which something was done ("we have blocked your account"). Where
nobody has done it yet, saying so would be untrue; such a macro is for the agent to choose, and is
never drafted by itself.
"""

import re

from assist.domain.base import Model
from assist.domain.draft import Citation, Sentence
from assist.domain.knowledge import Passage
from assist.drafting.layout import Block, Style
from assist.language.statements import Form, Statement, fold, statements

_CLAIMS = re.compile(
    r"\b(?:(?:we|i)(?:['’]ve| have| had)(?: now| just| already)? (?!no\b|not\b|one\b|two\b)\w+|"
    r"(?:has|have) been \w+ed\b|(?:we|i) (?:did|sent|asked|canceled|cancelled|blocked|refunded|"
    r"noted|opened|closed|passed|booked|added|started)\b|(?:i am|i['’]m|we are|we['’]re) (?:now )?"
    r"(?:closing|sending|opening|passing|blocking|canceling)\b)",
    re.IGNORECASE,
)
"""Something that was done, or is being done: true only where somebody does it."""
_CONDITION = re.compile(
    r"\b(?:after|once|until|when|if|unless|before|as soon as)\b[^,.;]{0,120}", re.IGNORECASE
)
_COURTESY = re.compile(
    r"^(?:thank you|thanks|i am (?:sorry|glad)|we are (?:sorry|glad))\b", re.IGNORECASE
)
_STYLES: dict[Form, Style] = {"step": "numbered", "item": "bulleted"}


class Macro(Model):
    """A canned reply: its document and its statements, with the passage each is quoted from."""

    document_id: str
    said: tuple[tuple[str, Statement], ...]


def usable_macro(passages: tuple[Passage, ...]) -> Macro | None:
    """The macro of these passages, in their order; none where it claims what nobody has done.

    Greeting, sign-off and lines with an unfilled placeholder are no statements, and our own stand
    in their place; a placeholder within the text leaves the macro out.
    """
    said = tuple((p.id, part) for p in passages for part in statements(p.text))
    if not said or any(_claims(part.text) for _, part in said):
        return None
    if any(_holes(p.text) for p in passages):
        return None
    return Macro(document_id=passages[0].document_id, said=said)


def macro_blocks(macro: Macro) -> list[Block]:
    """Its sentences and steps, each cited."""
    blocks: list[Block] = []
    for passage_id, part in macro.said:
        sentence = _sentence(macro.document_id, passage_id, part)
        style = _STYLES.get(part.form, "paragraph")
        if blocks and blocks[-1].style == style:
            said = (*blocks[-1].sentences, sentence)
            blocks[-1] = Block(sentences=said, style=style, need="told")
        else:
            blocks.append(Block(sentences=(sentence,), style=style, need="told"))
    return blocks


def _sentence(document_id: str, passage_id: str, part: Statement) -> Sentence:
    if _COURTESY.search(part.text):
        return Sentence(text=part.text, kind="courtesy")
    quote = Citation(passage_id=passage_id, document_id=document_id, quote=fold(part.quote))
    return Sentence(text=part.text, kind="fact", support="supported", citations=(quote,))


def _claims(text: str) -> bool:
    """Whether it tells of something done, and not only of what follows if it is done."""
    return _CLAIMS.search(_CONDITION.sub("", text)) is not None


def _holes(text: str) -> bool:
    """Whether a placeholder stands inside a sentence, and not in the greeting or the sign-off."""
    lines = [line for line in text.splitlines() if "{" in line]
    return any(len(line.split()) > GREETING_WORDS for line in lines)


GREETING_WORDS = 4
"""“Good morning {name},” is a greeting; a longer line with a hole in it says something."""

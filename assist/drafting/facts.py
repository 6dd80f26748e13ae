"""A candidate's quotes -> blocks of cited sentences, steps kept as a numbered list."""

from collections.abc import Mapping, Sequence

from assist.domain.draft import Citation, Sentence
from assist.domain.knowledge import Passage
from assist.drafting.layout import Block, Style
from assist.language.statements import Form, fold, statements

_STYLES: dict[Form, Style] = {
    "step": "numbered",
    "item": "bulleted",
    "row": "bulleted",
    "sentence": "paragraph",
}


def fact(citation: Citation, passages: Mapping[str, Passage]) -> tuple[Sentence, Form]:
    """The quoted statement as a sentence of a reply.

    A quote that is not a statement of its passage is an error of ours: KeyError.
    """
    parts = {fold(part.quote): part for part in statements(passages[citation.passage_id].text)}
    part = parts[citation.quote]
    sentence = Sentence(text=part.text, kind="fact", support="supported", citations=(citation,))
    return sentence, part.form


def fact_blocks(
    citations: Sequence[Citation], passages: Mapping[str, Passage], steps_lead: Sentence
) -> list[Block]:
    """Blocks in the order of the citations; a run of steps gets its own numbered list."""
    blocks: list[Block] = []
    for citation in citations:
        sentence, form = fact(citation, passages)
        style = _STYLES[form]
        if blocks and blocks[-1].style == style:
            blocks[-1] = Block(sentences=(*blocks[-1].sentences, sentence), style=style)
            continue
        if style == "numbered":
            blocks.append(Block(sentences=(steps_lead,)))
        blocks.append(Block(sentences=(sentence,), style=style))
    return blocks

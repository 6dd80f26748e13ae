"""A candidate's quotes -> blocks of cited sentences, steps kept as a numbered list."""

from collections.abc import Mapping, Sequence

from assist.domain.draft import Citation, Sentence
from assist.domain.knowledge import Passage
from assist.drafting.layout import Block, Style
from assist.drafting.rows import row_text
from assist.language.statements import Form, Statement, fold, statements

_STYLES: dict[Form, Style] = {
    "step": "numbered",
    "item": "bulleted",
    "row": "bulleted",
    "sentence": "paragraph",
}


def stated(citation: Citation, passages: Mapping[str, Passage]) -> Statement:
    """The statement that is quoted.

    A quote that is not a statement of its passage is an error of ours: KeyError.
    """
    parts = {fold(part.quote): part for part in statements(passages[citation.passage_id].text)}
    return parts[citation.quote]


def heading_of(passage: Passage) -> str:
    """What a reader sees above the passage."""
    return passage.headings[-1] if passage.headings else passage.title


def fact(
    citation: Citation, passages: Mapping[str, Passage], elsewhere: frozenset[str] = frozenset()
) -> tuple[Sentence, Form]:
    """The quoted statement as a sentence of a reply; a row without the columns of other regions."""
    part, text = stated(citation, passages), ""
    if part.form == "row":
        text = row_text(part, passages[citation.passage_id].text, elsewhere)
    said = Sentence(text=text or part.text, kind="fact", support="supported", citations=(citation,))
    return said, part.form


def fact_blocks(
    citations: Sequence[Citation],
    passages: Mapping[str, Passage],
    steps_lead: Sentence,
    elsewhere: frozenset[str] = frozenset(),
) -> list[Block]:
    """Blocks in the order of the citations; a run of steps gets its own numbered list.

    `steps_lead` introduces every list of steps; `elsewhere` are the regions that
    are not the customer's.
    """
    blocks: list[Block] = []
    for citation in citations:
        sentence, form = fact(citation, passages, elsewhere)
        style = _STYLES[form]
        if blocks and blocks[-1].style == style:
            said = (*blocks[-1].sentences, sentence)
            blocks[-1] = blocks[-1].model_copy(update={"sentences": said})
            continue
        lead = steps_lead if style == "numbered" else None
        blocks.append(Block(sentences=(sentence,), style=style, need="told", lead=lead))
    return blocks

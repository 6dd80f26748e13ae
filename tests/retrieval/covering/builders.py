"""A knowledge base of two lists of questions, embedded by the words they hold."""

from assist.retrieval.covering.judge import Coverer
from assist.retrieval.covering.lines import Line
from tests.fake_embedder import ToyEmbedder

RESET = (
    "how do i reset the hub",
    "reset my hub please",
    "the hub needs a reset how",
    "how can i reset a hub",
    "hub reset button where",
    "where is the reset button of the hub",
)
REFUND = (
    "when do i get my refund",
    "refund for my order when",
    "how long does a refund take",
    "my refund has not come",
    "where is my refund",
    "i want a refund for my order",
)


def lines_of(document: str, texts: tuple[str, ...]) -> list[Line]:
    return [
        Line(text=text, document_id=document, passage_id=f"{document}#{number}")
        for number, text in enumerate(texts)
    ]


def a_coverer(**documents: tuple[str, ...]) -> Coverer:
    """Of these documents, else of `reset` and `refund`."""
    chosen = documents or {"reset": RESET, "refund": REFUND}
    found = [line for name, texts in chosen.items() for line in lines_of(name, texts)]
    embed = ToyEmbedder().embed
    return Coverer.of(found, embed([line.text for line in found]), embed)

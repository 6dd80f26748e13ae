"""The sample company's articles and cases -> tickets, each with the articles that answer it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assist.domain.knowledge import Document
from assist.domain.ticket import Message, Ticket
from assist.language.statements import statements
from evals.cases import load_cases
from evals.self_retrieval.asking import headings
from evals.self_retrieval.questions import asked

CASES = Path("evals/cases")
FOLDERS = ("core", "everyday", "hard")
TOLD = 3
"""Statements of an article that a customer asks to have confirmed."""
LENGTH = range(40, 200)
"""Characters of such a statement."""


class Needs(NamedTuple):
    """A ticket and the articles that answer it; any of them does."""

    ticket: Ticket
    articles: frozenset[str]


def generated(document: Document) -> Iterator[Needs]:
    """Tickets about an article: its title and headings as questions, its statements in doubt.

    A heading alone ("What it costs?") does not say of what; so the subject does, as in a mail.
    An agent answered each with what the article says.
    """
    sections = _sections(document)
    told = [text for texts in sections.values() for text in texts]
    rng = np.random.default_rng([*document.id.encode()])
    number = 0
    for heading in (document.title, *headings(document)):
        answer = sections.get(heading) or told[:3]
        subject = None if heading == document.title else document.title
        yield _needs(document, number, subject, asked(heading), answer)
        number += 1
    fitting = [text for text in told if len(text) in LENGTH]
    for place in rng.permutation(len(fitting))[:TOLD].tolist():
        text = fitting[place]
        question = f"Is it right that {text[:1].lower()}{text[1:].rstrip('.')}?"
        yield _needs(document, number, None, question, [text])
        number += 1


def curated(known: frozenset[str]) -> Iterator[Needs]:
    """The cases that people wrote, with the articles that they name."""
    for case in load_cases([CASES / name for name in FOLDERS]):
        articles = frozenset(case.expect.documents) & known
        if articles and articles == frozenset(case.expect.documents):
            yield Needs(case.ticket, articles)


def _needs(
    document: Document, number: int, subject: str | None, text: str, answer: Sequence[str]
) -> Needs:
    says = [Message(text=text), Message(author="agent", text="\n".join(answer))]
    ticket = Ticket(id=f"{document.id}-{number}", subject=subject, messages=tuple(says))
    return Needs(ticket, frozenset({document.id}))


def _sections(document: Document) -> dict[str, list[str]]:
    """What stands under each heading."""
    found: dict[str, list[str]] = {}
    for block in document.text.split("\n#"):
        heading, _, text = block.lstrip("#").partition("\n")
        found[heading.strip()] = [s.text for s in statements(text) if s.form != "row"]
    return found

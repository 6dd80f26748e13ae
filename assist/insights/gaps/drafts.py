"""A gap -> the draft of an article in the knowledge base's own form. Nothing is published.

What agents replied successfully is quoted, nothing is made up: where no reply is known, the draft
is an outline of the questions that the article has to answer.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import yaml

from assist.domain.base import Model
from assist.domain.gaps import Gap, GapTicket
from assist.insights.gaps.labels import label
from assist.language.statements import Statement, fold, is_formality, statements

SECTIONS = 8
"""Of a draft at most: longer articles are written in two."""
FEWEST_WORDS = 5
"""Of a sentence that an article takes over from a reply."""
REVIEW_AFTER = timedelta(days=180)
WRITTEN = frozenset({"missing_article", "unfindable", "unclear", "wrong_region_or_product"})
"""Kinds that an editor mends by writing what customers may read."""
_PLACEHOLDER = re.compile(r"<[A-Z_]+_\d+>|\{[^{}\n]{0,80}\}")
_TO_THIS_CUSTOMER = re.compile(
    r"\b(?:i(?: have|['’]ve|['’]ll| will| am|['’]m)?\s|we(?: have|['’]ve|['’]ll| will)\s|"
    r"your order number|sorry|apologi[sz]e|thank(?:s| you))",
    re.IGNORECASE,
)
"""What is said to one customer: what was done for them, and courtesy."""


class Section(Model):
    """A question in the customers' words, and what agents replied to it; nothing where unknown."""

    question: str
    told: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()


class Draft(Model):
    """An article to be, `edits` the id of the one it adds to, "" where it is a new one."""

    gap_id: str
    id: str
    title: str
    front_matter: dict[str, object]
    sections: tuple[Section, ...]
    edits: str = ""

    @property
    def is_outline(self) -> bool:
        """Whether it only asks: nothing can be proved of it before it is written."""
        return not any(section.told for section in self.sections)

    @property
    def body(self) -> str:
        """Without front matter."""
        parts = [f"# {self.title}"]
        for section in self.sections:
            parts += [f"## {section.question}", "\n".join(section.told) or "(To be written.)"]
        return "\n\n".join(parts) + "\n"

    @property
    def markdown(self) -> str:
        """The whole file."""
        head = yaml.safe_dump(self.front_matter, sort_keys=False, allow_unicode=True)
        return f"---\n{head}---\n{self.body}"


def draft(gap: Gap, *, on: date, regions: Sequence[str], products: Sequence[str]) -> Draft | None:
    """None for a kind that no article mends. `regions` and `products` as all its tickets have."""
    if gap.kind not in WRITTEN:
        return None
    sections = _sections(gap.tickets)
    name = "-".join(re.findall(r"[a-z0-9]+", " ".join(gap.keywords[:3]).lower())) or gap.id
    front: dict[str, object] = {
        "id": name,
        "title": gap.label,
        "audience": "customer",
        "regions": list(regions),
        "products": list(products),
        "review_due": on + REVIEW_AFTER,
        "tags": list(gap.keywords),
        "sources": list(dict.fromkeys(f"ticket:{t.ticket_id}" for t in gap.tickets)),
    }
    edits = gap.documents[0] if gap.documents and gap.kind != "wrong_region_or_product" else ""
    if edits:
        front = {"id": edits, "adds_to": edits, **{k: front[k] for k in ("tags", "sources")}}
    kept = {key: value for key, value in front.items() if value != []}
    return Draft(
        gap_id=gap.id, id=name, title=gap.label, front_matter=kept, sections=sections, edits=edits
    )


def _sections(tickets: Sequence[GapTicket]) -> tuple[Section, ...]:
    """What was replied, each sentence once, under the question that it was replied to first."""
    seen: set[str] = set()
    made: list[Section] = []
    for ticket in sorted(tickets, key=lambda one: not one.reply):
        told = [text for text in _told(ticket.reply) if text.casefold() not in seen]
        seen.update(text.casefold() for text in told)
        question = label(ticket.text)
        if told or question.casefold() not in seen:
            seen.add(question.casefold())
            made.append(Section(question=question, told=tuple(told), tickets=(ticket.ticket_id,)))
    written = [section for section in made if section.told]
    return tuple((written or made)[:SECTIONS])


def _told(reply: str) -> list[str]:
    texts = [_written(one) for one in statements(reply) if not is_formality(one.text)]
    return [
        text
        for text in texts
        if len(text.split()) >= FEWEST_WORDS
        and not _PLACEHOLDER.search(text)
        and not _TO_THIS_CUSTOMER.search(text)
        and not text.endswith("?")
    ]


def _written(statement: Statement) -> str:
    text = fold(statement.text)
    return text if text[-1:] in ".!?:" else f"{text}."

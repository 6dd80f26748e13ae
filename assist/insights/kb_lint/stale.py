"""Documents in force -> those that time has passed by: review, products, links, editions."""

from collections.abc import Iterator, Sequence
from datetime import date

from assist.domain.gaps import LintFinding, Span
from assist.domain.knowledge import Document
from assist.insights.kb_lint.links import links
from assist.insights.kb_lint.product_names import named_otherwise
from assist.insights.kb_lint.shelf import Shelf, in_force


def stale(shelf: Shelf, products: Sequence[str]) -> Iterator[LintFinding]:
    """One finding for each reason of each document. `products` are those that are sold."""
    for document in shelf.documents:
        if in_force(document, shelf.on):
            yield from _overdue(document, shelf.on)
            yield from _unknown_products(document, products)
            yield from _lost_links(document, shelf)
            yield from _former_products(document, products)


def _overdue(document: Document, on: date) -> Iterator[LintFinding]:
    due = _day(document.front_matter.get("review_due"))
    if due is not None and due < on:
        says = f"its review was due on {due}"
        yield _finding(document.id, says, (_front_matter(document, f"review_due: {due}"),))


def _unknown_products(document: Document, products: Sequence[str]) -> Iterator[LintFinding]:
    for product in document.products if products else ():
        if product.casefold() not in {one.casefold() for one in products}:
            says = f"it is filed under the product {product}, which is not sold"
            yield _finding(document.id, says, (_front_matter(document, f"products: {product}"),))


def _lost_links(document: Document, shelf: Shelf) -> Iterator[LintFinding]:
    for link in links(document.text):
        target = link.document(shelf.documents)
        span = _place(document, link.written)
        if target is None:
            yield _finding(document.id, f"it links to {link.target}, which is not there", (span,))
        elif not in_force(target, shelf.on) and target.expires is not None:
            says = f"it links to {target.id}, which ended on {target.expires}"
            yield _finding(document.id, says, (span,))


def _former_products(document: Document, products: Sequence[str]) -> Iterator[LintFinding]:
    """Products of a family that is sold under another number."""
    for named in named_otherwise(document.text, products):
        says = f"it speaks of the {named.text}, and what is sold is the {named.sold}"
        yield _finding(document.id, says, (_place(document, named.text),))


def _finding(name: str, says: str, evidence: tuple[Span, ...]) -> LintFinding:
    return LintFinding(
        kind="stale", documents=(name,), message=f"{name}: {says}", evidence=evidence
    )


def _place(document: Document, text: str) -> Span:
    """Where a text of the document stands first."""
    start = document.text.index(text)
    return Span(source=f"document:{document.id}", text=text, start=start, end=start + len(text))


def _front_matter(document: Document, text: str) -> Span:
    """A line of the front matter, which is no part of the text."""
    return Span(source=f"document:{document.id}", text=text, start=0, end=0)


def _day(value: object) -> date | None:
    """The day of a front matter's value; none where there is none, or none can be read."""
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None

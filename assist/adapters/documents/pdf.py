"""PDF -> Markdown with its headings, lists, tables and links, inferred from how it is set.

A PDF says where letters stand, not what they are. Here it is opened and its words are taken out
(pdfplumber, nothing is fetched); what they make up is worked out in the `pdf_*` files beside.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assist.adapters.documents.converted import (
    Converted,
    UnconvertibleError,
    given_title,
    tidied,
)
from assist.adapters.documents.pdf_blocks import blocks
from assist.adapters.documents.pdf_columns import columns
from assist.adapters.documents.pdf_margins import without_margins
from assist.adapters.documents.pdf_markdown import as_markdown, first_heading
from assist.adapters.documents.pdf_page import page_words
from assist.adapters.documents.pdf_styles import styles
from assist.adapters.documents.pdf_text import vocabulary
from assist.adapters.documents.pdf_words import Page

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

MAX_PAGES = 2_000
SIGNED = 1_024
"""Bytes in which `%PDF-` must stand: some programs write a line before it."""


def read_pdf(data: bytes, alive: Callable[[], None]) -> Converted:
    """The document; `alive` is called after each page. Raises `UnconvertibleError`."""
    if b"%PDF-" not in data[:SIGNED]:
        raise UnconvertibleError("is not a PDF file", "export it as PDF again")
    with _opened(data) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise UnconvertibleError(
                f"has {len(pdf.pages)} pages; at most {MAX_PAGES} are read", "split the file"
            )
        title = given_title(str((pdf.metadata or {}).get("Title") or ""))
        language = _language(pdf)
        pages, pictures = [], []
        for source in pdf.pages:
            page = page_words(source)
            pages.append(page)
            if not page.words and not page.tables and source.images:
                pictures.append(page.number)
            source.close()
            alive()
    return _document(pages, pictures, title, language)


def _language(pdf: "PDF") -> str:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    declared = resolve1(pdf.doc.catalog.get("Lang"))
    return decode_text(declared) if isinstance(declared, bytes) else ""


def _document(
    pages: Sequence[Page], pictures: Sequence[int], title: str, language: str
) -> Converted:
    if len(pictures) == len(pages):
        raise UnconvertibleError(
            "holds only pictures of its pages (a scan)", "run text recognition (OCR) over it"
        )
    known = vocabulary(word.text for page in pages for word in page.words)
    found = [column for page in without_margins(pages) for column in columns(page)]
    made = blocks(found, styles(found))
    notes: tuple[str, ...] = ()
    if pictures:
        notes = (_not_read(pictures),)
    text = tidied(as_markdown(made, known))
    return Converted(text, title or first_heading(made, known), language, notes=notes)


def _not_read(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (", ..." if len(pages) > 10 else "")
    if len(pages) == 1:
        return f"1 page is only a picture and is not read: {shown}"
    return f"{len(pages)} pages are only pictures and are not read: {shown}"


@contextmanager
def _opened(data: bytes) -> Iterator["PDF"]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            yield pdf
    except (PdfminerException, PDFException, PSException) as error:
        cause: Any = error.args[0] if isinstance(error, PdfminerException) else error
        if isinstance(cause, MemoryError):
            raise cause from error
        if isinstance(cause, PDFPasswordIncorrect):
            raise UnconvertibleError(
                "is encrypted and needs a password", "save it without a password"
            ) from error
        raise UnconvertibleError(
            f"is not a whole PDF: {cause or type(cause).__name__}", "export it as PDF again"
        ) from error

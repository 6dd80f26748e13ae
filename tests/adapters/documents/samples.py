"""The samples of each format, and pages set by hand."""

from pathlib import Path

from assist.adapters.documents.pdf_words import Page, Word

FORMATS = Path(__file__).parents[2] / "data" / "formats"
HTML = FORMATS / "html" / "guest-network.html"
PDF = FORMATS / "pdf" / "winter-care.pdf"
TWO_COLUMNS = FORMATS / "pdf" / "hosts-two-columns.pdf"
DOCX = FORMATS / "docx" / "planned-power-cut.docx"
BAD = FORMATS / "bad"

LETTER, SPACE = 0.5, 0.3
"""Times the size: how wide our letters and spaces are."""


def set_line(
    text: str, *, x: float = 72, y: float = 100, size: float = 10, bold: bool = False
) -> list[Word]:
    """The words of a line that begins at `x` and stands on `y`."""
    words: list[Word] = []
    for part in text.split(" "):
        end = x + len(part) * LETTER * size
        if part:
            words.append(Word(part, x, end, y - size, y, size, bold))
        x = end + SPACE * size
    return words


def set_lines(
    texts: list[str], *, x: float = 72, y: float = 100, size: float = 10, pitch: float = 14
) -> list[Word]:
    """Lines below one another."""
    return [
        word
        for number, text in enumerate(texts)
        for word in set_line(text, x=x, y=y + number * pitch, size=size)
    ]


def a_page(*words: list[Word], number: int = 1) -> Page:
    """A page of about A4 with these words on it."""
    return Page(number, 600, 800, tuple(word for part in words for word in part))

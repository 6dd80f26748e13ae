"""A page as pdfplumber gives it -> words, tables, links and drawn bullets with their places."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assist.adapters.documents.pdf_tables import Box, grid
from assist.adapters.documents.pdf_text import markdown, spelled, tokens
from assist.adapters.documents.pdf_words import Page, Table, Word, lines
from assist.adapters.documents.tables import is_header

if TYPE_CHECKING:
    from pdfplumber.page import Page as Source

GAP = 0.15
"""Times the size: letters further apart are two words."""
NO_ROOM = 0.2
"""Share of a space's width by which it moves what follows, where it is none."""
MAX_RULINGS = 3_000
"""Edges on a page; a drawing or a map has more, and every pair of them would be looked at."""
BULLET = (1.0, 7.0)
"""Points: how large browsers draw the marks of a list, which are shapes and no letters."""
BULLET_REACH = 30.0
"""Points from such a mark to the first word of its entry."""

_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)


def page_words(source: "Source") -> Page:
    """What is on the page; words inside a table are in the table only."""
    words = _words(source)
    tables: list[Table] = []
    for box, cells in _ruled(source):
        inside = [word for word in words if _holds(box, word)]
        if table := _table(box, cells, inside):
            tables.append(table)
            taken = set(inside)
            words = [word for word in words if word not in taken]
    return Page(
        number=source.page_number,
        width=float(source.width),
        height=float(source.height),
        words=(*words, *_drawn_bullets(source, words)),
        tables=tuple(tables),
    )


def _words(source: "Source") -> list[Word]:
    """Upright words on the page, each with the address it leads to."""
    links = [(_box(link), str(link["uri"])) for link in source.hyperlinks if _address(link)]
    found = _without_soft_hyphens(source).extract_words(
        x_tolerance_ratio=GAP, extra_attrs=["fontname", "size"], use_text_flow=False
    )
    made: list[Word] = []
    for raw in found:
        word = _word(raw)
        if raw.get("upright", True) and _on_page(source, word):
            link = next((address for box, address in links if _holds(box, word)), "")
            made.append(_word(raw, link))
    return made


def _without_soft_hyphens(source: "Source") -> "Source":
    """Browsers print a soft hyphen inside a line as a space that takes no room."""
    follows = zip(source.chars, source.chars[1:], strict=False)
    spaces = {
        id(space)
        for space, after in follows
        if space["text"] == " " and 0 <= after["x0"] - space["x0"] < NO_ROOM * space["width"]
    }
    return source.filter(lambda shape: id(shape) not in spaces) if spaces else source


def _word(raw: dict[str, Any], link: str = "") -> Word:
    return Word(
        text=spelled(str(raw["text"])),
        x0=float(raw["x0"]),
        x1=float(raw["x1"]),
        top=float(raw["top"]),
        bottom=float(raw["bottom"]),
        size=float(raw["size"]),
        bold=_BOLD.search(str(raw["fontname"])) is not None,
        link=link.replace("(", "%28").replace(")", "%29").replace(" ", "%20"),
    )


def _address(link: dict[str, Any]) -> bool:
    return str(link.get("uri") or "").lower().startswith(("http://", "https://"))


def _box(raw: dict[str, Any]) -> Box:
    return float(raw["x0"]), float(raw["top"]), float(raw["x1"]), float(raw["bottom"])


def _holds(box: Box, word: Word) -> bool:
    """Whether the middle of the word is inside."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _on_page(source: "Source", word: Word) -> bool:
    x0, top, x1, bottom = source.bbox
    return _holds((float(x0), float(top), float(x1), float(bottom)), word)


def _ruled(source: "Source") -> Iterator[tuple[Box, list[Box]]]:
    """Tables by their rulings: the outer box and the cells."""
    if 0 < len(source.edges) <= MAX_RULINGS:
        for table in source.find_tables():
            yield table.bbox, list(table.cells)


def _table(box: Box, cells: Sequence[Box], words: Sequence[Word]) -> Table | None:
    held = grid(cells, words)
    if not held:
        return None
    rows = tuple(tuple(_cell(cell) for cell in row) for row in held)
    first, others = (
        [w for cell in held[0] for w in cell],
        [w for row in held[1:] for c in row for w in c],
    )
    stressed = bool(first) and all(w.bold for w in first) and not all(w.bold for w in others)
    header = stressed or is_header(rows[0], len(rows[0]))
    return Table(box[0], box[2], box[1], box[3], rows, header)


def _cell(words: Sequence[Word]) -> str:
    return markdown(tokens(lines(words)))


def _drawn_bullets(source: "Source", words: Sequence[Word]) -> Iterator[Word]:
    """Small round or square shapes that stand before a line, as the words they stand for."""
    rows = lines(words)
    for shape in (*source.curves, *source.rects):
        x0, top, x1, bottom = _box(shape)
        wide, high = x1 - x0, bottom - top
        if not (BULLET[0] <= wide <= BULLET[1] and abs(wide - high) < BULLET[0]):
            continue
        for row in rows:
            beside = row.top <= top and bottom <= row.bottom
            after = [word for word in row.words if word.x0 >= x1]
            near = bool(after) and after[0].x0 - x1 < BULLET_REACH
            if beside and near:
                yield Word("•", x0, x1, top, bottom, after[0].size)
                break

"""Tables of a page as regular grids: spans filled in, cells on one line, a header known as one.

A table that only lays out a page becomes the blocks it holds.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assist.adapters.documents.tables import cell_text, is_header

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_COLUMNS = 50
"""A page may declare a thousand; nobody reads a table that wide."""
MAX_HEIGHT = 500
"""Rows that one cell may stand beside."""
_INLINE = frozenset({"a", "b", "strong", "em", "i", "code"})
_AFTER_ENTRY = "; "
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "blockquote")

Grid = list[list["Tag | None"]]


def rebuild_tables(soup: "BeautifulSoup", content: "Tag") -> None:
    """Change every table below `content` in place, the inner ones first."""
    for table in reversed(content.find_all("table")):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        grid = list(_grid(rows))
        if _lays_out(table, grid):
            _unwrap(table)
        else:
            table.replace_with(*_rebuilt(soup, table, rows, grid))


def _lays_out(table: "Tag", grid: Grid) -> bool:
    return (
        table.get("role") in ("presentation", "none")
        or table.find(_BLOCKS) is not None
        or max(map(len, grid), default=0) < 2
    )


def _unwrap(table: "Tag") -> None:
    own = [part for part in table.find_all(True) if part.find_parent("table") is table]
    for part in own:
        if part.name in ("td", "th"):
            part.name, part.attrs = "div", {}
        elif part.name in ("caption", "colgroup", "thead", "tbody", "tfoot", "tr"):
            part.unwrap()
    table.name, table.attrs = "div", {}


def _grid(rows: Sequence["Tag"]) -> Iterator[list["Tag | None"]]:
    """Each row's cells by column.

    A cell over several rows stands in each, one over the whole width in its first column only.
    """
    hanging: dict[int, tuple[Tag, int]] = {}
    for number, row in enumerate(rows):
        line: list[Tag | None] = []
        cells = row.find_all(["td", "th"], recursive=False)
        for cell in cells:
            _fill(line, hanging)
            alone = len(cells) == 1 and not line
            wide = min(_span(cell, "colspan"), MAX_COLUMNS - len(line))
            high = min(_span(cell, "rowspan"), MAX_HEIGHT, len(rows) - number)
            for column in range(wide):
                if high > 1:
                    hanging[len(line)] = (cell, high)
                line.append(cell if column == 0 or not alone else None)
        _fill(line, hanging)
        hanging = {at: (cell, left - 1) for at, (cell, left) in hanging.items() if left > 1}
        if line:
            yield line


def _fill(line: list["Tag | None"], hanging: dict[int, tuple["Tag", int]]) -> None:
    while len(line) in hanging:
        line.append(hanging[len(line)][0])


def _span(cell: "Tag", attribute: str) -> int:
    declared = str(cell.get(attribute, "1"))
    return max(1, int(declared)) if declared.isascii() and declared.isdigit() else 1


def _rebuilt(soup: "BeautifulSoup", table: "Tag", rows: Sequence["Tag"], grid: Grid) -> list["Tag"]:
    """The caption, where there is one, and the table."""
    width = max(map(len, grid))
    count = _header_rows(rows, grid, width)
    made = soup.new_tag("table")
    if count:
        made.append(_row(soup, "th", _merged(soup, grid[:count], width)))
    for line in grid[count:]:
        made.append(_row(soup, "td", [_flat(soup, cell) for cell in _padded(line, width)]))
    caption = table.find("caption")
    if caption is None:
        return [made]
    caption.name, caption.attrs = "p", {}
    return [caption, made]


def _header_rows(rows: Sequence["Tag"], grid: Grid, width: int) -> int:
    """How many rows at the top name the columns: those declared, or a first one that looks so."""
    declared = sum(row.parent is not None and row.parent.name == "thead" for row in rows)
    if declared:
        return min(declared, len(grid))
    first = [cell for cell in grid[0] if cell is not None]
    if all(cell.name == "th" or _is_bold(cell) for cell in first):
        return 1
    return int(is_header([cell.get_text(" ", strip=True) for cell in first], width))


def _is_bold(cell: "Tag") -> bool:
    words = cell.get_text("", strip=True)
    bold = "".join(part.get_text("", strip=True) for part in cell.find_all(["b", "strong"]))
    return bool(words) and bold == words


def _padded(line: list["Tag | None"], width: int) -> list["Tag | None"]:
    return line + [None] * (width - len(line))


def _merged(soup: "BeautifulSoup", lines: Grid, width: int) -> list["Tag"]:
    """Header rows as one: the words above each column, each once."""
    cells: list[Tag] = []
    for column in zip(*(_padded(line, width) for line in lines), strict=True):
        words = [cell_text(cell.get_text(" ")) for cell in column if cell is not None]
        cell = soup.new_tag("span")
        cell.string = " ".join(dict.fromkeys(filter(None, words)))
        cells.append(cell)
    return cells


def _row(soup: "BeautifulSoup", name: str, cells: Sequence["Tag"]) -> "Tag":
    row = soup.new_tag("tr")
    for cell in cells:
        cell.name, cell.attrs = name, {}
        row.append(cell)
    return row


def _flat(soup: "BeautifulSoup", cell: "Tag | None") -> "Tag":
    """A copy of the cell on one line, with inline marks only; a list as its entries in a row."""
    from bs4.element import NavigableString

    made = soup.new_tag("span") if cell is None else cell.__copy__()
    for tag in made.find_all(True):
        if tag.name not in _INLINE:
            tag.insert_before(" ")
            tag.insert_after(_AFTER_ENTRY if _is_followed(tag) else " ")
            tag.unwrap()
    for text in list(made.find_all(string=True)):
        text.replace_with(NavigableString(_one_line(text)))
    return made


def _is_followed(tag: "Tag") -> bool:
    """Whether it is an entry of a list that does not end a sentence, and another follows."""
    words = tag.get_text("", strip=True)
    another = tag.name == "li" and tag.find_next_sibling("li") is not None
    return another and words[-1:].isalnum()


def _one_line(text: str) -> str:
    """As `cell_text`, but white space at the ends still parts it from what stands beside it."""
    bare = cell_text(text)
    if not bare:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + bare + (" " if text[-1].isspace() else "")

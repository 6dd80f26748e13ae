"""A table row -> the line of a reply: its first cell names it, the columns of other regions go."""

from assist.language.statements import Statement, fold, plain

MAX_ABOVE = 200
"""Lines above a row in which its head is looked for."""


def row_text(row: Statement, passage: str, elsewhere: frozenset[str]) -> str:
    """E.g. "E-217: The router gives no address." or "US – Time: 3 days; Price: $6.00".

    `elsewhere`: the regions that are not the customer's; a column named after one is left out. The
    statement's own text where the table's head does not stand in the passage.
    """
    cells, names = _cells(row.quote), _head(row, passage)
    if len(names) != len(cells) or len(cells) < 2 or not cells[0]:
        return row.text
    told = [
        (name, cell)
        for name, cell in zip(names[1:], cells[1:], strict=True)
        if cell and name not in elsewhere
    ]
    if not told:
        return row.text
    if len(cells) == 2:
        return f"{cells[0]}: {told[0][1]}"
    pairs = [f"{name}: {cell.rstrip('.')}" if name else cell.rstrip(".") for name, cell in told]
    return f"{cells[0]} – {'; '.join(pairs)}"


def _head(row: Statement, passage: str) -> list[str]:
    """The cells of the head of the row's table; empty where the passage begins below it."""
    lines = passage.splitlines()
    at = next((n for n, line in enumerate(lines) if fold(line) == fold(row.quote)), 0)
    for number in range(at - 1, max(-1, at - MAX_ABOVE), -1):
        if not lines[number].lstrip().startswith("|"):
            break
        if not lines[number].strip("|-: \t") and number:
            return _cells(lines[number - 1])
    return []


def _cells(line: str) -> list[str]:
    return [plain(cell) for cell in line.strip().strip("|").split("|")]

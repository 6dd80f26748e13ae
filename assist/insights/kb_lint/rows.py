"""Rows of two tables about one case -> the cells of the same name that contradict each other."""

from collections.abc import Callable, Iterator, Mapping

from assist.insights.kb_lint.shelf import Stated

_Side = tuple[str, str]


def differing_cells(
    one: Stated, other: Stated, oppose: Callable[[_Side, _Side, float], str]
) -> Iterator[str]:
    """How cells of one column contradict each other; the first says what a row is about."""
    mine, theirs = _cells(one.text), _cells(other.text)
    first = next(iter(mine), "")
    if not first or mine[first].casefold() != theirs.get(first, "").casefold():
        return
    for name in [name for name in mine if name in theirs and name != first]:
        said = [f"{cells[first]}, {name}: {cells[name]}" for cells in (mine, theirs)]
        if says := oppose((said[0], one.heading), (said[1], other.heading), 1.0):
            yield f"{mine[first]}, {name}: {says}"


def _cells(text: str) -> Mapping[str, str]:
    """The named cells of a row as `assist.language.statements` writes it."""
    pairs = (cell.partition(": ") for cell in text.split("; "))
    return {name: value for name, colon, value in pairs if colon}

"""What words on a page make up: lines, columns, margins, tables."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.documents.pdf_columns import Column, columns
from assist.adapters.documents.pdf_margins import without_margins
from assist.adapters.documents.pdf_tables import grid
from assist.adapters.documents.pdf_words import Line, Page, Table, Word, lines, parts
from tests.adapters.documents.samples import a_page, set_line, set_lines

PLACES = st.floats(0, 590, allow_nan=False)
SIZES = st.floats(4, 40, allow_nan=False)


@st.composite
def words(draw: st.DrawFn) -> Word:
    x, y, size = draw(PLACES), draw(PLACES), draw(SIZES)
    text = draw(st.text(st.sampled_from("abc-•1."), min_size=1, max_size=8))
    return Word(text, x, x + size, y, y + size, size, draw(st.booleans()))


def prose(count: int, name: str) -> list[str]:
    return [f"{name} line {number} of a column of prose" for number in range(count)]


def texts(found: list[Column]) -> list[str]:
    return [item.text for column in found for item in column.items if isinstance(item, Line)]


@given(st.lists(words(), max_size=40))
def test_every_word_is_in_exactly_one_line(found: list[Word]) -> None:
    assert Counter(word for line in lines(found) for word in line.words) == Counter(found)


@given(st.lists(words(), max_size=60))
def test_every_word_is_in_exactly_one_column(found: list[Word]) -> None:
    read = [
        word
        for column in columns(a_page(found))
        for item in column.items
        if isinstance(item, Line)
        for word in item.words
    ]

    assert Counter(read) == Counter(found)


@given(st.lists(words(), min_size=1, max_size=20))
def test_lines_do_not_depend_on_the_order_of_the_words(found: list[Word]) -> None:
    assert lines(found) == lines(sorted(found, key=lambda word: word.text))


def test_letters_of_different_sizes_on_one_base_are_one_line() -> None:
    found = [*set_line("Price", size=12), *set_line("now", x=120, size=10)]

    assert [line.text for line in lines(found)] == ["Price now"]


def test_two_columns_are_read_left_then_right() -> None:
    left, right = prose(8, "left"), prose(8, "right")
    page = a_page(set_lines(left, x=60), set_lines(right, x=330, y=104))

    assert texts(columns(page)) == [*left, *right]


def test_a_title_over_two_columns_comes_first_and_a_note_below_them_last() -> None:
    title = "A title that is set over both of the columns of this page here"
    note = "And a note below that is set over both of the columns of this page"
    left, right = prose(6, "left"), prose(6, "right")
    page = a_page(
        set_line(title, x=60, y=60),
        set_lines(left, x=60),
        set_lines(right, x=330),
        set_line(note, x=60, y=300),
    )

    assert texts(columns(page)) == [title, *left, *right, note]


def test_three_columns_are_read_in_order() -> None:
    each = [
        [f"{name} line {number} of prose" for number in range(6)] for name in ("one", "two", "six")
    ]
    page = a_page(*(set_lines(lines_, x=40 + 180 * at) for at, lines_ in enumerate(each)))

    assert texts(columns(page)) == [text for column in each for text in column]


def test_short_entries_side_by_side_are_read_line_by_line() -> None:
    names, values = (
        ["Weight", "Height", "Depth", "Range", "Color"],
        ["20 g", "9 cm", "2 cm", "40 m", "red"],
    )
    page = a_page(set_lines(names, x=60), set_lines(values, x=330))

    assert texts(columns(page)) == [f"{a} {b}" for a, b in zip(names, values, strict=True)]


def test_a_table_stands_in_its_column() -> None:
    table = Table(60, 260, 150, 200, (("A", "B"),), header=False)
    left = [*set_lines(prose(3, "left"), x=60), *set_lines(prose(3, "more"), x=60, y=214)]
    page = replace(a_page(left, set_lines(prose(9, "right"), x=330)), tables=(table,))

    first, second = columns(page)

    assert [isinstance(item, Table) for item in first.items] == [False] * 3 + [True] + [False] * 3
    assert len(second.items) == 9


def paged(count: int, *, header: str = "", footer: str = "") -> list[Page]:
    """Pages with a body of their own; `{}` in header and footer is the page's number."""
    return [
        a_page(
            set_line(header.format(number), y=40, size=8) if header else [],
            set_lines([f"Body {number} {at} {'x' * number}" for at in range(8)], y=200),
            set_line(footer.format(number), y=780, size=8) if footer else [],
            number=number,
        )
        for number in range(1, count + 1)
    ]


def left_over(pages: list[Page]) -> list[str]:
    return [
        line.text
        for page in without_margins(pages)
        for line in lines(page.words)
        if "Body" not in line.text
    ]


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        ("Guide for hosts", "Page {} of 9"),
        ("Guide for hosts                 rev. 4", "{}"),
        ("", "- {} -"),
        ("Fennwick Home", "{} / 9"),
    ],
)
def test_what_every_page_repeats_is_dropped_and_nothing_else(header: str, footer: str) -> None:
    pages = paged(4, header=header, footer=footer)

    assert left_over(pages) == []
    assert sum("Body" in w.text for page in without_margins(pages) for w in page.words) == 32


def test_a_chapters_header_goes_with_the_page_number_beside_it() -> None:
    pages = [
        replace(
            page,
            words=(
                *page.words,
                *set_line(f"Chapter {name}", y=40),
                *set_line(str(page.number), x=500, y=40),
            ),
        )
        for page, name in zip(paged(3), ("one", "two", "six"), strict=True)
    ]

    assert left_over(pages) == []


@pytest.mark.parametrize("line", ["Read this first", "Devices 50", "2026"])
def test_what_stands_once_in_a_margin_stays(line: str) -> None:
    pages = paged(3)
    pages[1] = replace(pages[1], words=(*pages[1].words, *set_line(line, y=40)))

    assert left_over(pages) == [line]


def test_a_line_of_one_page_repeats_nothing() -> None:
    assert left_over(paged(1, header="Guide", footer="7")) == ["Guide", "7"]


@given(st.lists(st.lists(words(), max_size=12), max_size=4))
def test_margins_take_words_away_and_add_none(found: list[list[Word]]) -> None:
    pages = [a_page(page, number=number) for number, page in enumerate(found, start=1)]

    for before, after in zip(pages, without_margins(pages), strict=True):
        assert not Counter(after.words) - Counter(before.words)


def cells(across: list[float], down: list[float]) -> list[tuple[float, float, float, float]]:
    return [(x0, top, x1, bottom) for top, bottom in pairwise(down) for x0, x1 in pairwise(across)]


def test_words_go_into_the_cell_they_stand_in() -> None:
    found = [
        *set_line("a", x=12, y=20),
        *set_line("b c", x=112, y=20),
        *set_line("d", x=12, y=40),
        *set_line("e", x=112, y=40),
    ]

    made = grid(cells([10, 110, 210], [5, 25, 45]), found)

    assert [[" ".join(w.text for w in cell) for cell in row] for row in made] == [
        ["a", "b c"],
        ["d", "e"],
    ]


def test_a_cell_over_two_rows_stands_in_both_and_one_over_the_width_once() -> None:
    boxes = [(10, 5, 110, 45), (110, 5, 210, 25), (110, 25, 210, 45), (10, 45, 210, 65)]
    found = [
        *set_line("a", x=12, y=20),
        *set_line("b", x=112, y=20),
        *set_line("c", x=112, y=40),
        *set_line("whole", x=60, y=60),
    ]

    made = grid(boxes, found)

    assert [[" ".join(w.text for w in cell) for cell in row] for row in made] == [
        ["a", "b"],
        ["a", "c"],
        ["whole", ""],
    ]


def test_a_frame_around_text_is_no_table() -> None:
    assert grid([(10, 5, 300, 100)], set_line("A note in a frame", x=20, y=50)) == []
    assert grid(cells([10, 20, 300], [5, 50, 100]), set_line("A note", x=30, y=30)) == []


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_a_full_grid_holds_every_word_once(columns_: int, rows: int, data: st.DataObject) -> None:
    across = [10.0 + 100 * number for number in range(columns_ + 1)]
    down = [5.0 + 20 * number for number in range(rows + 1)]
    found = [
        word
        for row in range(rows)
        for column in range(columns_)
        for word in set_line(
            data.draw(st.sampled_from(["a", "b c", "d"])), x=across[column] + 4, y=down[row] + 15
        )
    ]

    made = grid(cells(across, down), found)

    assert (len(made), {len(row) for row in made}) == (rows, {columns_})
    assert Counter(w for row in made for cell in row for w in cell) == Counter(found)


def test_a_line_is_cut_where_its_words_are_far_apart() -> None:
    (line,) = lines([*set_line("Guide for hosts"), *set_line("rev. 4", x=400)])

    assert [part.text for part in parts(line, gap=20)] == ["Guide for hosts", "rev. 4"]

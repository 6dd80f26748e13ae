"""A passage as it is shown: tables as tables, and not a word lost."""

from hypothesis import given
from hypothesis import strategies as st

from assist.web.laid_out import Block, Marked, laid_out

TABLE = """Which code is it?

| Code | Meaning |
|---|:--|
| E-217 | no address |
| E-218 | |

Then restart the hub."""


def plain(pieces: tuple[Marked, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def told(block: Block) -> list[list[str]]:
    return [[plain(cell).strip() for cell in row] for row in (block.head, *block.rows)]


def test_a_table_has_its_head_and_rows_and_stands_between_the_text() -> None:
    before, table, after = laid_out(TABLE)
    assert plain(before.text).strip() == "Which code is it?"
    assert told(table) == [["Code", "Meaning"], ["E-217", "no address"], ["E-218", ""]]
    assert plain(after.text).strip() == "Then restart the hub."


def test_words_that_were_searched_for_are_marked_in_cells_too() -> None:
    _, table, after = laid_out(TABLE, ("hub", "address"))
    assert Marked("address", found=True) in table.rows[0][1]
    assert Marked("hub", found=True) in after.text


def test_rows_without_a_rule_have_no_head() -> None:
    (table,) = laid_out("| a | b |\n| c | d |")
    assert (table.head, len(table.rows)) == ((), 2)


@given(st.text(alphabet="ab |-:\n", max_size=60))
def test_no_letter_is_lost_and_none_made_up(text: str) -> None:
    blocks = laid_out(text, ("a",))
    pieces = [b.text for b in blocks] + [c for b in blocks for r in (b.head, *b.rows) for c in r]
    shown = "".join(map(plain, pieces))
    assert [shown.count(letter) for letter in "ab"] == [text.count(letter) for letter in "ab"]

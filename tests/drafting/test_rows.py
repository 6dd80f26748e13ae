"""A table row in a reply reads as a line, without the columns of other regions."""

from assist.drafting.rows import row_text
from assist.language.statements import statements

FEES = """| Service | US | UK |
|---|---|---|
| Standard | $6.00 | £5.00 |
"""


def first_row(markdown: str, elsewhere: frozenset[str] = frozenset()) -> str:
    row = next(part for part in statements(markdown) if part.form == "row")
    return row_text(row, markdown, elsewhere)


def test_the_columns_of_other_regions_are_left_out() -> None:
    assert first_row(FEES, frozenset({"UK"})) == "Standard – US: $6.00"
    assert first_row(FEES) == "Standard – US: $6.00; UK: £5.00"


def test_a_row_of_two_cells_is_a_name_and_what_is_said_of_it() -> None:
    table = "| Code | Meaning |\n|---|---|\n| E-1 | The door is open. |\n"
    assert first_row(table) == "E-1: The door is open."


def test_a_row_without_its_head_stays_as_it_is() -> None:
    assert first_row("| Standard | $6.00 | £5.00 |\n") == "Standard; $6.00; £5.00"

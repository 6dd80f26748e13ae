"""Articles read as lines: lists of questions, prose that was wrapped, tables, titles."""

from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.covering.lines import lines, unlisted
from tests.builders import a_passage


def texts(text: str, **fields: object) -> list[str]:
    return [line.text for line in lines([a_passage(text, title="", **fields)])]


def test_a_list_of_questions_is_a_line_for_each() -> None:
    assert texts("can i book a table\nhow do i book\ndo you take bookings") == [
        "can i book a table",
        "how do i book",
        "do you take bookings",
    ]


def test_a_sentence_that_was_wrapped_at_the_margin_stays_whole() -> None:
    prose = (
        "Hold the button on the back of the hub for ten seconds until the\n"
        "light turns white, and let go of it. Then wait a minute."
    )
    first, second = texts(prose)
    assert first.startswith("Hold the button")
    assert first.endswith("let go of it.")
    assert second == "Then wait a minute."


def test_title_and_heading_are_lines_of_their_own() -> None:
    passage = a_passage("Hold the button.", title="Reset the hub", headings=("Hub", "By hand"))
    assert [line.text for line in lines([passage])] == [
        "Reset the hub",
        "By hand",
        "Hold the button.",
    ]


def test_the_row_of_a_table_names_its_columns() -> None:
    table = "| Country | Fee |\n|---|---|\n| US | $7 |\n| UK | £5 |"
    assert texts(table) == ["Country: US; Fee: $7", "Country: UK; Fee: £5"]


def test_the_same_words_count_once_in_a_document_and_again_in_another() -> None:
    twice = [a_passage("Press Save.", title="", id="a#1", document_id="a")] * 2
    other = a_passage("Press Save.", title="", id="b#1", document_id="b")
    assert [line.document_id for line in lines([*twice, other])] == ["a", "b"]


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_reading_lines_loses_and_adds_no_word(text: str) -> None:
    assert unlisted(text).split() == text.split()

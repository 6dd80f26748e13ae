"""Lines in reading order -> Markdown: headings, paragraphs, lists, words over line ends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.documents.pdf_blocks import blocks
from assist.adapters.documents.pdf_columns import columns
from assist.adapters.documents.pdf_markdown import as_markdown
from assist.adapters.documents.pdf_styles import styles
from assist.adapters.documents.pdf_text import Token, markdown, tokens, vocabulary
from assist.adapters.documents.pdf_words import Line, Page, Table, lines
from tests.adapters.documents.samples import a_page, set_line, set_lines

BODY = [
    "The hub connects all devices to your network and keeps",
    "their rules, so that lights and heating go on working",
    "while the line is down for an hour or for a whole day.",
]

LINES = st.tuples(
    st.sampled_from(["a b", "• c", "1. d", "E f.", "- g"]),
    st.sampled_from([10, 10, 14]),
    st.booleans(),
    st.sampled_from([72, 90]),
)
"""Text, size, weight and left edge of a line."""
LINKS = st.sampled_from(["", "https://x.example", "https://y.example"])


def read(*pages: Page) -> str:
    found = [column for page in pages for column in columns(page)]
    return as_markdown(blocks(found, styles(found)), frozenset())


def test_lines_of_a_paragraph_flow_together_and_a_gap_parts_paragraphs() -> None:
    page = a_page(set_lines(BODY), set_lines(BODY, y=170))

    assert read(page) == "\n\n".join([" ".join(BODY)] * 2)


def test_larger_letters_are_headings_by_their_size() -> None:
    page = a_page(
        set_line("The hub", y=60, size=20),
        set_line("Lights", y=84, size=14),
        set_lines(BODY),
        set_line("Sounds", y=170, size=14),
        set_lines(BODY, y=190),
    )

    made = read(page).split("\n\n")

    assert [made[0], made[1], made[3]] == ["# The hub", "## Lights", "## Sounds"]


def test_a_heading_over_two_lines_is_one() -> None:
    page = a_page(
        set_line("A heading that needs more", y=40, size=20),
        set_line("than one line", y=64, size=20),
        set_lines(BODY),
    )

    assert read(page).startswith("# A heading that needs more than one line\n\nThe hub")


def test_a_bold_line_over_a_paragraph_is_a_heading_and_a_bold_word_is_none() -> None:
    bold = set_line("What it does", y=86, bold=True)
    stressed = [replace(word, bold=word.text == "hub") for word in set_lines(BODY)]

    assert read(a_page(bold, stressed, set_lines(BODY, y=170))).startswith(
        "# What it does\n\nThe hub"
    )


@pytest.mark.parametrize(
    "texts",
    [["Never open the housing while the adapter is connected."], ["One", "Two", "Three lines"]],
)
def test_a_bold_sentence_or_paragraph_is_no_heading(texts: list[str]) -> None:
    bold = [replace(word, bold=True) for word in set_lines(texts, y=40)]

    assert "#" not in read(a_page(bold, set_lines(BODY), set_lines(BODY, y=170)))


def test_numbered_steps_stay_numbered_and_their_lines_flow_together() -> None:
    page = a_page(
        set_lines(BODY, y=40),
        set_line("1. Open the app, tap Devices, then Hub, and wait", y=100),
        set_line("until the light is white.", x=88, y=114),
        set_line("2. Tap Network.", y=128),
    )

    step = "1. Open the app, tap Devices, then Hub, and wait until the light is white."
    assert read(page).endswith(f"\n\n{step}\n2. Tap Network.")


@pytest.mark.parametrize("mark", ["•", "-", "–", "▪", "\uf0b7", "(cid:127)"])
def test_marks_at_the_start_of_lines_make_lists(mark: str) -> None:
    page = a_page(
        set_line(f"{mark} Salt", x=72, y=100),
        set_line(f"{mark} Of the sea", x=90, y=114),
        set_line(f"{mark} Pepper", x=72, y=128),
        set_lines(BODY, y=200),
    )

    assert read(page).startswith("- Salt\n  - Of the sea\n- Pepper\n\n")


def test_a_number_inside_a_sentence_begins_no_step() -> None:
    page = a_page(set_lines(["The sensor reports again within", "30. Then it sleeps for a day."]))

    assert read(page) == "The sensor reports again within 30. Then it sleeps for a day."


def test_a_dash_inside_a_sentence_begins_no_entry() -> None:
    page = a_page(
        set_lines(["The sensor reports again within a day", "– at the latest – and then sleeps."])
    )

    assert read(page) == "The sensor reports again within a day – at the latest – and then sleeps."


def test_a_numbered_heading_is_no_step() -> None:
    page = a_page(set_line("1. Safety", y=80, bold=True), set_lines(BODY), set_lines(BODY, y=170))

    assert read(page).startswith("# 1. Safety\n\nThe hub")


def test_a_paragraph_goes_on_over_the_page_and_an_ended_one_does_not() -> None:
    first, second = a_page(set_lines(BODY[:2])), a_page(set_lines(BODY[2:]), number=2)

    assert read(first, second) == " ".join(BODY)
    assert read(a_page(set_lines(BODY)), second) == " ".join(BODY) + "\n\n" + BODY[2]


def test_a_table_that_goes_on_over_the_page_is_one() -> None:
    head, rows = ("Code", "Cure"), (("E-1", "Wait"), ("E-2", "Ask"))
    first = replace(a_page(), tables=(Table(72, 300, 600, 700, (head, rows[0]), header=True),))
    second = replace(
        a_page(number=2), tables=(Table(72, 300, 80, 120, (head, rows[1]), header=True),)
    )

    assert read(first, second) == "| Code | Cure |\n|---|---|\n| E-1 | Wait |\n| E-2 | Ask |"


def test_lines_of_a_table_of_contents_are_dropped() -> None:
    contents = set_lines(["Safety . . . . . . . . . . 12", "Wiring.......... 14"])

    assert read(a_page(contents, set_lines(BODY, y=200))) == " ".join(BODY)


@given(st.lists(LINES, max_size=12))
def test_no_word_is_lost_whatever_a_page_looks_like(
    rows: list[tuple[str, int, bool, int]],
) -> None:
    page = a_page(
        *(
            set_line(text, x=x, y=60 + 20 * number, size=size, bold=bold)
            for number, (text, size, bold, x) in enumerate(rows)
        )
    )

    letters = [c for c in read(page) if c.isalpha()]

    assert letters == [c for text, *_ in rows for c in text if c.isalpha()]


def joined(*texts: str, known: frozenset[str] = frozenset()) -> str:
    return markdown(tokens([Line(tuple(set_line(text))) for text in texts], known))


@pytest.mark.parametrize(
    ("lines_", "text"),
    [
        (("the house-", "hold rules"), "the household rules"),
        (("the house\u00ad", "hold rules"), "the household rules"),
        (("error E-", "218 means"), "error E-218 means"),
        (("a Wi-", "Fi network"), "a Wi-Fi network"),
        (("state-of-", "the-art"), "state-of-the-art"),
        (("pre-", "and post-sale"), "pre- and post-sale"),
        (("between 5 -", "and 9"), "between 5 - and 9"),
        (("one", "two"), "one two"),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_made_whole(lines_: tuple[str, ...], text: str) -> None:
    assert joined(*lines_) == text


def test_a_hyphen_stays_where_the_document_writes_the_word_with_one() -> None:
    assert (
        joined("turn on two-", "step sign-in", known=vocabulary(["(Two-step"]))
        == "turn on two-step sign-in"
    )


def test_neighbors_with_one_address_are_one_link_without_the_full_stop() -> None:
    found = [
        Token("See"),
        Token("the", "https://x.example"),
        Token("guide.", "https://x.example"),
        Token("Then"),
    ]

    assert markdown(found) == "See [the guide](https://x.example). Then"


@given(st.lists(st.tuples(st.sampled_from(["a", "b.", "c]"]), LINKS)))
def test_links_keep_every_word_in_order(found: list[tuple[str, str]]) -> None:
    made = markdown(Token(text, link) for text, link in found)

    bare = made.replace("(https://x.example)", "").replace("(https://y.example)", "")
    assert [c for c in bare if c in "abc"] == [text[0] for text, _ in found]


def test_a_document_without_words_is_empty() -> None:
    assert read(a_page()) == ""
    assert columns(a_page()) == [] == lines([])
    assert styles([]).levels == {}

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.html import markdown_of, read_html
from tests.adapters.documents.samples import HTML

WORDS = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=8)

CELLS = st.tuples(WORDS, st.integers(1, 3), st.integers(1, 3))
"""A word, and the columns and rows that its cell takes."""


def lines_of(html: str) -> list[str]:
    return [line for line in markdown_of(html).splitlines() if line.strip()]


def test_the_sample_keeps_its_headings_lists_table_and_links() -> None:
    made = read_html(HTML.read_bytes())

    assert (made.title, made.language) == ("Use Fennwick devices on a guest network", "en-US")
    assert made.values == {"products": ["Hub 2", "Camera 3"]}
    lines = made.text.splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# Use Fennwick devices on a guest network",
        "## What the guest network must allow",
        "## Move the Hub 2 to the guest network",
        "### With the Fennwick app",
        "## Why the Camera 3 loads slowly",
    ]
    assert "  - Many routers name this setting *Welcome page*." in lines
    assert "3. Choose the guest network and enter its password." in lines
    assert "| Picture quality | One camera | Each further camera |" in lines
    assert "| Economy | 0.8 Mbit/s | 0.6 Mbit/s |" in lines
    link = "(https://help.fennwick.example/articles/choose-picture-quality)"
    assert f"see [how to choose the picture quality]{link}" in made.text
    assert "**Can guests control my devices?**" in lines


@pytest.mark.parametrize(
    "furniture",
    ["cookies", "Accept all", "Orders", "Skip to main", "Copyright", "draft", "tracker"],
)
def test_what_stands_around_the_article_is_dropped(furniture: str) -> None:
    assert furniture not in read_html(HTML.read_bytes()).text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One\n  line of\tsource.<br>And one more.</p>", "One line of source.\nAnd one more."),
        ("<ol start=3><li>Three<li>Four</ol>", "3. Three\n4. Four"),
        ("<ul><li>A<ul><li>B</ul><li>C</ul>", "- A\n  - B\n- C"),
        ("<dl><dt>E-1<dd>Weak.<dt>E-2<dd>None.</dl>", "- E-1: Weak.\n- E-2: None."),
        ("<details><summary>Why?</summary><p>So.</p></details>", "**Why?**\n\nSo."),
        ("<p>A\u200bB\xad C\xa0D</p>", "AB C D"),
        ("<p>5 * 3_2_1 #1</p>", "5 * 3_2_1 #1"),
        ("<a href='javascript:x()'>Go</a> <a href='#top'>up</a>", "Go up"),
        ("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example"),
        ("<a href='https://x.example/a (b)'>Go</a>", "[Go](https://x.example/a%20%28b%29)"),
        ("<a href='https://x.example'>here it is</a>", "[here it is](https://x.example)"),
        ("<button aria-controls=a>More</button><p id=a hidden>Kept</p><p hidden>Not</p>", "Kept"),
        ("<p style='display: none'>Not</p><p>Seen</p>", "Seen"),
        ("<article><header><h1>A</h1></header>Text</article><footer>Not</footer>", "# A\n\nText"),
        ("<h2><button>Fold</button></h2><p>Text</p><button>Not</button>", "## Fold\n\nText"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<main>Article</main><aside>Beside</aside>", "Article"),
    ],
)  # fmt: skip
def test_pieces_of_a_page_become_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            "<tr><th>A<th>B<tr><td rowspan=2>x<td>1<tr><td>2",
            ["| A | B |", "| --- | --- |", "| x | 1 |", "| x | 2 |"],
        ),
        (
            "<tr><th>A<th>B<th>C<tr><td colspan=3>Europe<tr><td>x<td colspan=2>both",
            ["| A | B | C |", "| --- | --- | --- |", "| Europe | | |", "| x | both | both |"],
        ),
        (
            "<thead><tr><th rowspan=2>A<th colspan=2>B<tr><th>US<th>UK<tbody><tr><td>x<td>1<td>2",
            ["| A | B US | B UK |", "| --- | --- | --- |", "| x | 1 | 2 |"],
        ),
        (
            "<tr><td>Code<td>Meaning<td>Cure<tr><td>E-1<td>Weak.<td>Charge.",
            ["| Code | Meaning | Cure |", "| --- | --- | --- |", "| E-1 | Weak. | Charge. |"],
        ),
        (
            "<tr><td>Weight<td>20 g<tr><td>Height<td>10 cm",
            ["| | |", "| --- | --- |", "| Weight | 20 g |", "| Height | 10 cm |"],
        ),
        (
            "<tr><td><b>Size</b><td><b>Use</b><tr><td>S|M<td><ul><li>one<li>two</ul>",
            ["| Size | Use |", "| --- | --- |", "| S/M | one; two |"],
        ),
    ],
)
def test_tables_become_regular_pipe_tables(rows: str, lines: list[str]) -> None:
    made = lines_of(f"<table>{rows}</table>")

    assert [" ".join(line.split()) for line in made] == lines


def test_a_table_that_lays_out_the_page_becomes_the_blocks_in_it() -> None:
    html = "<table><tr><td><h2>Left</h2>one</td><td><table><tr><td>A<td>B</table></td></tr></table>"

    assert lines_of(html) == ["## Left", "one", "|  |  |", "| --- | --- |", "| A | B |"]


def test_a_caption_stands_before_its_table() -> None:
    assert (
        lines_of("<table><caption>Prices</caption><tr><th>A<th>B<tr><td>1<td>2</table>")[0]
        == "Prices"
    )


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_table_has_as_many_cells_in_each_row_and_loses_no_word(
    rows: list[list[tuple[str, int, int]]],
) -> None:
    html = "".join(
        "<tr>"
        + "".join(f"<td colspan={wide} rowspan={high}>{word}</td>" for word, wide, high in row)
        for row in rows
    )

    made = markdown_of(f"<table>{html}</table>")

    assert {word for row in rows for word, _, _ in row} <= set(made.replace("|", " ").split())
    assert len({line.count("|") for line in made.splitlines() if line}) == 1


@given(
    st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["p", "h2", "li", "td", "div", "b"])
)
def test_no_word_is_lost_whatever_it_stands_in(words: list[str], tag: str) -> None:
    html = "".join(f"<{tag}>{word}</{tag}> " for word in words)

    assert [
        w for w in markdown_of(html).replace("*", " ").replace("#", " ").split() if w.isalpha()
    ] == words


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Reset the hub | Fennwick</title><h1>Reset the hub</h1>", "Reset the hub"),
        ("<title>Reset the hub</title><h1>Hello</h1>", "Reset the hub"),
        ("<title>Untitled</title><h1>Hello</h1>", "Hello"),
        ("<h2>Second</h2><h3>Third</h3>", "Second"),
        ("<p>Nothing", ""),
    ],
)
def test_the_title_is_the_articles_and_not_the_sites(head: str, title: str) -> None:
    assert read_html(f"<html>{head}<p>Text".encode()).title == title


def test_relative_links_start_where_the_page_says() -> None:
    page = dedent("""
        <link rel="canonical" href="https://help.example/en/articles/a">
        <a href="b">B</a> <a href="/c">C</a>""")

    assert read_html(page.encode()).text == (
        "[B](https://help.example/en/articles/b) [C](https://help.example/c)"
    )


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = "<meta charset='windows-1252'><p>Größe: 20 €</p>"

    assert read_html(page.encode("windows-1252")).text == "Größe: 20 €"
    assert read_html(page.replace("windows-1252", "utf-16").encode("utf-16")).text == "Größe: 20 €"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<p>a\x00\x01\x02", "is binary, not text"),
        (b"<img src='a.png' alt=''>", "holds only pictures"),
        (b"<div>" * 700 + b"x", "is nested too deep to be read"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_with_the_cause(data: bytes, problem: str) -> None:
    with pytest.raises(UnconvertibleError, match=problem) as caught:
        read_html(data)
    assert caught.value.cure

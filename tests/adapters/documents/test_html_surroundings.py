"""What stands around an article on a page that marks no `main` part."""

import pytest

from assist.adapters.documents.html import read_html

ARTICLE = "<h1>Reset the hub</h1><p>Press the button.</p>"


def text_with(block: str, article: str = ARTICLE) -> str:
    return read_html(f"<body>{article}{block}</body>".encode()).text


@pytest.mark.parametrize(
    "block",
    [
        "<div>Was this article helpful? <a href='/y'>Yes</a> <a href='/n'>No</a> 3 out of 4</div>",
        "<p>Last updated 2 November 2026 by Bo Berg</p>",
        "<h3>Related articles</h3><ul><li><a href='/a'>Pair</a></li></ul>",
        "<div><a href='/'>Home</a> | <a href='/s'>Shop</a> | <a href='/h'>Help</a></div>",
    ],
)
def test_blocks_around_an_article_are_dropped(block: str) -> None:
    assert text_with(block) == text_with("")


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        ("<p>Was this page helpful is what the last screen asks.</p>", "last screen"),
        ("<p>The firmware is updated by the hub at night.</p>", "at night"),
        ("<h3>Related articles</h3><ul><li><a href='/a'>Pair</a> it first.</li></ul>", "it first"),
        ("<p>See <a href='/a'>A</a>, <a href='/b'>B</a> and <a href='/c'>C</a>.</p>", "See"),
        ("<ul><li><a href='/a'>Guide A</a></li><li><a href='/b'>B</a></li></ul>", "Guide A"),
    ],
)
def test_sentences_that_only_look_like_them_stay(block: str, kept: str) -> None:
    assert kept in text_with(block)


@pytest.mark.parametrize("gap", [" – ", " | ", " - "])
def test_a_title_loses_the_name_of_the_site_that_the_page_gives(gap: str) -> None:
    page = f"<title>Reset a hub{gap}Fennwick Help</title><p>Press.</p>"
    meta = "<meta property='og:site_name' content='Fennwick Help'>"

    assert read_html((meta + page).encode()).title == "Reset a hub"
    assert read_html(page.encode()).title == f"Reset a hub{gap}Fennwick Help"

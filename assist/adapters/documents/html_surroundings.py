"""A web page without a `main` part -> the same without the blocks that stand around its article.

Only what is told by its words is dropped: a vote on the article, who changed it last, a list of
nothing but links under "Related articles", a line of nothing but links.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_VOTE = re.compile(
    r"(?:was|did|is) this (?:article|page|answer|information)? ?(?:helpful|help(?: you)?|useful)\?",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"(?:last )?(?:updated|modified|edited)\b.{0,60}\bby\b.{1,40}", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:related|similar|popular|recommended|recently viewed|more) (?:articles|pages|topics|links)",
    re.IGNORECASE,
)
_BLOCKS = ("p", "div", "section", "aside", "form", "ul", "ol")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BETWEEN_LINKS = re.compile(r"[\s|·•/›»>,-]*")
LONGEST = 120
"""Characters of such a block; a paragraph that only begins like one is longer."""
MENU = 3
"""Links in a line that is a menu."""


def drop_surroundings(soup: "BeautifulSoup") -> None:
    """Take these blocks out of a page in place; a page with a `main` part stays as it is."""
    if soup.find("main") or soup.find(role="main"):
        return
    for heading in soup.find_all(_HEADINGS):
        after = heading.find_next_sibling()
        if _RELATED.fullmatch(_words(heading).rstrip(":")) and after and _is_all_links(after):
            after.decompose()
            heading.decompose()
    for block in soup.find_all(_BLOCKS):
        if not block.decomposed and _surrounds(block):
            block.decompose()


def _surrounds(block: "Tag") -> bool:
    words = _words(block)
    if not words or len(words) > LONGEST or block.find(["h1", *_HEADINGS]):
        return False
    if _VOTE.match(words) or _CHANGED.fullmatch(words):
        return True
    is_line = block.name in ("p", "div") and not block.find([*_BLOCKS, "li"])
    return is_line and len(block.find_all("a")) >= MENU and _is_all_links(block)


def _is_all_links(block: "Tag") -> bool:
    """Whether nothing but marks stands outside its links."""
    outside = [text for text in block.find_all(string=True) if text.find_parent("a") is None]
    return block.find("a") is not None and all(map(_BETWEEN_LINKS.fullmatch, outside))


def _words(tag: "Tag") -> str:
    return " ".join(tag.get_text(" ").split())

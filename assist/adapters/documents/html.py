"""HTML -> Markdown with its headings, lists, tables and links, by way of markitdown.

What stands around an article on its page is dropped first (`html_cleaning`); tables are made
regular (`html_tables`). Nothing is fetched; markitdown's plug-ins are never loaded.
"""

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pydantic import JsonValue

from assist.adapters.documents.attributes import FIELDS
from assist.adapters.documents.converted import (
    Converted,
    UnconvertibleError,
    given_title,
    tidied,
)

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

META = "assist:"
"""`<meta name="assist:audience" content="internal">` stands for that key of front matter."""
TEXT = 0.99
"""Share of a page's bytes, at the least, that are no control characters."""
_CONTROLS = bytes({*range(32)} - set(b"\t\n\f\r"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""UTF-16, in which every other byte is one."""
_LISTS = frozenset({"regions", "products", "tiers"})


def read_html(data: bytes) -> Converted:
    """The article of a web page, in the encoding it declares. Raises `UnconvertibleError`."""
    from bs4 import BeautifulSoup

    from assist.adapters.documents.html_surroundings import drop_surroundings

    if not data.startswith(_WIDE) and len(data.translate(None, _CONTROLS)) < TEXT * len(data):
        raise UnconvertibleError("is binary, not text", "save it as an HTML page")
    soup = BeautifulSoup(data, "lxml")
    if soup.contains_replacement_characters:
        raise UnconvertibleError("is not text in the encoding it declares", "save it as UTF-8")
    root = soup.find("html")
    heading, named = soup.find("h1"), soup.find("title")
    title = _title(_words(heading), _without_site(_words(named), soup))
    language = str(root.get("lang") or root.get("xml:lang") or "").strip() if root else ""
    values, pictures = _values(soup), soup.find(["img", "svg", "canvas"]) is not None
    drop_surroundings(soup)
    text = _markdown(soup)
    if not text and pictures:
        raise UnconvertibleError("holds only pictures", "write down what they show")
    return Converted(text, title or heading_of(str(root)), language, values)


def markdown_of(html: str) -> str:
    """A piece of HTML as Markdown. Raises `UnconvertibleError` where it is nested too deep."""
    from bs4 import BeautifulSoup

    return _markdown(BeautifulSoup(html, "lxml"))


def heading_of(html: str) -> str:
    """The words of its first heading of the highest level; empty without one."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "lxml")
    found = (soup.find(f"h{level}") for level in range(1, 7))
    return next((words for words in map(_words, found) if words), "")


def _markdown(soup: "BeautifulSoup") -> str:
    from markitdown.converters import HtmlConverter

    from assist.adapters.documents.html_cleaning import clean
    from assist.adapters.documents.html_tables import rebuild_tables

    try:
        content = clean(soup, base=_base(soup))
        rebuild_tables(soup, content)
        result = HtmlConverter().convert_string(
            str(content),
            strict=True,
            autolinks=False,
            bullets="-",
            escape_asterisks=False,
            escape_underscores=False,
        )
    except RecursionError as error:
        raise UnconvertibleError(
            "is nested too deep to be read", "save the article's text alone"
        ) from error
    return tidied(result.markdown)


def _words(tag: "Tag | None") -> str:
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def _title(heading: str, named: str) -> str:
    """The page's name; its heading where the name is that and the name of the site."""
    named = given_title(named)
    return heading if heading and (not named or heading.lower() in named.lower()) else named


def _without_site(named: str, soup: "BeautifulSoup") -> str:
    """The page's name without that of the site after it, where the page names its site."""
    meta = soup.find("meta", attrs={"property": "og:site_name", "content": True})
    site = " ".join(str(meta["content"]).split()) if meta is not None else ""
    start = named.removesuffix(site)
    return start.rstrip(" –—-|·:»") if site and start != named and start.strip() else named


def _base(soup: "BeautifulSoup") -> str:
    """Where relative links start from, if the page says so."""
    base = soup.find("base", href=True)
    canonical = soup.find("link", rel="canonical", href=True)
    parts = [str(tag["href"]) for tag in (canonical, base) if tag is not None]
    try:
        return urljoin(parts[0], parts[-1]) if parts else ""
    except ValueError:  # an address that is none, such as `http://[`
        return ""


def _values(soup: "BeautifulSoup") -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {}
    for meta in soup.find_all("meta", attrs={"name": True, "content": True}):
        key = str(meta["name"]).removeprefix(META)
        content = str(meta["content"]).strip()
        if str(meta["name"]).startswith(META) and key in FIELDS:
            parts: list[JsonValue] = [part.strip() for part in content.split(",")]
            values[key] = parts if key in _LISTS else content
    return values

"""A web page -> its article: menus, banners, scripts and what nobody sees are dropped."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

FURNITURE = frozenset(
    (
        *("script", "style", "noscript", "template", "dialog", "nav", "footer"),
        *("input", "select", "textarea"),
        *("img", "picture", "svg", "canvas", "map", "video", "audio", "iframe", "object", "embed"),
    )
)
ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"}
)
_CONSENT = re.compile(
    r"(?:cookie|consent|gdpr)[-_]?(?:banner|bar|notice|popup|modal|overlay|dialog|message|wall)"
    r"|onetrust|cookiebot|^cookies?$|^(?:cookie-)?consent$|^breadcrumbs?$|^skip-?(?:link|to-\w+)$",
    re.IGNORECASE,
)
"""Names of classes and ids that banners of consent, and ways through the site, go by."""
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n\t]")
_SPACE = re.compile(r"[ \r\n\t]+")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def clean(soup: "BeautifulSoup", base: str = "") -> "Tag":
    """The part of the page that is its article, changed in place.

    Relative links start from `base` where the page names one.
    """
    from bs4 import Comment

    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    opened = {name for tag in soup.find_all(True) for name in _names(tag, "aria-controls")}
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_furniture(tag, opened):
            tag.decompose()
    content = _content(soup)
    for name, rewrite in _REWRITES.items():
        for tag in content.find_all(name):
            rewrite(soup, tag)
    for link in content.find_all("a"):
        _mend_link(link, base)
    _fold_lines(content)
    return content


def _content(soup: "BeautifulSoup") -> "Tag":
    mains = soup.find_all(lambda tag: tag.name == "main" or tag.get("role") == "main")
    if len(mains) == 1 and mains[0].get_text(strip=True):
        return mains[0]
    return soup.find("body") or soup


def _names(tag: "Tag", attribute: str) -> list[str]:
    """The words of an attribute; the parser gives those of `class` as a list."""
    value = tag.get(attribute)
    return str(value).split() if isinstance(value, str) else list(value or ())


def _is_furniture(tag: "Tag", opened: set[str]) -> bool:
    if tag.name in ("html", "body", "main"):
        return False
    return (
        tag.name in FURNITURE
        or str(tag.get("role", "")).lower() in ROLES
        or (tag.name == "header" and not tag.find_parent(["article", "main", "section"]))
        or (tag.name == "button" and not tag.find_parent([*_HEADINGS, "summary"]))
        or _is_unseen(tag, opened)
        or any(_CONSENT.search(name) for name in (*_names(tag, "class"), *_names(tag, "id")))
    )


def _is_unseen(tag: "Tag", opened: set[str]) -> bool:
    """Hidden, and no button of the article opens it, as those of questions and answers do."""
    hidden = tag.has_attr("hidden") or _UNSEEN.search(str(tag.get("style", "")))
    return bool(hidden) and str(tag.get("id", "")) not in opened


def _mend_link(link: "Tag", base: str) -> None:
    """An address that stands on its own, or no link."""
    address = str(link.get("href", "")).strip()
    try:
        address = urljoin(base, address)
        scheme = urlsplit(address).scheme
    except ValueError:
        address, scheme = "", ""
    if not address or address.startswith("#") or scheme not in ("", "http", "https"):
        link.unwrap()
        return
    link.attrs = {"href": address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")}


def _fold_lines(content: "Tag") -> None:
    """How the page's source is wrapped means nothing; only `br` and `pre` break a line."""
    from bs4.element import NavigableString

    for text in content.find_all(string=_LINE_END):
        if text.find_parent("pre") is None:
            text.replace_with(NavigableString(_SPACE.sub(" ", text)))


def _summary(soup: "BeautifulSoup", tag: "Tag") -> None:
    """What is seen of a folded part, as a line of its own."""
    inner = soup.new_tag("strong")
    for child in list(tag.contents):
        inner.append(child)
    tag.name, tag.attrs = "p", {}
    tag.append(inner)


def _definitions(_: "BeautifulSoup", tag: "Tag") -> None:
    """Terms and their definitions as a list of `term: definition`."""
    entry: Tag | None = None
    for part in tag.find_all(["dt", "dd"]):
        if part.find_parent("dl") is not tag:
            continue
        if part.name == "dt" or entry is None:
            part.name, entry = "li", part
        else:
            entry.append(": " if entry.get_text(strip=True) else "")
            entry.extend(list(part.contents))
            part.extract()
    tag.name, tag.attrs = "ul", {}


_REWRITES: Mapping[str, Callable[["BeautifulSoup", "Tag"], None]] = {
    "summary": _summary,
    "dl": _definitions,
}

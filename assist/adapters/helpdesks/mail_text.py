"""What somebody wrote in a mail: HTML as text, without what it quotes and the signature."""

import re

LONGEST = 200_000
"""Characters of a mail that are read. A ticket holds no more."""
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "sv", "da")
"""Whose words for "wrote:" and "Forwarded message" are known; `En` is looked for in all."""
FEW_WORDS = 12
"""Words above a forwarded mail that only hand it on: the matter is in what was forwarded."""
LONG_LINE = 1_000
"""Characters from which on a line is a paragraph: no heading of a quote is so long."""
_LONG = re.compile("\ue000([0-9]+)\ue001")
_QUOTED = (
    "blockquote[type=cite], .gmail_quote, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, "
    "#appendonsend ~ *"
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre", "hr")
_FORWARDED = re.compile(
    r"^\s*-{2,}\s*(?:forwarded|original|weitergeleitete)\b", re.IGNORECASE | re.MULTILINE
)
_LINES = re.compile(r"\n{3,}")


def written(text: str, *, html: bool = False) -> str:
    """The words of whoever sent it. A forward without words of its own is its forwarded mail.

    Never empty where the text is not: what looks like nothing but quotes is kept whole.
    """
    read = plain(text) if html else text[:LONGEST]
    whole = _LINES.sub("\n\n", _LONG.sub("", read)).strip()
    long = [line for line in whole.splitlines() if len(line) > LONG_LINE]
    bodies = _bodies(_shortened(whole))
    if not bodies:
        return whole
    own = _FORWARDED.split(bodies[0])[0].strip()
    if _FORWARDED.search(whole) and len(own.split()) <= FEW_WORDS:
        passed_on = [body.strip() for body in bodies[1:] if body.strip()]
        own = "\n\n".join(part for part in (own, *passed_on) if part)
    return _LONG.sub(lambda found: long[int(found[1])], own) or whole


def said(text: str, *, by_customer: bool, html: bool = False) -> str:
    """A message's words: a customer's as they wrote them, an agent's whole, as they were sent.

    What an agent sent is compared with what we would send; nothing of it is a quote to be cut.
    """
    if by_customer:
        return written(text, html=html)
    return plain(text) if html else text.strip()


def plain(html: str) -> str:
    """HTML as lines of text; what nobody sees, and what a mail program marks as quoted, is out.

    Tags are never kept: what looks like markup afterwards was text.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html[:LONGEST], "lxml")
    for tag in soup.select("script, style, head, template, svg"):
        tag.decompose()
    for tag in soup.find_all(style=_UNSEEN):
        if not tag.decomposed:
            tag.decompose()
    without = BeautifulSoup(str(soup), "lxml")
    for tag in without.select(_QUOTED):
        if not tag.decomposed:
            tag.decompose()
    kept = without if without.get_text(strip=True) else soup
    for tag in kept.find_all(_BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    lines = (" ".join(line.split()) for line in kept.get_text().splitlines())
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _shortened(text: str) -> str:
    """With a mark for each long line: the parser's patterns look at some more than once."""
    lines, count = [], 0
    for line in text.splitlines():
        lines.append(line if len(line) <= LONG_LINE else f"\ue000{count}\ue001")
        count += len(line) > LONG_LINE
    return "\n".join(lines)


def _bodies(text: str) -> list[str]:
    """What each mail of a chain says, the newest first, without signatures.

    A list by hyphens is kept: else it would be taken for a signature, with all that follows it.
    """
    from mailparser_reply.parser import EmailMessage

    mail = EmailMessage(text=text, languages=list(LANGUAGES), keep_hyphen_lists=True)
    return [one.body for one in mail.read().replies]
